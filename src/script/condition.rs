//! What a search asks of one value: equal, any of, not, between …
use rhai::{Array, Dynamic};

use super::ScriptError;
use super::value::text;
use crate::model::Operator;

/// A condition as scripts write it: a value, a list, `">5"`, `not(…)`.
#[derive(Clone, Debug)]
pub enum Condition {
    Any(Vec<Self>),
    All(Vec<Self>),
    Not(Box<Self>),
    /// Compared with a value.
    Is(Operator, Dynamic),
    /// Has a value, whatever it is.
    Present,
}

/// Signs that may stand before a value, the longer ones first.
const SIGNS: &[(&str, Operator)] = &[
    (">=", Operator::GreaterOrEqual),
    ("<=", Operator::LessOrEqual),
    ("==", Operator::Equal),
    (">", Operator::Greater),
    ("<", Operator::Less),
    ("=", Operator::Equal),
];

impl Condition {
    /// What a script gave: a list is any of its items, `()` is no value.
    pub(super) fn of(given: &Dynamic) -> Self {
        if let Some(condition) = given.read_lock::<Self>() {
            return condition.clone();
        }
        if let Some(items) = given.read_lock::<Array>() {
            return Self::Any(items.iter().map(Self::of).collect());
        }
        if given.is_unit() {
            return Self::Not(Box::new(Self::Present));
        }
        match text(given) {
            Some(text) => Self::of_text(&text),
            None => Self::Is(Operator::Equal, given.clone()),
        }
    }

    fn of_text(text: &str) -> Self {
        if text == "*" {
            return Self::Present;
        }
        let sign = SIGNS.iter().find(|(sign, _)| text.starts_with(sign));
        let (rest, operator) = match sign {
            Some((sign, operator)) => (text[sign.len()..].trim(), *operator),
            None => (text, Operator::Equal),
        };
        Self::Is(operator, Dynamic::from(rest.to_owned()))
    }

    pub(super) fn between(from: Dynamic, to: Dynamic) -> Self {
        Self::All(vec![
            Self::Is(Operator::GreaterOrEqual, from),
            Self::Is(Operator::LessOrEqual, to),
        ])
    }

    pub(super) fn not(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// Refuses an empty list: it would find nothing, or everything.
    pub(super) fn check(&self, name: &str) -> Result<(), ScriptError> {
        match self {
            Self::Any(items) | Self::All(items) if items.is_empty() => {
                Err(ScriptError::invalid(format!("`{name}` is an empty list")))
            }
            Self::Any(items) | Self::All(items) => {
                items.iter().try_for_each(|item| item.check(name))
            }
            Self::Not(inner) => inner.check(name),
            Self::Is(_, given) if given.is_map() => {
                let message = format!("`{name}` takes a value, not a map");
                let error = ScriptError::invalid(message);
                Err(error.hint("maps are combined by `where: any([#{ … }, #{ … }])`"))
            }
            Self::Is(..) | Self::Present => Ok(()),
        }
    }
}
