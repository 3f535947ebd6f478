//! What became of a transaction of which no answer came: judged by its results, never by
//! its state, which a refused repetition turns to `FAILED`.
use std::time::Duration;

use super::outcomes;
use crate::client::{Cause, Client, Error, Outcome};
use crate::model::Change;
use crate::wire::{Call, Fault, Remembered};

/// [`super::Settled`], with all that the server said.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Standing {
    NeverArrived,
    Running,
    Done(Vec<Outcome>),
    RolledBack(Fault),
}

/// The server no longer tells what it did.
#[derive(Debug, thiserror::Error)]
#[error("openBIS remembers it as {state}, and no longer what was done")]
struct Forgotten {
    state: String,
}

/// It does not end.
#[derive(Debug, thiserror::Error)]
#[error("openBIS has been at work on it for {} s", .0.as_secs())]
struct Endless(Duration);

impl Client {
    /// What became of a transaction.
    pub(super) fn standing(
        &self,
        id: &str,
        changes: &[Change],
    ) -> Result<Standing, Error> {
        Ok(self.standing_at(id, changes)?.0)
    }

    /// The same, and what the server is at.
    pub(super) fn standing_at(
        &self,
        id: &str,
        changes: &[Change],
    ) -> Result<(Standing, String), Error> {
        let reply = self.ask_plain(Call::Executed { id })?;
        let told = self.understood(reply.remembered())?;
        let state = told.as_ref().map(|told| told.state.clone()).unwrap_or_default();
        let at = told.as_ref().and_then(|told| told.progress.clone());
        let at = at.unwrap_or_else(|| state.to_lowercase());
        let standing = judge(told, changes);
        let standing = standing.ok_or_else(|| undecided(id, Forgotten { state }))?;
        Ok((standing, at))
    }

    /// The same, waiting for it to be over.
    pub(super) fn ended(&self, id: &str, changes: &[Change]) -> Result<Standing, Error> {
        let mut waits = self.guard.waits_for_running();
        loop {
            let standing = self.standing(id, changes)?;
            if standing != Standing::Running {
                return Ok(standing);
            }
            let Some(wait) = waits.next() else {
                return Err(undecided(id, Endless(waits.waited())));
            };
            self.guard.pause(wait)?;
        }
    }
}

/// Nothing is known, because of this.
pub(super) fn undecided(id: &str, source: impl Into<Cause>) -> Error {
    let source = source.into();
    match source.downcast::<Error>() {
        Ok(error) if error.is_undecided() => *error,
        Ok(source) => Error::Undecided { execution: id.to_owned(), source },
        Err(source) => Error::Undecided { execution: id.to_owned(), source },
    }
}

/// Whether the server refuses because it knows the name already.
pub(super) fn is_repetition(fault: &Fault) -> bool {
    fault.message.starts_with("Operation execution ")
        && fault.message.contains("already exists")
}

/// What an execution that is remembered means; nothing where that cannot be told.
fn judge(told: Option<Remembered>, changes: &[Change]) -> Option<Standing> {
    let Some(told) = told else { return Some(Standing::NeverArrived) };
    if let Some(results) = told.results {
        return outcomes::read(changes, results).map(Standing::Done);
    }
    if !told.lines.is_empty() {
        return outcomes::read_lines(changes, &told.lines).map(Standing::Done);
    }
    match told.error {
        // The first of that name is still at work: it wrote neither results nor an error.
        Some(fault) if is_repetition(&fault) => Some(Standing::Running),
        Some(fault) => Some(Standing::RolledBack(fault)),
        None => {
            let unfinished = ["NEW", "SCHEDULED", "RUNNING"].contains(&&*told.state);
            unfinished.then_some(Standing::Running)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, Record};
    use crate::wire::Operated;

    fn changes() -> Vec<Change> {
        vec![Change::Create(Record::new(Kind::Space))]
    }

    fn told(state: &str) -> Remembered {
        Remembered { state: state.to_owned(), ..Remembered::default() }
    }

    fn judged(told: Remembered) -> Option<Standing> {
        judge(Some(told), &changes())
    }

    fn repetition() -> Fault {
        let message = "Operation execution x already exists in the database and needs to be unique.";
        Fault::told("", message)
    }

    #[test]
    fn what_is_unknown_never_arrived() {
        assert_eq!(judge(None, &changes()), Some(Standing::NeverArrived));
    }

    #[test]
    fn results_count_although_a_repetition_was_refused() {
        let id = crate::model::Id::parse(Kind::Space, "A").unwrap();
        let results = vec![Operated { ids: vec![id.clone()], deletion: None }];
        let told = Remembered {
            results: Some(results),
            error: Some(repetition()),
            ..told("FAILED")
        };
        assert_eq!(judged(told), Some(Standing::Done(vec![Outcome::Created(id)])));
    }

    #[test]
    fn a_repetition_that_was_refused_says_nothing_of_the_first() {
        let told = Remembered { error: Some(repetition()), ..told("FAILED") };
        assert_eq!(judged(told), Some(Standing::Running));
    }

    #[test]
    fn an_error_without_results_means_that_nothing_was_done() {
        let fault = Fault::told("ch.X", "no");
        let told = Remembered { error: Some(fault.clone()), ..told("FAILED") };
        assert_eq!(judged(told), Some(Standing::RolledBack(fault)));
    }

    #[test]
    fn what_has_begun_is_waited_for() {
        for state in ["NEW", "SCHEDULED", "RUNNING"] {
            assert_eq!(judged(told(state)), Some(Standing::Running), "{state}");
        }
    }

    #[test]
    fn the_lines_of_the_summary_tell_what_was_created_when_the_details_are_gone() {
        let lines = vec!["CreateSpacesOperationResult[A]".to_owned()];
        let told = Remembered { lines, ..told("FINISHED") };
        assert!(matches!(judged(told), Some(Standing::Done(_))));
    }

    #[test]
    fn what_is_forgotten_is_not_guessed() {
        assert_eq!(judged(told("FINISHED")), None);
        assert_eq!(judged(told("FAILED")), None);
    }
}
