//! Which objects a search finds, and in which order.
mod anything;
mod attribute;
mod class;
mod collate;
mod condition;
mod criteria;
mod identity;
mod moment;
mod number;
mod operator;
mod page;
mod pattern;
mod property;
mod relation;
mod sort;
#[cfg(test)]
mod tests;
mod text;
mod words;

use super::store::{Number, Object, Store};
use crate::model::Kind;
use crate::wire::Fault;
use crate::wire::bean::View;

pub(crate) use page::page;
pub(crate) use sort::sort;

/// What a search is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Question<'q> {
    pub(crate) kind: Kind,
    pub(crate) criteria: View<'q>,
    /// Holds the `sort`; paging is the caller's business.
    pub(crate) options: View<'q>,
    /// The person who asks: tags are found by their owner only.
    pub(crate) caller: Number,
    /// Whether that person may see an object: what is hidden is not found, nor what leads
    /// to it by a criteria.
    pub(crate) sees: &'q dyn Fn(&Object) -> bool,
}

/// The objects that meet the criteria and that the caller sees, sorted.
pub(crate) fn run<'s>(
    store: &'s Store,
    question: Question<'s>,
) -> Result<Vec<Number>, Fault> {
    let scope = criteria::Scope::new(store, question);
    let mut found = scope.found(question.criteria)?;
    sort(store, question.kind, &mut found, question.options)?;
    Ok(found)
}
