use super::{Client, Error};
use crate::model::{Change, Outcome};
use crate::wire::{Call, Reply};

/// The most changes of one call.
const AT_MOST: usize = 1000;

impl Client {
    /// The one way to mutate openBIS. Changes of one kind and verb go in one call; their
    /// order is kept.
    ///
    /// # Errors
    /// Of the first call that fails: it did nothing, those before it are done.
    #[expect(clippy::needless_pass_by_value, reason = "a change is made once")]
    pub fn apply(&self, changes: Vec<Change>) -> Result<Vec<Outcome>, Error> {
        let mut outcomes = Vec::with_capacity(changes.len());
        for group in Change::groups(&changes, AT_MOST) {
            outcomes.extend(self.apply_group(group)?);
        }
        Ok(outcomes)
    }

    /// Changes that go in one call: all or none of them are done.
    fn apply_group(&self, changes: &[Change]) -> Result<Vec<Outcome>, Error> {
        let reply = self.ask(Call::Change { changes }, None)?;
        self.masterdata.forget(changes);
        self.outcomes(changes, reply)
    }

    fn outcomes(&self, changes: &[Change], reply: Reply) -> Result<Vec<Outcome>, Error> {
        match changes.first() {
            Some(Change::Create(_)) => {
                let ids = self.understood(reply.ids())?;
                Ok(ids.into_iter().map(Outcome::Created).collect())
            }
            Some(Change::Delete { .. }) => {
                let id = self.understood(reply.id())?;
                Ok(vec![Outcome::Deleted(id)])
            }
            Some(Change::Update { .. }) => {
                Ok(changes.iter().map(|_| Outcome::Updated).collect())
            }
            Some(
                Change::Archive { .. }
                | Change::Unarchive { .. }
                | Change::Lock { .. }
                | Change::Unlock { .. }
                | Change::Confirm { .. }
                | Change::Revert { .. },
            )
            | None => Ok(changes.iter().map(|_| Outcome::Done).collect()),
        }
    }
}
