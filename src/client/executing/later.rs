//! Big sets of changes, which the server carries out after it has answered.
use super::naming;
use crate::client::{Client, Error};
use crate::model::Change;
use crate::wire::Call;

/// How far a transaction is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// `NEW`, `SCHEDULED`, `RUNNING`, `FINISHED`, `FAILED`; a refused repetition makes a
    /// finished one `FAILED`: [`Client::settle`] tells what became of it.
    pub state: String,
    /// What it is at, in the server's words; told every five seconds.
    pub message: Option<String>,
}

impl Client {
    /// Hands changes over that are carried out after the answer, all or none of them; the
    /// name of the execution, by which [`Client::progress`] and [`Client::settle`] know it.
    ///
    /// # Errors
    /// [`Error::Undecided`] where the answer was lost: it is not sent again, since the
    /// server makes the name.
    pub fn execute_asynchronously(
        &self,
        changes: &[Change],
        description: &str,
    ) -> Result<String, Error> {
        let merged = Change::merged(changes);
        let changes = &naming::named(merged.changes);
        let answer = self.ask_plain(Call::ExecuteLater { changes, description });
        self.masterdata.forget(changes);
        match answer {
            Ok(reply) => self.understood(reply.execution_id()),
            Err(error) if error.may_have_arrived() => {
                let execution = description.to_owned();
                Err(Error::Undecided { execution, source: error.into() })
            }
            Err(error) => Err(error),
        }
    }

    /// How far a transaction is; nothing where the server does not know it.
    pub fn progress(&self, id: &str) -> Result<Option<Progress>, Error> {
        let reply = self.ask_plain(Call::Executed { id })?;
        let told = self.understood(reply.remembered())?;
        Ok(told.map(|told| Progress { state: told.state, message: told.progress }))
    }
}
