//! What the values of a property have to be like.
use regex::Regex;

/// A pattern of one of the three sorts that newer servers have.
#[derive(Debug)]
pub(crate) enum Pattern {
    /// A regular expression for the whole value.
    Expression(Regex),
    /// Numbers from the first to the second of one of these pairs.
    Ranges(Vec<(f64, f64)>),
    /// One of these.
    Values(Vec<String>),
}

impl Pattern {
    /// Reads one; the error says why it is none.
    pub(crate) fn read(sort: &str, text: &str) -> Result<Self, String> {
        match sort {
            "PATTERN" => match Regex::new(&format!("^(?:{text})$")) {
                Ok(expression) => Ok(Self::Expression(expression)),
                Err(_) => Err("it is no regular expression".to_owned()),
            },
            "RANGES" => {
                let ranges = text.split(',').map(|part| range(part.trim()));
                ranges.collect::<Result<_, _>>().map(Self::Ranges)
            }
            "VALUES" => Ok(Self::Values(values(text))),
            _ => Err("its type is none of PATTERN, RANGES, VALUES".to_owned()),
        }
    }

    pub(crate) fn fits(&self, value: &str) -> bool {
        match self {
            Self::Expression(expression) => expression.is_match(value),
            Self::Ranges(ranges) => value.parse::<f64>().is_ok_and(|number| {
                ranges.iter().any(|&(low, high)| low <= number && number <= high)
            }),
            Self::Values(values) => values.iter().any(|known| known == value),
        }
    }
}

/// `1-10`, `(-5)-(-1)`, or a single number.
fn range(text: &str) -> Result<(f64, f64), String> {
    let wrong = || format!("'{text}' is no range such as 1-10");
    let (low, rest) = number(text).ok_or_else(wrong)?;
    let rest = rest.trim_start();
    if rest.is_empty() {
        return Ok((low, low));
    }
    let rest = rest.strip_prefix('-').ok_or_else(wrong)?;
    let (high, rest) = number(rest.trim_start()).ok_or_else(wrong)?;
    let ends = rest.trim().is_empty() && low <= high;
    ends.then_some((low, high)).ok_or_else(wrong)
}

/// The number that a text begins with, maybe in brackets, and what follows.
fn number(text: &str) -> Option<(f64, &str)> {
    if let Some(inner) = text.strip_prefix('(') {
        let (inner, rest) = inner.split_once(')')?;
        return Some((inner.trim().parse().ok()?, rest));
    }
    let signed = usize::from(text.starts_with(['-', '+']));
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    let end = text[signed..].find(|c| !is_part(c)).map_or(text.len(), |at| at + signed);
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// Between commas; what stands in quotes may hold some.
fn values(text: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => values.push(String::new()),
            c => values.last_mut().into_iter().for_each(|value| value.push(c)),
        }
    }
    values.iter().map(|value| value.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn takes(sort: &str, text: &str, good: &[&str], bad: &[&str]) {
        let pattern = Pattern::read(sort, text).unwrap();
        for value in good {
            assert!(pattern.fits(value), "{value}");
        }
        for value in bad {
            assert!(!pattern.fits(value), "{value}");
        }
    }

    #[test]
    fn an_expression_is_about_the_whole_value() {
        takes("PATTERN", "[A-Z]{2}|x", &["AB", "x"], &["ABC", "ab", "xx", ""]);
    }

    #[test]
    fn ranges_include_their_ends() {
        takes(
            "RANGES",
            "1-10, 20 - 30,(-5)-(-1), 42",
            &["1", "10", "25.5", "-3", "42"],
            &["0", "11", "-6", "x"],
        );
        takes("RANGES", "-5--1", &["-5", "-1"], &["1"]);
    }

    #[test]
    fn values_are_these_and_no_others() {
        takes("VALUES", "red, \"blue, dark\"", &["red", "blue, dark"], &["blue", "RED"]);
    }

    #[test]
    fn what_is_no_pattern_is_told() {
        for (sort, text) in
            [("PATTERN", "("), ("RANGES", "a-b"), ("RANGES", "10-1"), ("OTHER", "x")]
        {
            assert!(Pattern::read(sort, text).is_err(), "{sort} {text}");
        }
    }
}
