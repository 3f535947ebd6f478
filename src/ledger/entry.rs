use crate::model::{Change, Id, Outcome, Record};

/// A change that is to be sent, and what it meets.
#[derive(Clone, Debug)]
pub struct Entry {
    pub change: Change,
    /// The objects that it touches, each with the touched fields as they are, as far as
    /// [`touched`](super::touched()) asks for them; none for a creation.
    pub before: Vec<Record>,
    /// How people know what it touches: `/LAB/P/S1`, or `3 samples`.
    pub label: String,
}

/// What became of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// All its changes are done: an outcome for each of them, in their order.
    Done(Vec<Outcome>),
    /// None of them is, and why.
    Refused(String),
    /// There was no answer.
    Lost(String),
    /// It never arrived, and never will.
    Never,
    /// Nobody can find out any more whether it was done.
    Undecided(String),
}

/// What the journal knows of a change that a resumed run makes again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recalled {
    /// It has to be sent.
    New,
    /// It was done: nothing is to be sent.
    Done(Outcome),
    /// It must not be sent, and why: the object was changed by the run already, to other
    /// values than it would get now; or nobody can tell whether it was.
    Left(String),
}

/// The objects that a change is about; none where it makes one.
pub fn targets(change: &Change) -> &[Id] {
    match change {
        Change::Create(_) | Change::Call(_) => &[],
        Change::Update { id, .. } => std::slice::from_ref(id),
        Change::Delete { ids, .. }
        | Change::Archive { ids, .. }
        | Change::Unarchive { ids }
        | Change::Lock { ids }
        | Change::Unlock { ids }
        | Change::Confirm { ids }
        | Change::Revert { ids } => ids,
    }
}
