//! The order of codes in which numbers count as numbers.

/// A piece of a code: what stands before digits, digits, and what stands behind them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Piece {
    Sign(String),
    Number(u64),
    Word(String),
}

/// What a code is sorted by: `9X9` stands before `10X10`.
pub(crate) fn natural(code: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (piece, behind) = rest.split_at(end);
        pieces.push(match piece.parse() {
            Ok(number) => Piece::Number(number),
            Err(_) if first < '0' => Piece::Sign(piece.to_owned()),
            Err(_) => Piece::Word(piece.to_owned()),
        });
        rest = behind;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_within_codes_are_compared_as_numbers() {
        let mut codes = ["10X10", "RT", "9X9", "-80", "4", "-20"];
        codes.sort_by_key(|code| natural(code));
        assert_eq!(codes, ["-20", "-80", "4", "9X9", "10X10", "RT"]);
    }
}
