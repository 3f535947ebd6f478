//! Changes on their way to openBIS.
use std::time::Duration;

use super::splitting::stop_if_told;
use super::{Desk, Step, blame, guard, journalling};
use crate::client::{Execution, Outcome, Pace};
use crate::model::Change;
use crate::script::session::lock;
use crate::script::{ScriptError, Session};

/// So many changes go in one call, unless the server is slow.
pub(super) const BATCH: usize = 1000;

/// Sends changes, so many to a call; what became of each, in order. Before the first call
/// all of them are held to the limits.
pub(super) fn send(
    desk: &Desk,
    session: &Session,
    steps: &[Step],
) -> Result<Vec<Outcome>, ScriptError> {
    ask(desk, session, steps)?;
    let mut outcomes = Vec::with_capacity(steps.len());
    let mut pace = Pace::of(BATCH);
    while outcomes.len() < steps.len() {
        let rest = &steps[outcomes.len()..];
        let size = if desk.is_asynchronous() { rest.len() } else { pace.size() };
        let batch = &rest[..rest.len().min(size)];
        let before = session.host().clock.now().0;
        let told = stop_if_told(session);
        let made = told.and_then(|()| carry_out(desk, session, batch));
        let millis = session.host().clock.now().0.saturating_sub(before);
        pace.took(batch.len(), Duration::from_millis(millis.max(0).unsigned_abs()));
        match made {
            Ok(more) => outcomes.extend(more),
            Err(error) if outcomes.is_empty() => return Err(error),
            Err(error) => {
                let (done, all) = (outcomes.len(), steps.len());
                let hint = format!("{done} of {all} changes were made before that");
                return Err(error.hint(hint));
            }
        }
    }
    Ok(outcomes)
}

/// Sends changes in one call: all of them are made, or none.
pub(super) fn send_together(
    desk: &Desk,
    session: &Session,
    steps: &[Step],
) -> Result<Vec<Outcome>, ScriptError> {
    if steps.is_empty() {
        return Ok(Vec::new());
    }
    ask(desk, session, steps)?;
    carry_out(desk, session, steps)
}

pub(super) fn ask(
    desk: &Desk,
    session: &Session,
    steps: &[Step],
) -> Result<(), ScriptError> {
    let console = &*session.host().console;
    guard::ask(&desk.0.rules, &mut lock(&desk.0.tally), steps, console)
}

fn carry_out(
    desk: &Desk,
    session: &Session,
    steps: &[Step],
) -> Result<Vec<Outcome>, ScriptError> {
    let outcomes = if let Some(journal) = &desk.0.journal {
        journalling::send(session, journal, steps)?
    } else {
        let changes: Vec<Change> = steps.iter().map(|step| step.change.clone()).collect();
        let asynchronous = desk.is_asynchronous();
        let execution = Execution { asynchronous, ..Execution::new("rhobis") };
        let made = session.client().execute(&changes, &execution);
        made.map_err(|error| blame::explain(session, error, steps))?
    };
    lock(&desk.0.tally).count(steps);
    Ok(outcomes)
}
