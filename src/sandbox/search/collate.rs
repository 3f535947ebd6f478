//! The order of texts in the data base: that of `PostgreSQL` under `en_US.UTF-8`.
//!
//! Letters and digits come first, then accents, then case, then everything else: `ALFA_3`
//! stands behind `ALFA-2`, `alpha` before `Alpha`, `Zürich` between `Zur` and `Zus`.

/// What a text is sorted by: made once per text, compared often.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    letters: String,
    /// The letters with their accents; empty where there can be none.
    accents: String,
    /// Upper case counts more than lower case.
    case: Vec<bool>,
    text: String,
}

impl Key {
    pub(super) fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self::plain(text);
        }
        let counted = || text.chars().filter(|char| char.is_alphanumeric());
        Self {
            letters: counted().flat_map(char::to_lowercase).flat_map(bare).collect(),
            accents: counted().flat_map(char::to_lowercase).collect(),
            case: counted().map(char::is_uppercase).collect(),
            text: text.to_owned(),
        }
    }

    fn plain(text: &str) -> Self {
        let counted = || text.bytes().filter(u8::is_ascii_alphanumeric);
        Self {
            letters: counted()
                .map(|byte| char::from(byte.to_ascii_lowercase()))
                .collect(),
            accents: String::new(),
            case: counted().map(|byte| byte.is_ascii_uppercase()).collect(),
            text: text.to_owned(),
        }
    }
}

/// Letters with accents, by the letter that they are sorted as.
const ACCENTED: &[(&str, &str)] = &[
    ("a", "àáâãäåāăą"),
    ("ae", "æ"),
    ("c", "çćĉċč"),
    ("d", "ďđð"),
    ("e", "èéêëēĕėęě"),
    ("g", "ĝğġģ"),
    ("h", "ĥħ"),
    ("i", "ìíîïĩīĭįı"),
    ("j", "ĵ"),
    ("k", "ķ"),
    ("l", "ĺļľŀł"),
    ("n", "ñńņňŉ"),
    ("o", "òóôõöøōŏő"),
    ("oe", "œ"),
    ("r", "ŕŗř"),
    ("s", "śŝşš"),
    ("ss", "ß"),
    ("t", "ţťŧ"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűų"),
    ("w", "ŵ"),
    ("y", "ýÿŷ"),
    ("z", "źżž"),
];

/// A lower-case letter without its accent.
fn bare(letter: char) -> impl Iterator<Item = char> {
    let row = || ACCENTED.iter().find(|(_, accented)| accented.contains(letter));
    let found = if letter.is_ascii() { None } else { row() };
    let plain = found.map_or("", |(plain, _)| plain);
    plain.chars().chain(plain.is_empty().then_some(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(mut texts: Vec<&str>) -> Vec<&str> {
        texts.sort_by_key(|text| Key::new(text));
        texts
    }

    #[test]
    fn punctuation_hardly_counts() {
        assert_eq!(
            sorted(vec!["ALFA_3", "ALFA-2", "ALFA-1:PART", "ALFA-1"]),
            ["ALFA-1", "ALFA-1:PART", "ALFA-2", "ALFA_3"]
        );
    }

    #[test]
    fn case_counts_last_and_lower_case_comes_first() {
        assert_eq!(
            sorted(vec!["Bravo", "alpha", "Alpha", "bravo"]),
            ["alpha", "Alpha", "bravo", "Bravo"]
        );
    }

    #[test]
    fn accents_count_less_than_letters() {
        assert_eq!(sorted(vec!["zus", "Zürich", "zu"]), ["zu", "Zürich", "zus"]);
    }
}
