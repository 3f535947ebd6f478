//! Changes that happen exactly once.
mod blame;
mod by_name;
mod later;
mod naming;
mod once;
mod outcomes;
mod settling;

use super::{Client, Error, Outcome};
use crate::model::Change;
use crate::wire::{Asked, Execution as Named};
use settling::Standing;

/// The name of a transaction. The server carries out one of a name, never two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Execution {
    pub id: String,
    /// What the server's own record says about it.
    pub description: String,
    /// Whether the server carries it out after its answer.
    pub asynchronous: bool,
}

/// What became of a transaction of which no answer came.
#[derive(Debug, PartialEq, Eq)]
pub enum Settled {
    /// The server does not know it: it may be sent, under the same name.
    NeverArrived,
    /// It is not over yet.
    Running,
    /// All of it was done.
    Done(Vec<Outcome>),
    /// Nothing of it was done, and why.
    RolledBack(String),
}

impl Execution {
    /// Under a new name, which no other bears.
    pub fn new(description: impl Into<String>) -> Self {
        Self {
            id: super::chance::uuid(),
            description: description.into(),
            asynchronous: false,
        }
    }
}

impl Execution {
    fn named(&self) -> Named<'_> {
        let Self { id, description, asynchronous } = self;
        Named { id, description, asynchronous: *asynchronous }
    }
}

impl Client {
    /// Carries out changes of any kinds in one transaction: all of them or none, and
    /// exactly once. They may refer to each other by [`crate::model::Id::creation`]. The
    /// outcomes come in the order of the changes.
    ///
    /// An answer that is lost is settled by asking for the execution; what never arrived
    /// is sent again under the same name.
    ///
    /// # Errors
    /// [`Error::RolledBack`] where the server refuses: nothing was done.
    /// [`Error::Undecided`] where it is not known whether it was done.
    pub fn execute(
        &self,
        changes: &[Change],
        execution: &Execution,
    ) -> Result<Vec<Outcome>, Error> {
        if changes.is_empty() {
            return Ok(Vec::new());
        }
        if let Some(asked) = by_itself(changes) {
            return Ok(vec![self.call_once(asked, execution)?]);
        }
        let merged = Change::merged(changes);
        let done = self.carry_out(&naming::named(merged.changes), execution);
        self.masterdata.forget(changes);
        let found = match done {
            Ok(outcomes) => outcomes,
            Err(Error::RolledBack { fault, item }) => {
                let item =
                    item.and_then(|item| merged.places.iter().position(|p| *p == item));
                return Err(Error::RolledBack { fault, item });
            }
            Err(error) => return Err(error),
        };
        Ok(merged.places.iter().map(|&place| found[place].clone()).collect())
    }

    /// What became of the changes that were sent under this name.
    ///
    /// # Errors
    /// [`Error::Undecided`] where the server knows the name and no longer what was done.
    pub fn settle(&self, id: &str, changes: &[Change]) -> Result<Settled, Error> {
        let merged = Change::merged(changes);
        Ok(match self.standing(id, &merged.changes)? {
            Standing::NeverArrived => Settled::NeverArrived,
            Standing::Running => Settled::Running,
            Standing::RolledBack(fault) => Settled::RolledBack(fault.message),
            Standing::Done(found) => Settled::Done(
                merged.places.iter().map(|&place| found[place].clone()).collect(),
            ),
        })
    }
}

/// The call of a method that can be no part of a transaction.
fn by_itself(changes: &[Change]) -> Option<Asked> {
    let [Change::Call(called)] = changes else { return None };
    Asked::of(called).ok().filter(|asked| !asked.is_operation())
}
