//! The one place where every change of a script goes.
mod step;

use std::sync::Arc;

use super::{ScriptError, Session};
use crate::client::Outcome;
use crate::model::Change;
pub use step::Step;

/// Decides what becomes of the changes of a run. Copies are the same desk.
#[derive(Clone, Default)]
pub struct Desk(Arc<Inner>);

#[derive(Default)]
struct Inner {}

impl Desk {
    /// One that sends whatever it is given.
    pub fn new() -> Self {
        Self::default()
    }

    /// What became of each change, in order.
    pub(super) fn submit(
        &self,
        session: &Session,
        steps: Vec<Step>,
    ) -> Result<Vec<Outcome>, ScriptError> {
        let Self(_) = self;
        let changes: Vec<Change> = steps.into_iter().map(|step| step.change).collect();
        Ok(session.client().apply(changes)?)
    }
}
