//! Values that are lists themselves (`ARRAY_…`): on the server parts between commas.
use rhai::Dynamic;

use crate::model::{DataType, several};

/// The data type of the parts, where values are lists.
pub(super) fn parts_of(data_type: DataType) -> Option<DataType> {
    match data_type {
        DataType::ArrayString => Some(DataType::Varchar),
        DataType::ArrayInteger => Some(DataType::Integer),
        DataType::ArrayReal => Some(DataType::Real),
        DataType::ArrayTimestamp => Some(DataType::Timestamp),
        DataType::Integer
        | DataType::Varchar
        | DataType::MultilineVarchar
        | DataType::Real
        | DataType::Timestamp
        | DataType::Date
        | DataType::Boolean
        | DataType::ControlledVocabulary
        | DataType::Material
        | DataType::Hyperlink
        | DataType::Xml
        | DataType::Sample
        | DataType::Json => None,
    }
}

/// The parts of a list, each as it is read; what cannot be read so stays a text.
pub(super) fn read(stored: &str, part: impl Fn(&str) -> Option<Dynamic>) -> Dynamic {
    let parts = match several::is_several(stored) {
        true => several::each(stored).map(|part| part.replace("\\,", ",")).collect(),
        false => split(stored),
    };
    let items =
        parts.iter().map(|text| part(text).unwrap_or_else(|| text.clone().into()));
    Dynamic::from_array(items.collect())
}

/// A list as one of several values of a property.
pub(super) fn bracketed(written: &str) -> String {
    format!("[{written}]")
}

/// What stands between the brackets.
pub(super) fn within_brackets(stored: &str) -> Option<&str> {
    stored.strip_prefix('[')?.strip_suffix(']')
}

/// At commas, except those behind a backslash.
fn split(stored: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = stored.chars().peekable();
    while let Some(c) = chars.next() {
        let kept = match c {
            ',' => {
                parts.push(String::new());
                continue;
            }
            '\\' => chars.next_if_eq(&',').unwrap_or(c),
            c => c,
        };
        parts.last_mut().into_iter().for_each(|part| part.push(kept));
    }
    parts
        .iter()
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_keep_their_escaped_commas() {
        assert_eq!(split(r"a\, b, c"), ["a, b", "c"]);
    }

    #[test]
    fn a_list_is_the_same_from_older_and_newer_servers() {
        let number = |text: &str| text.parse::<i64>().ok().map(Dynamic::from);
        for stored in ["1, 2", "1\u{0}2\u{0}"] {
            assert_eq!(read(stored, number).to_string(), "[1, 2]");
        }
    }
}
