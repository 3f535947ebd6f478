//! Conditions that the server cannot search by, held against what it gave.
use std::cmp::Ordering;

use rhai::Dynamic;

use super::condition::Condition;
use super::{Entity, ScriptError, attributes, columns, value};
use crate::model::Operator;

/// What has to hold of an attribute.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    pub(super) field: &'static str,
    pub(super) condition: Condition,
}

impl Sieve {
    /// Whether the object stays.
    pub(super) fn keeps(&self, entity: &Entity) -> Result<bool, ScriptError> {
        Ok(holds(&self.condition, &attributes::get(entity, self.field)?))
    }
}

fn holds(condition: &Condition, found: &Dynamic) -> bool {
    match condition {
        Condition::Any(items) => items.iter().any(|item| holds(item, found)),
        Condition::All(items) => items.iter().all(|item| holds(item, found)),
        Condition::Not(inner) => !holds(inner, found),
        Condition::Present => !found.is_unit(),
        Condition::Is(operator, given) => compares(*operator, found, given),
    }
}

fn compares(operator: Operator, found: &Dynamic, given: &Dynamic) -> bool {
    let (own, wanted) = (columns::text(found), columns::text(given));
    let (own, wanted) = (own.to_lowercase(), wanted.to_lowercase());
    match operator {
        Operator::Equal => fits(&wanted, &own),
        Operator::StartsWith => own.starts_with(&wanted),
        Operator::EndsWith => own.ends_with(&wanted),
        Operator::Contains | Operator::Matches => own.contains(&wanted),
        Operator::Any => !found.is_unit(),
        Operator::Less => order(found, given) == Some(Ordering::Less),
        Operator::LessOrEqual => order(found, given).is_some_and(Ordering::is_le),
        Operator::Greater => order(found, given) == Some(Ordering::Greater),
        Operator::GreaterOrEqual => order(found, given).is_some_and(Ordering::is_ge),
    }
}

/// Of numbers and times as such, of all else as texts.
pub(super) fn order(found: &Dynamic, given: &Dynamic) -> Option<Ordering> {
    if found.is_unit() {
        return None;
    }
    if let Ok(number) = found.as_int() {
        let wanted: f64 = columns::text(given).parse().ok()?;
        #[expect(clippy::cast_precision_loss, reason = "sizes and counts")]
        return (number as f64).partial_cmp(&wanted);
    }
    if value::text(found).is_none() {
        let (own, wanted) = (value::moment(found).ok()??, value::moment(given).ok()??);
        return Some(own.cmp(&wanted));
    }
    Some(columns::text(found).to_lowercase().cmp(&columns::text(given).to_lowercase()))
}

/// Whether a text fits a pattern with `*` and `?`.
fn fits(pattern: &str, text: &str) -> bool {
    let (Some(first), rest) = (pattern.chars().next(), text.chars().next()) else {
        return text.is_empty();
    };
    let behind = &pattern[first.len_utf8()..];
    match (first, rest) {
        ('*', None) => fits(behind, text),
        ('*', Some(c)) => fits(behind, text) || fits(pattern, &text[c.len_utf8()..]),
        (_, Some(c)) if first == '?' || first == c => fits(behind, &text[c.len_utf8()..]),
        (_, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_as_they_do_on_the_server() {
        for (pattern, text) in [("a*", "abc"), ("*c", "abc"), ("a?c", "abc"), ("*", "")] {
            assert!(fits(pattern, text), "{pattern}");
        }
        assert!(!fits("a?", "abc"));
    }

    #[test]
    fn numbers_are_compared_as_numbers() {
        let greater = |a: i64, b: &str| {
            compares(Operator::Greater, &a.into(), &Dynamic::from(b.to_owned()))
        };
        assert!(greater(10, "9"));
        assert!(!greater(9, "10"));
    }
}
