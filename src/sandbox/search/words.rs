//! Full text search over words, as `PostgreSQL` does it.

/// Words too common to be found.
const STOP: &[&str] = &[
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at",
    "be", "been", "before", "but", "by", "can", "did", "do", "does", "for", "from",
    "had", "has", "have", "he", "her", "here", "his", "how", "i", "if", "in", "into",
    "is", "it", "its", "me", "more", "most", "my", "no", "nor", "not", "of", "on", "or",
    "our", "out", "over", "she", "so", "some", "such", "than", "that", "the", "their",
    "them", "then", "there", "these", "they", "this", "to", "under", "until", "up",
    "very", "was", "we", "were", "what", "when", "where", "which", "while", "who", "why",
    "will", "with", "you", "your",
];

/// The words that are asked for: one of them is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Words(Vec<String>);

impl Words {
    pub(super) fn new(text: &str) -> Self {
        Self(words(text).filter(|word| !STOP.contains(&word.as_str())).collect())
    }

    /// Whether there is nothing but punctuation in the text.
    pub(super) fn is_wordless(text: &str) -> bool {
        words(text).next().is_none()
    }

    pub(super) fn occur_in(&self, text: &str) -> bool {
        words(text).any(|word| self.0.contains(&word))
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|char: char| !char.is_alphanumeric());
    parts.filter(|part| !part.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_any_case_but_only_whole() {
        let notes = "Keep away from boiling hot water";
        assert!(Words::new("Boiling water").occur_in(notes));
        assert!(!Words::new("boil").occur_in(notes));
    }

    #[test]
    fn common_words_are_never_found() {
        assert!(!Words::new("you").occur_in("<to>you</to>"));
    }
}
