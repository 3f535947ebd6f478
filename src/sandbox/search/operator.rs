use std::cmp::Ordering;

use crate::wire::bean::View;

/// How a value stands to the constant of a criteria.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    /// Whatever it is, as long as there is one.
    Any,
    Compare(Comparison),
    Contains,
    ContainsExactly,
    StartsWith,
    EndsWith,
    /// Full text.
    Matches,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// What stands in the names of the value classes, without kind of value and `Value`.
const OPERATORS: &[(&str, Operator)] = &[
    ("Any", Operator::Any),
    ("EqualTo", Operator::Compare(Comparison::Equal)),
    ("LessThan", Operator::Compare(Comparison::Less)),
    ("EarlierThan", Operator::Compare(Comparison::Less)),
    ("LessThanOrEqualTo", Operator::Compare(Comparison::LessOrEqual)),
    ("EarlierThanOrEqualTo", Operator::Compare(Comparison::LessOrEqual)),
    ("GreaterThan", Operator::Compare(Comparison::Greater)),
    ("LaterThan", Operator::Compare(Comparison::Greater)),
    ("GreaterThanOrEqualTo", Operator::Compare(Comparison::GreaterOrEqual)),
    ("LaterThanOrEqualTo", Operator::Compare(Comparison::GreaterOrEqual)),
    ("Contains", Operator::Contains),
    ("ContainsExactly", Operator::ContainsExactly),
    ("StartsWith", Operator::StartsWith),
    ("EndsWith", Operator::EndsWith),
    ("Matches", Operator::Matches),
];

/// The kinds of values, as they begin the names of the value classes.
const VALUES: &[&str] = &["String", "Number", "DateObject", "Date"];

/// What the class of a value says: `EqualTo` of `StringEqualToValue`.
pub(super) fn word(value: View<'_>) -> &'static str {
    let name = value.name();
    if name == "AnyStringValue" {
        return "Any";
    }
    let name = name.strip_suffix("Value").unwrap_or(name);
    VALUES.iter().find_map(|kind| name.strip_prefix(kind)).unwrap_or(name)
}

impl Operator {
    /// What a value such as a `StringEqualToValue` asks for.
    pub(super) fn of(value: View<'_>) -> Option<Self> {
        let word = word(value);
        OPERATORS.iter().find(|row| row.0 == word).map(|row| row.1)
    }
}

impl Comparison {
    /// Whether a value that stands in this order to the constant is meant.
    pub(super) fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }
}
