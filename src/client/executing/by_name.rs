//! Methods that change something and are no part of a transaction.
use super::Execution;
use super::settling::undecided;
use crate::client::{Client, Error, Outcome};
use crate::wire::{Asked, write_answer};

impl Client {
    /// Calls a method once: what may have arrived is not sent again.
    pub(super) fn call_once(
        &self,
        asked: Asked,
        execution: &Execution,
    ) -> Result<Outcome, Error> {
        let asked = asked.named(execution.named());
        let answer = self.call(&asked);
        self.masterdata.clear();
        match answer {
            Ok(answer) => Ok(Outcome::Answered(write_answer(&answer))),
            Err(error) if error.may_have_arrived() => {
                Err(undecided(&execution.id, error))
            }
            Err(error) => Err(error),
        }
    }
}
