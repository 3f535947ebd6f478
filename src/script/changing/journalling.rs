//! Every call is written down before it is sent, and again once it is known what became of
//! it. A run that goes on is told what it has done already.
use std::collections::BTreeMap;

use super::{Step, blame};
use crate::client::{self, Client, Execution};
use crate::ledger::{Entry, Journal, Recalled, Settlement, Written, targets, touched};
use crate::model::{Change, Fetch, Id, Kind, Outcome, Record, Value};
use crate::script::{ErrorKind, Host, Level, ScriptError, Session, fetches};
use crate::wire;

/// Sends changes that belong together, but for those that the run has made already; what
/// became of each, in order.
pub(super) fn send(
    session: &Session,
    journal: &Journal,
    steps: &[Step],
) -> Result<Vec<Outcome>, ScriptError> {
    if journal.knows_nothing() {
        return carry_out(session, journal, steps);
    }
    send_new(session, journal, steps).inspect_err(|_| journal.put_back())
}

fn send_new(
    session: &Session,
    journal: &Journal,
    steps: &[Step],
) -> Result<Vec<Outcome>, ScriptError> {
    let changes: Vec<Change> = steps.iter().map(|step| step.change.clone()).collect();
    let known = journal.recall(&changes)?;
    let mut settled = Vec::with_capacity(steps.len());
    let mut new = Vec::new();
    for (step, known) in steps.iter().zip(known) {
        if known == Recalled::New {
            new.push(step.clone());
        }
        settled.push(outcome(step, known, session.host())?);
    }
    let mut sent = carry_out(session, journal, &new)?.into_iter();
    Ok(settled.into_iter().filter_map(|known| known.or_else(|| sent.next())).collect())
}

/// What became of a change, where that is known and it is not to be sent.
fn outcome(
    step: &Step,
    known: Recalled,
    host: &Host,
) -> Result<Option<Outcome>, ScriptError> {
    match (known, &step.change) {
        (Recalled::New, _) => Ok(None),
        (Recalled::Done(outcome), _) => Ok(Some(outcome)),
        (Recalled::Left(why), Change::Update { .. }) => {
            host.console.say(Level::Warning, &format!("left alone: {why}"));
            Ok(Some(Outcome::Updated))
        }
        (Recalled::Left(why), _) => Err(ScriptError::new(ErrorKind::Conflict, why)
            .hint("look at it in openBIS, then run the script anew where need be")),
    }
}

fn carry_out(
    session: &Session,
    journal: &Journal,
    steps: &[Step],
) -> Result<Vec<Outcome>, ScriptError> {
    if steps.is_empty() {
        return Ok(Vec::new());
    }
    let entries = entries(session, steps)?;
    let sent = send_written(session.host(), session.client(), journal, entries)?;
    sent.map_err(|error| blame::explain(session, error, steps))
}

/// Sends changes as one call; the outer failure is of the journal, and nothing was sent.
pub(super) fn send_written(
    host: &Host,
    client: &Client,
    journal: &Journal,
    entries: Vec<Entry>,
) -> Result<Result<Vec<Outcome>, client::Error>, ScriptError> {
    let asynchronous = host.desk.is_asynchronous();
    let (url, now) = (client.url(), host.clock.now());
    let written = match asynchronous {
        true => journal.write_asynchronous(url, &entries, now)?,
        false => journal.write(url, &entries, now)?,
    };
    let changes: Vec<Change> = entries.into_iter().map(|entry| entry.change).collect();
    let Written { call, execution, description } = written;
    let execution = Execution { id: execution, description, asynchronous };
    let answer = client.execute(&changes, &execution);
    let settlement = match &answer {
        Ok(outcomes) => Settlement::Done(without_secrets(outcomes)),
        Err(error) => settlement(error),
    };
    journal.finish(call, &settlement, host.clock.now())?;
    Ok(answer)
}

/// The outcomes as they are written down.
pub fn without_secrets(outcomes: &[Outcome]) -> Vec<Outcome> {
    let one = |outcome: &Outcome| match outcome {
        Outcome::Answered(text) => Outcome::Answered(wire::without_secrets(text)),
        other => other.clone(),
    };
    outcomes.iter().map(one).collect()
}

/// What a failure says about the changes that were sent.
fn settlement(error: &client::Error) -> Settlement {
    match error.is_undecided() {
        true => Settlement::Lost(error.to_string()),
        false => Settlement::Refused(error.to_string()),
    }
}

/// The changes with all that they touch as it is now.
pub(super) fn entries(
    session: &Session,
    steps: &[Step],
) -> Result<Vec<Entry>, ScriptError> {
    let mut known: Vec<Vec<Record>> = steps.iter().map(at_hand).collect();
    let mut missing: BTreeMap<Kind, (Vec<Id>, Fetch)> = BTreeMap::new();
    for (step, known) in steps.iter().zip(&known) {
        let old = touched(&step.change).into_iter().filter(|row| !row.0.is_creation());
        for (id, fields) in old {
            let lacks = |field: &&&str| !knows(known, &id, field);
            let lacking: Vec<&str> = fields.iter().filter(lacks).copied().collect();
            if lacking.iter().all(|field| *field == "modificationDate") {
                continue;
            }
            let kind = id.kind();
            let row = missing.entry(kind).or_insert_with(|| (vec![], Fetch::plain(kind)));
            row.0.push(id);
            let fields = lacking.into_iter().filter_map(|name| kind.spec().field(name));
            for field in fields.filter(|field| field.asked) {
                fetches::include(&mut row.1, field);
            }
        }
    }
    let mut found: BTreeMap<Id, Record> = BTreeMap::new();
    for (ids, fetch) in missing.into_values() {
        let records = session.client().get(&ids, &fetch)?;
        found.extend(ids.into_iter().zip(records).filter_map(|(id, r)| Some((id, r?))));
    }
    for (step, known) in steps.iter().zip(&mut known) {
        learn(&step.change, known, &found)?;
    }
    let entry = |(step, before): (&Step, Vec<Record>)| Entry {
        change: step.change.clone(),
        before,
        label: label(step),
    };
    Ok(steps.iter().zip(known).map(entry).collect())
}

/// The objects of a step, with what is known of them.
fn at_hand(step: &Step) -> Vec<Record> {
    let record = |id: &Id| {
        let mut values = match targets(&step.change).len() {
            1 => step.before.clone(),
            _ => BTreeMap::new(),
        };
        values.extend(step.modified.map(|time| ("modificationDate", Value::Time(time))));
        Record::told(id.kind(), Some(id.clone()), values)
    };
    targets(&step.change).iter().map(record).collect()
}

fn knows(known: &[Record], id: &Id, field: &str) -> bool {
    let mut same = known.iter().filter(|record| record.id() == Some(id));
    same.any(|record| matches!(record.get(field), Ok(Some(_))))
}

/// Adds to what is known of the objects of a change what was found of them.
fn learn(
    change: &Change,
    known: &mut [Record],
    found: &BTreeMap<Id, Record>,
) -> Result<(), ScriptError> {
    for ((id, fields), record) in touched(change).into_iter().zip(known) {
        let Some(found) = found.get(&id) else { continue };
        for field in fields {
            if let (None, Some(value)) = (record.get(field)?, found.get(field)?) {
                record.set(field, value.clone(), None)?;
            }
        }
    }
    Ok(())
}

fn label(step: &Step) -> String {
    let label = match &step.labels[..] {
        [one] => one.clone(),
        many => format!("{} objects", many.len()),
    };
    match &step.change {
        Change::Call(called) if called.method != label => {
            format!("{}: {label}", called.method)
        }
        _ => label,
    }
}
