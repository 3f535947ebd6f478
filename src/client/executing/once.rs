//! Sends a transaction until it is known what became of it.
use super::settling::{Standing, is_repetition, undecided};
use super::{Execution, blame, outcomes};
use crate::client::resilience::{Effort, Group};
use crate::client::{Client, Error, Outcome};
use crate::model::Change;
use crate::wire::{Call, Fault, Refusal};

impl Client {
    /// The outcomes of changes of which no two that go together update the same object.
    pub(super) fn carry_out(
        &self,
        changes: &[Change],
        execution: &Execution,
    ) -> Result<Vec<Outcome>, Error> {
        if execution.asynchronous {
            return self.hand_over(changes, execution);
        }
        let id = &*execution.id;
        let mut effort = Effort::new(Group::Change);
        let mut sent = false;
        loop {
            let error = match self.send(changes, execution) {
                Ok(outcomes) => return Ok(outcomes),
                Err(Error::Refused(fault)) if is_verdict(&fault, sent) => {
                    return Err(rolled_back(fault, changes));
                }
                Err(error) => error,
            };
            sent |= error.may_have_arrived();
            let standing = match sent {
                true => self.ended(id, changes).map_err(|error| undecided(id, error))?,
                false => Standing::NeverArrived,
            };
            match standing {
                Standing::Done(outcomes) => return Ok(outcomes),
                Standing::RolledBack(fault) => return Err(rolled_back(fault, changes)),
                Standing::NeverArrived | Standing::Running => {}
            }
            let method = "executeOperations";
            let repeat = self.guard.wait_before_repeating(&mut effort, method, error);
            repeat.map_err(|error| if sent { undecided(id, error) } else { error })?;
        }
    }

    /// Sends it once.
    fn send(
        &self,
        changes: &[Change],
        execution: &Execution,
    ) -> Result<Vec<Outcome>, Error> {
        let execution = execution.named();
        let reply = self.ask_plain(Call::Execute { changes, execution })?;
        let told = self.understood(reply.operations())?;
        outcomes::read(changes, told)
            .ok_or_else(|| self.strange("results of other operations"))
    }
}

/// Whether the refusal is about these changes: not about a name that is taken, nor about a
/// session that ended after they were sent before.
fn is_verdict(fault: &Fault, sent: bool) -> bool {
    let forgotten = sent && fault.refusal() == Refusal::SessionLost;
    !is_repetition(fault) && !forgotten
}

pub(super) fn rolled_back(fault: Fault, changes: &[Change]) -> Error {
    let item = blame::culprit(&fault, changes);
    Error::RolledBack { fault, item }
}

impl Error {
    /// Whether openBIS may have got it, for all we know.
    pub(super) fn may_have_arrived(&self) -> bool {
        match self {
            Self::Lost { .. }
            | Self::Unavailable { .. }
            | Self::Timeout { .. }
            | Self::NotOpenbis { .. } => true,
            Self::Refused(fault) => is_repetition(fault),
            Self::RolledBack { .. }
            | Self::Unreachable { .. }
            | Self::Resting { .. }
            | Self::Undecided { .. }
            | Self::Cancelled
            | Self::WrongPassword { .. }
            | Self::NotAs { .. }
            | Self::NotAnonymously { .. }
            | Self::NoCredentials
            | Self::NoSecret { .. }
            | Self::Untrusted { .. }
            | Self::NoServer => false,
        }
    }
}
