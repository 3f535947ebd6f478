use std::fmt::Write;

use super::input::{Sort, pieces};

const KEYWORDS: &[&str] = &[
    "let", "const", "if", "else", "switch", "for", "in", "while", "loop", "do", "until",
    "break", "continue", "return", "throw", "try", "catch", "fn", "private", "import",
    "export", "as", "true", "false", "this", "global",
];

/// The words of the language, for completion.
pub(super) fn keywords() -> impl Iterator<Item = &'static str> {
    KEYWORDS.iter().copied()
}

/// The input in colours.
pub(super) fn painted(input: &str) -> String {
    let mut text = String::with_capacity(input.len() * 2);
    for piece in pieces(input) {
        let colour = match piece.sort {
            Sort::Text => "32",
            Sort::Number => "36",
            Sort::Comment => "2",
            Sort::Word if KEYWORDS.contains(&piece.text) => "35",
            Sort::Word | Sort::Plain | Sort::Open | Sort::Close => {
                text.push_str(piece.text);
                continue;
            }
        };
        let _ = write!(text, "\x1b[{colour}m{}\x1b[0m", piece.text);
    }
    text
}
