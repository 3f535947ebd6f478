/// A text with wildcards: `*` is any text, `?` any character. Case does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Piece>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Char(char),
    One,
    Many,
}

impl Piece {
    fn takes(self, char: char) -> bool {
        match self {
            Self::Char(own) => own == char,
            Self::One => true,
            Self::Many => false,
        }
    }
}

/// Whether the text has a wildcard, be it an escaped one.
pub(super) fn has_wildcards(text: &str) -> bool {
    text.contains(['*', '?'])
}

impl Pattern {
    /// `\*` and `\?` stand for themselves; a backslash before anything else does too.
    /// Beside wildcards an underscore is one, as in SQL.
    pub(super) fn wild(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut chars = text.chars().peekable();
        let wild = has_wildcards(text);
        while let Some(char) = chars.next() {
            match char {
                '\\' if matches!(chars.peek(), Some('*' | '?')) => {
                    pieces.extend(chars.next().map(Piece::Char));
                }
                '*' => pieces.push(Piece::Many),
                '?' => pieces.push(Piece::One),
                '_' if wild => pieces.push(Piece::One),
                _ => pieces.extend(char.to_lowercase().map(Piece::Char)),
            }
        }
        Self(pieces)
    }

    /// The text as it stands, wildcards and all.
    pub(super) fn plain(text: &str) -> Self {
        Self(text.chars().flat_map(char::to_lowercase).map(Piece::Char).collect())
    }

    /// The same with anything before it.
    pub(super) fn at_end(mut self) -> Self {
        self.0.insert(0, Piece::Many);
        self
    }

    /// The same with anything behind it.
    pub(super) fn at_begin(mut self) -> Self {
        self.0.push(Piece::Many);
        self
    }

    /// Whether the whole text fits.
    pub(super) fn fits(&self, text: &str) -> bool {
        if text.is_ascii() {
            let bytes = text.as_bytes();
            return self.takes(bytes.len(), |at| bytes[at].to_ascii_lowercase().into());
        }
        let text: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
        self.takes(text.len(), |at| text[at])
    }

    /// Whether it fits so many characters, in small letters.
    fn takes(&self, length: usize, text: impl Fn(usize) -> char) -> bool {
        let (mut piece, mut at) = (0, 0);
        let mut retry = None;
        while at < length {
            match self.0.get(piece) {
                Some(Piece::Many) => {
                    piece += 1;
                    retry = Some((piece, at));
                }
                Some(taking) if taking.takes(text(at)) => {
                    (piece, at) = (piece + 1, at + 1);
                }
                Some(_) | None => match retry {
                    Some((after, from)) => {
                        retry = Some((after, from + 1));
                        (piece, at) = (after, from + 1);
                    }
                    None => return false,
                },
            }
        }
        self.0[piece..].iter().all(|piece| *piece == Piece::Many)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(pattern: &str, text: &str) -> bool {
        Pattern::wild(pattern).fits(text)
    }

    #[test]
    fn a_star_is_any_text_and_a_question_mark_one_character() {
        assert!(fits("al*pha", "ALpha"));
        assert!(fits("al?pha", "al*pha"));
        assert!(!fits("al?pha", "alpha"));
        assert!(fits("*-1", "ALFA-1"));
        assert!(fits("a*b*c", "aXbXbXc"));
        assert!(!fits("a*b", "abc"));
    }

    #[test]
    fn a_backslash_escapes_wildcards_only() {
        assert!(fits(r"al\*pha", "al*pha"));
        assert!(!fits(r"al\*pha", "al?pha"));
        assert!(fits(r"al\pha", r"al\pha"));
        assert!(!fits(r"al\\pha", r"al\pha"));
    }

    #[test]
    fn an_underscore_is_a_wildcard_only_beside_others() {
        assert!(!fits("under_score", "under-score"));
        assert!(fits("under_sc*", "under-score"));
    }
}
