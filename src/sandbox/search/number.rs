use std::cmp::Ordering;

use crate::wire::bean::Node;

/// A number as criteria and properties hold it. Whole ones keep all their digits.
#[derive(Clone, Copy, Debug)]
pub(super) enum Amount {
    Whole(i64),
    Real(f64),
}

impl Amount {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(whole) = text.parse() {
            return Some(Self::Whole(whole));
        }
        let real: f64 = text.parse().ok()?;
        (real.is_finite() && !text.is_empty()).then_some(Self::Real(real))
    }

    /// The constant of a `NumberEqualToValue`; none where it is null.
    pub(super) fn of(node: &Node) -> Option<Self> {
        match node {
            Node::Integer(whole) => Some(Self::Whole(*whole)),
            Node::Real(real) => Some(Self::Real(*real)),
            Node::Text(text) => Self::parse(text),
            Node::Null | Node::Flag(_) | Node::List(_) | Node::Map(_) | Node::Bean(_) => {
                None
            }
        }
    }

    pub(super) fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Whole(one), Self::Whole(other)) => one.cmp(&other),
            (one, other) => one.real().total_cmp(&other.real()),
        }
    }

    /// The nearest floating-point number.
    #[expect(
        clippy::cast_precision_loss,
        reason = "only where the other one is a fraction"
    )]
    pub(super) fn real(self) -> f64 {
        match self {
            Self::Whole(whole) => whole as f64,
            Self::Real(real) => real,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(one: &str, other: &str) -> Option<Ordering> {
        Some(Amount::parse(one)?.compare(Amount::parse(other)?))
    }

    #[test]
    fn whole_numbers_and_fractions_compare_by_value() {
        assert_eq!(order("5", "5.0"), Some(Ordering::Equal));
        assert_eq!(order("-1e3", "2.5"), Some(Ordering::Less));
        let (last, largest) = ("9223372036854775806", "9223372036854775807");
        assert_eq!(order(last, largest), Some(Ordering::Less));
    }

    #[test]
    fn other_texts_are_no_numbers() {
        assert_eq!(order("five", "5"), None);
        assert_eq!(order("", "5"), None);
        assert_eq!(order("1*", "5"), None);
    }
}
