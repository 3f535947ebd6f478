//! Several values of one property as one text.
//!
//! Newer servers let a property have several values. Where values are texts, each of
//! several is followed by a NUL, a character that no value of openBIS can hold.
use std::borrow::Cow;

const END: char = '\0';

/// The text that stands for these values, be it one.
pub fn joined<T: AsRef<str>>(values: impl IntoIterator<Item = T>) -> String {
    let mut text = String::new();
    for value in values {
        text.extend(value.as_ref().chars().filter(|c| *c != END));
        text.push(END);
    }
    text
}

/// Whether a text stands for several values.
pub fn is_several(text: &str) -> bool {
    text.ends_with(END)
}

/// Each of several values, or the one.
pub fn each(text: &str) -> impl Iterator<Item = &str> {
    text.strip_suffix(END).unwrap_or(text).split(END)
}

/// The values for people.
pub fn shown(text: &str) -> Cow<'_, str> {
    match is_several(text) {
        true => each(text).collect::<Vec<_>>().join(", ").into(),
        false => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_values_are_told_apart_from_one() {
        for (values, text) in [
            (vec!["a, b", "c"], "a, b\0c\0"),
            (vec!["a"], "a\0"),
            (vec!["", "b"], "\0b\0"),
        ] {
            assert_eq!(joined(&values), text);
            assert!(is_several(text));
            assert_eq!(each(text).collect::<Vec<_>>(), values);
        }
        assert!(!is_several("a, b"));
        assert_eq!(each("a, b").collect::<Vec<_>>(), ["a, b"]);
    }

    #[test]
    fn people_see_no_separator() {
        assert_eq!([shown("a\0b\0"), shown("a")], ["a, b", "a"]);
    }
}
