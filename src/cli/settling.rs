//! What became of the calls of a run that was cut off: asked of openBIS, and where it has
//! forgotten, seen from the objects.
use super::exit::Exit;
use super::mistake::Mistake;
use super::world::{SystemClock, World};
use crate::client::{Client, Error, Execution, Settled};
use crate::ledger::{self, Call, Ledger, Run, Settlement};
use crate::model::{Change, Outcome};
use crate::script::{Clock, look_at, without_secrets};
use crate::wire::Asked;

/// How long after it was written down a call may still be on its way.
const ON_ITS_WAY_MILLIS: i64 = 60 * 60 * 1000;

/// Within this time a call is known to openBIS that it only takes over, if it ever is.
const ARRIVES_WITHIN_MILLIS: i64 = 60 * 1000;

/// For how long openBIS knows at least that there was a call.
const REMEMBERED_MILLIS: i64 = 300 * 24 * 60 * 60 * 1000;

/// Finds out what became of the calls without an answer, and writes it down. What has never
/// arrived is sent again under its own id, as long as it may still be on its way: openBIS
/// then carries out one of the two.
pub(crate) fn settle(world: &World, ledger: &Ledger, run: &Run) -> anyhow::Result<()> {
    let client = world.session()?;
    let open = ledger.calls(run.id)?.into_iter().filter(|call| call.state.is_open());
    for call in open.filter(|call| call.server == client.url()) {
        let entries = ledger.entries(call.id)?;
        let changes: Vec<Change> =
            entries.iter().map(|entry| entry.change.clone()).collect();
        let settlement = if changes.iter().any(is_unknown_to_openbis) {
            let why = "it was called by its name, of which openBIS keeps no record";
            Settlement::Undecided(why.to_owned())
        } else {
            ask(&client, ledger, &call, &changes)?
        };
        let said = match &settlement {
            Settlement::Done(_) => "it was done",
            Settlement::Refused(_) => "openBIS has refused it",
            Settlement::Never | Settlement::Lost(_) => "it never arrived",
            Settlement::Undecided(_) => "nobody knows whether it was done",
        };
        world.terminal.info(&format!("call {} had no answer: {said}", call.ordinal));
        if let Settlement::Undecided(_) = settlement {
            for entry in &entries {
                world.terminal.info(&format!("undecided: {}", entry.label));
            }
        }
        let settlement = match settlement {
            Settlement::Done(outcomes) => Settlement::Done(without_secrets(&outcomes)),
            other => other,
        };
        ledger.settle(call.id, &settlement, Clock::now(&SystemClock))?;
    }
    Ok(())
}

/// Whether it was called by its name, and not as a transaction.
fn is_unknown_to_openbis(change: &Change) -> bool {
    let Change::Call(called) = change else { return false };
    !Asked::of(called).is_ok_and(|asked| asked.has_execution())
}

fn ask(
    client: &Client,
    ledger: &Ledger,
    call: &Call,
    changes: &[Change],
) -> anyhow::Result<Settlement> {
    if call.is_asynchronous() {
        return handed_over(client, call, changes);
    }
    match wait(client, call, changes) {
        Ok(Settled::Done(outcomes)) => Ok(Settlement::Done(outcomes)),
        Ok(Settled::RolledBack(why)) => Ok(Settlement::Refused(why)),
        Ok(Settled::NeverArrived | Settled::Running) => {
            never_arrived(client, call, changes)
        }
        Err(error) if error.is_undecided() => seen(client, ledger, call),
        Err(error) => Err(error.into()),
    }
}

/// What became of a call that openBIS carries out after its answer: it is never sent again
/// by its name, since nothing would keep openBIS from carrying out both.
fn handed_over(
    client: &Client,
    call: &Call,
    changes: &[Change],
) -> anyhow::Result<Settlement> {
    match client.await_handed_over(&call.execution, changes) {
        Ok(Some(outcomes)) => Ok(Settlement::Done(outcomes)),
        Ok(None) => {
            let age = Clock::now(&SystemClock).0 - call.written.0;
            if age > ARRIVES_WITHIN_MILLIS {
                return Ok(Settlement::Never);
            }
            let message = format!("call {} may still be on its way", call.ordinal);
            let mistake = Mistake { exit: Exit::TryAgain, ..Mistake::new(message) };
            Err(mistake.hint("`rhobis resume` knows more in a minute").into())
        }
        Err(error @ Error::RolledBack { .. }) => {
            Ok(Settlement::Refused(error.to_string()))
        }
        Err(error) => Err(error.into()),
    }
}

fn wait(client: &Client, call: &Call, changes: &[Change]) -> Result<Settled, Error> {
    let settled = client.settle(&call.execution, changes)?;
    if settled != Settled::Running {
        return Ok(settled);
    }
    // A repetition waits for the first of its name, and tells what became of that.
    Ok(match client.execute(changes, &execution(call)) {
        Ok(outcomes) => Settled::Done(outcomes),
        Err(error) if error.is_undecided() => return Err(error),
        Err(error) => Settled::RolledBack(error.to_string()),
    })
}

fn execution(call: &Call) -> Execution {
    let (id, description) = (call.execution.clone(), call.description.clone());
    Execution { id, description, asynchronous: false }
}

fn never_arrived(
    client: &Client,
    call: &Call,
    changes: &[Change],
) -> anyhow::Result<Settlement> {
    let age = Clock::now(&SystemClock).0 - call.written.0;
    if age > REMEMBERED_MILLIS {
        let why = "it is too long ago for openBIS to know of it";
        return Ok(Settlement::Undecided(why.to_owned()));
    }
    if age > ON_ITS_WAY_MILLIS || !call.whole {
        return Ok(Settlement::Never);
    }
    Ok(match client.execute(changes, &execution(call)) {
        Ok(outcomes) => Settlement::Done(outcomes),
        Err(error) if error.is_undecided() => return Err(error.into()),
        Err(error) => Settlement::Refused(error.to_string()),
    })
}

/// What the objects tell of a call that openBIS has forgotten.
fn seen(client: &Client, ledger: &Ledger, call: &Call) -> anyhow::Result<Settlement> {
    let entries = ledger.entries(call.id)?;
    let present = look_at(client, &ledger::wanted_to_settle(&entries))?;
    Ok(match ledger::seen(&entries, &present, call.written) {
        Some(true) => {
            let outcomes = entries.iter().map(|entry| ledger::outcome(entry, &present));
            match outcomes.collect::<Option<Vec<Outcome>>>() {
                Some(outcomes) => Settlement::Done(outcomes),
                None => undecided(),
            }
        }
        Some(false) => Settlement::Never,
        None => undecided(),
    })
}

fn undecided() -> Settlement {
    let why = "openBIS has forgotten it, and the objects do not tell";
    Settlement::Undecided(why.to_owned())
}
