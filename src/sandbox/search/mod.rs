//! Which objects a search finds, and in which order.
mod anything;
mod attribute;
mod class;
mod collate;
mod condition;
mod criteria;
pub(super) mod global;
mod identity;
mod memory;
mod moment;
mod natural;
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

pub(crate) use memory::Memory;
pub(crate) use natural::natural;
pub(crate) use page::page;
pub(crate) use sort::sort;
use text::{Reading, Source, TextTest};

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

/// The objects that meet the criteria and that the caller sees, sorted. What the session's
/// searches found before counts where the fetch options say so.
pub(crate) fn run<'s>(
    store: &'s Store,
    question: Question<'s>,
    memory: &Memory,
) -> Result<Vec<Number>, Fault> {
    let scope = criteria::Scope::new(store, question);
    let mut found = match memory.recalled(question) {
        Some(numbers) => live(store, numbers),
        None => scope.found(question.criteria)?,
    };
    memory.keep(question, &found);
    sort(store, question.kind, &mut found, question.options)?;
    Ok(found)
}

fn live(store: &Store, numbers: Vec<Number>) -> Vec<Number> {
    numbers.into_iter().filter(|&number| store.live(number).is_some()).collect()
}

/// Whether a text is what a value such as a `StringStartsWithValue` asks for, in a search
/// without the data base.
pub(crate) fn fits(value: View<'_>, text: &str) -> Result<bool, Fault> {
    let reading = Reading { wildcards: true, of: Source::Memory };
    Ok(TextTest::read(value, reading)?.holds(text))
}
