//! Values of many parts, separated by commas.
use super::{Refusal, is_blank, moment, number};

pub(super) fn texts(text: &str) -> String {
    let parts: Vec<&str> = split_unescaped(text)
        .into_iter()
        .map(|part| part.trim_matches(is_blank))
        .collect();
    parts.join(", ")
}

/// The parts of a list as it is kept.
pub(super) fn parts(kept: &str) -> impl Iterator<Item = String> {
    let parts = split_unescaped(kept).into_iter();
    parts.map(|part| part.trim_matches(is_blank).replace("\\,", ","))
}

/// Several values in one text.
pub(super) fn several(text: &str, are_lists: bool) -> Vec<String> {
    let text = without_brackets(text);
    if are_lists {
        let lists = text.split_inclusive("],");
        return lists.map(|list| without_brackets(list.trim_end_matches(','))).collect();
    }
    let parts = split_unescaped(&text).into_iter();
    parts.map(|part| part.trim_matches(is_blank).to_owned()).collect()
}

pub(super) fn without_brackets(text: &str) -> String {
    let text = text.trim_matches(is_blank);
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    inner.unwrap_or(text).trim_matches(is_blank).to_owned()
}

pub(super) fn integers(text: &str) -> Result<String, Refusal> {
    each(text, |part| {
        let part = part.trim_matches(is_blank);
        number::long(part).map(|n| n.to_string()).ok_or_else(|| no_number(part))
    })
}

pub(super) fn reals(text: &str) -> Result<String, Refusal> {
    each(text, |part| {
        let part = part.trim_matches(is_blank);
        number::double(part).map(number::database_text).ok_or_else(|| no_number(part))
    })
}

pub(super) fn timestamps(text: &str) -> Result<String, Refusal> {
    each(text, |part| {
        let refused = || Refusal::Runtime(format!("Wrong date format:{part}"));
        moment::exact_timestamp(part.trim_matches(is_blank)).ok_or_else(refused)
    })
}

fn each(
    text: &str,
    read: impl Fn(&str) -> Result<String, Refusal>,
) -> Result<String, Refusal> {
    let parts = split(text).into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(parts.join(", "))
}

fn no_number(part: &str) -> Refusal {
    Refusal::Runtime(format!("For input string: \"{part}\""))
}

/// As Java splits: empty parts at the end are dropped.
fn split(text: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = text.split(',').collect();
    while parts.last().is_some_and(|part| part.is_empty()) {
        parts.pop();
    }
    parts
}

/// At the commas without a backslash before them.
fn split_unescaped(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(',') {
        if !text[..at].ends_with('\\') {
            parts.push(&text[start..at]);
            start = at + 1;
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_trimmed_and_joined_with_a_blank() {
        assert_eq!(integers("1,2, 3"), Ok("1, 2, 3".to_owned()));
        assert_eq!(reals("1e3, -2,1.5,NaN"), Ok("1000, -2, 1.5, NaN".to_owned()));
        assert_eq!(reals("1e25"), Ok("1e+25".to_owned()));
        assert_eq!(texts(" a ,b "), "a, b");
        assert_eq!(texts("a\\,b,c"), "a\\,b, c");
    }

    #[test]
    fn several_values_stand_between_commas_maybe_in_brackets() {
        for text in ["a, b", "[a,b]", " [ a , b ] "] {
            assert_eq!(several(text, false), ["a", "b"], "{text}");
        }
        assert_eq!(several("[[1, 2], [3]]", true), ["1, 2", "3"]);
        assert_eq!(several("[1, 2]", true), ["1, 2"]);
    }

    #[test]
    fn the_first_bad_part_is_named() {
        for (text, part) in [("[1,2]", "[1"), ("1,,2", ""), ("a,b", "a"), ("1.5", "1.5")]
        {
            let message = format!("For input string: \"{part}\"");
            assert_eq!(integers(text), Err(Refusal::Runtime(message)));
        }
    }

    #[test]
    fn timestamps_have_seconds_and_are_named_with_their_blank() {
        let kept = "2021-03-04 04:06:07 +0000".to_owned();
        assert_eq!(timestamps("2021-03-04 05:06:07 +0100"), Ok(kept));
        let message = "Wrong date format: 2021-07-04T05:06:07Z".to_owned();
        assert_eq!(
            timestamps("2021-03-04 05:06:07 +0100, 2021-07-04T05:06:07Z"),
            Err(Refusal::Runtime(message))
        );
    }
}
