//! Big sets of changes, which the server carries out after it has answered. It gives them a
//! name of its own; ours stands at the end of the description, by which they are found where
//! the answer was lost. They are never sent again: nothing would keep the server from
//! carrying out both.
use std::time::Duration;

use super::once::rolled_back;
use super::settling::{Standing, undecided};
use super::{Execution, Named};
use crate::client::resilience::{Effort, Group, Told};
use crate::client::{Client, Error, Outcome};
use crate::model::{Change, Criteria, Fetch, Kind};
use crate::wire::Call;

/// The server is asked at first after this time, and then more and more seldom.
const SOON: Duration = Duration::from_millis(50);
const SELDOM: Duration = Duration::from_secs(5);

/// For so long is looked for what may have arrived.
const LOOKING: [Duration; 3] = [SOON, Duration::from_millis(500), Duration::from_secs(2)];

/// The server has taken it over, and does not know it.
#[derive(Debug, thiserror::Error)]
#[error("openBIS has taken it over, and does not know it any more")]
struct Vanished;

impl Client {
    /// Hands changes over, and waits until they are carried out.
    pub(super) fn hand_over(
        &self,
        changes: &[Change],
        execution: &Execution,
    ) -> Result<Vec<Outcome>, Error> {
        let own = &*execution.id;
        let named: Named<'_> = execution.named();
        let mut effort = Effort::new(Group::Later);
        let id = loop {
            match self.ask_plain(Call::Execute { changes, execution: named }) {
                Ok(reply) => break self.understood(reply.execution_id())?,
                Err(Error::Refused(fault)) => return Err(rolled_back(fault, changes)),
                Err(error) if error.may_have_arrived() => match self.look_for(own)? {
                    Some(id) => break id,
                    None => return Err(undecided(own, error)),
                },
                Err(error) => {
                    let method = "executeOperations";
                    self.guard.wait_before_repeating(&mut effort, method, error)?;
                }
            }
        };
        self.awaited(changes, &id, own)
    }

    /// What became of changes that were handed over under this name, once that is known;
    /// nothing where the server does not know of them.
    ///
    /// # Errors
    /// [`Error::RolledBack`] where nothing was done. [`Error::Undecided`] where it is not
    /// known whether it was.
    pub fn await_handed_over(
        &self,
        own: &str,
        changes: &[Change],
    ) -> Result<Option<Vec<Outcome>>, Error> {
        let merged = Change::merged(changes);
        let Some(id) = self.find_handed_over(own)? else { return Ok(None) };
        let found = self.awaited(&merged.changes, &id, own)?;
        Ok(Some(merged.places.iter().map(|&place| found[place].clone()).collect()))
    }

    /// The server's name of what was handed over under ours.
    pub fn find_handed_over(&self, own: &str) -> Result<Option<String>, Error> {
        let kind = Kind::OperationExecution;
        let found = self.search(&Criteria::all(kind), &Fetch::plain(kind))?.records;
        let end = format!("({own})");
        let is_it = |description: &str| description.ends_with(&end);
        let found = found.iter().find(|it| it.text("description").is_some_and(is_it));
        Ok(found.and_then(|it| it.id()).map(|id| id.text().to_owned()))
    }

    fn look_for(&self, own: &str) -> Result<Option<String>, Error> {
        for wait in LOOKING {
            let found = self.find_handed_over(own).map_err(|e| undecided(own, e))?;
            if found.is_some() {
                return Ok(found);
            }
            self.guard.pause(wait).map_err(|error| undecided(own, error))?;
        }
        Ok(None)
    }

    /// Waits for a transaction that the server has taken over, and tells how far it is.
    fn awaited(
        &self,
        changes: &[Change],
        id: &str,
        own: &str,
    ) -> Result<Vec<Outcome>, Error> {
        let (mut wait, mut said) = (SOON, String::new());
        loop {
            let standing = self.standing_at(id, changes);
            let (standing, at) = standing.map_err(|error| undecided(own, error))?;
            match standing {
                Standing::Done(outcomes) => return Ok(outcomes),
                Standing::RolledBack(fault) => return Err(rolled_back(fault, changes)),
                Standing::NeverArrived => return Err(undecided(own, Vanished)),
                Standing::Running if at != said => {
                    self.guard.tell(Told::Working { at: &at });
                    said = at;
                }
                Standing::Running => {}
            }
            self.guard.pause(wait).map_err(|error| undecided(own, error))?;
            wait = (wait * 2).min(SELDOM);
        }
    }
}
