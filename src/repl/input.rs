//! The words of an input, as far as the prompt has to know them.

/// What a stretch of the input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Plain,
    Word,
    Number,
    Text,
    Comment,
    Open,
    Close,
}

/// A stretch of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) sort: Sort,
    pub(super) text: &'a str,
    /// Whether it ends: a text or a comment may be open still.
    pub(super) ended: bool,
}

/// The input, cut into pieces; together they are the whole of it.
pub(super) fn pieces(input: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = input;
    while let Some(first) = rest.chars().next() {
        let (sort, length, ended) = piece(rest, first);
        pieces.push(Piece { sort, text: &rest[..length], ended });
        rest = &rest[length..];
    }
    pieces
}

/// Whether more has to come: an open bracket, text or comment.
pub(super) fn is_incomplete(input: &str) -> bool {
    let pieces = pieces(input);
    let count = |sort| pieces.iter().filter(|piece| piece.sort == sort).count();
    count(Sort::Open) > count(Sort::Close) || pieces.iter().any(|piece| !piece.ended)
}

fn piece(rest: &str, first: char) -> (Sort, usize, bool) {
    let single = first.len_utf8();
    if rest.starts_with("//") {
        return (Sort::Comment, rest.find('\n').unwrap_or(rest.len()), true);
    }
    if rest.starts_with("/*") {
        let end = rest.find("*/").map(|end| end + 2);
        return (Sort::Comment, end.unwrap_or(rest.len()), end.is_some());
    }
    match first {
        '"' | '`' => quoted(rest, first),
        '\'' => match quoted(rest, first) {
            // A lone quote is a mistake, not the beginning of more.
            (_, _, false) => (Sort::Plain, single, true),
            ended => ended,
        },
        '(' | '[' | '{' => (Sort::Open, single, true),
        ')' | ']' | '}' => (Sort::Close, single, true),
        '0'..='9' => (Sort::Number, run(rest, is_word), true),
        c if is_word(c) => (Sort::Word, run(rest, is_word), true),
        _ => (Sort::Plain, single, true),
    }
}

/// A text up to its closing quote; a backslash guards the character behind it.
fn quoted(rest: &str, quote: char) -> (Sort, usize, bool) {
    let mut guarded = false;
    for (at, c) in rest.char_indices().skip(1) {
        if !guarded && c == quote {
            return (Sort::Text, at + c.len_utf8(), true);
        }
        guarded = c == '\\' && !guarded && quote != '`';
    }
    (Sort::Text, rest.len(), false)
}

fn run(rest: &str, belongs: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !belongs(c)).unwrap_or(rest.len())
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_brackets_texts_and_comments_wait_for_more() {
        for open in ["for i in 0..3 {", "f(1,", "let s = `a", "\"a", "/* so", "#{ a: [1"]
        {
            assert!(is_incomplete(open), "{open}");
        }
        for done in ["for i in 0..3 { }", "\"{\"", "// {", "'('", "1 + 1", "`}`", "f())"]
        {
            assert!(!is_incomplete(done), "{done}");
        }
    }

    #[test]
    fn the_pieces_are_the_whole_input() {
        let input = "let x = o.get(\"a\\\"b\") + 'c'; // é\n`y`";
        let whole: String = pieces(input).iter().map(|piece| piece.text).collect();
        assert_eq!(whole, input);
    }
}
