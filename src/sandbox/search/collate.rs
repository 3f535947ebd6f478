//! The order of texts in the data base: that of `PostgreSQL` under `en_US.UTF-8`.
//!
//! Letters and digits come first, then accents, then case, then everything else: `ALFA_3`
//! stands behind `ALFA-2`, `alpha` before `Alpha`, `Zürich` between `Zur` and `Zus`.

use std::borrow::Cow;
use std::cmp::Ordering;

/// What a text is sorted by.
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

/// A text that is compared often, and sorted by the order of [`Key`], without copies.
#[derive(Clone, Debug)]
pub(super) struct Text<'s> {
    /// The first letters: they tell most texts apart.
    head: u64,
    text: Cow<'s, str>,
}

impl<'s> Text<'s> {
    pub(super) fn new(text: Cow<'s, str>) -> Self {
        let mut head = [0; 8];
        if text.is_ascii() {
            let letters = letters(&text);
            head.iter_mut().zip(letters).for_each(|(place, letter)| *place = letter);
        } else {
            let letters = Key::new(&text).letters;
            head.iter_mut().zip(letters.bytes()).for_each(|(place, it)| *place = it);
        }
        Self { head: u64::from_be_bytes(head), text }
    }
}

impl Ord for Text<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.head.cmp(&other.head).then_with(|| compare(&self.text, &other.text))
    }
}

impl PartialOrd for Text<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Text<'_> {}

/// How two texts stand to each other.
pub(super) fn compare(one: &str, other: &str) -> Ordering {
    if !one.is_ascii() || !other.is_ascii() {
        return Key::new(one).cmp(&Key::new(other));
    }
    letters(one)
        .cmp(letters(other))
        .then_with(|| capitals(one).cmp(capitals(other)))
        .then_with(|| one.cmp(other))
}

fn letters(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase())
}

fn capitals(text: &str) -> impl Iterator<Item = bool> {
    let counted = text.bytes().filter(u8::is_ascii_alphanumeric);
    counted.map(|byte| byte.is_ascii_uppercase())
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
    fn texts_are_compared_as_their_keys_are() {
        let texts = ["", "a", "A", "a-b", "ab", "ALFA-10", "ALFA_1", "Zürich", "zurich!"];
        for one in texts {
            for other in texts {
                let keys = Key::new(one).cmp(&Key::new(other));
                let text = |text: &'static str| Text::new(Cow::Borrowed(text));
                assert_eq!(text(one).cmp(&text(other)), keys, "{one} and {other}");
            }
        }
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
