//! Sends what scripts changed, and reads it back.
use std::collections::BTreeMap;

use super::changing::splitting::in_halves;
use super::properties::{Props, type_kind};
use super::{Entity, ErrorKind, ScriptError, Session, Step, fetches, placing};
use crate::client::Outcome;
use crate::model::{Field, Id, Kind, Record, Value};

/// Saves objects, of one kind a call per thousand; how many were changed.
pub(super) fn save(entities: &[Entity]) -> Result<usize, ScriptError> {
    for entity in entities {
        prepare(entity)?;
    }
    let changed = changed(entities.iter().cloned());
    let Some(first) = changed.first() else { return Ok(0) };
    let session = first.session();
    let sent = send(session, &changed)?;
    tell(session, &sent)?;
    Ok(changed.len())
}

/// What became of many objects.
#[derive(Default)]
pub(super) struct Report {
    pub(super) done: usize,
    pub(super) failed: Vec<(Entity, ScriptError)>,
}

/// Saves objects as far as they can be saved: each that cannot is told with its reason.
pub(super) fn save_each(entities: &[Entity]) -> Result<Report, ScriptError> {
    let mut report = Report::default();
    let mut ready = Vec::new();
    for entity in entities {
        match prepare(entity) {
            Ok(()) => ready.push(entity.clone()),
            Err(error) => report.failed.push((entity.clone(), error)),
        }
    }
    let changed = changed(ready.into_iter());
    let Some(first) = entities.first() else { return Ok(report) };
    let session = first.session();
    let desk = &session.host().desk;
    let steps: Vec<Step> = changed.iter().map(Step::of).collect();
    desk.check(session, &steps)?;
    let mut sent = Vec::new();
    let outcome = in_halves(
        session,
        &changed,
        &mut |part| {
            sent.extend(send(session, part)?);
            Ok(())
        },
        &mut |entity, error| report.failed.push((entity.clone(), error)),
    );
    tell(session, &sent)?;
    report.done = sent.len();
    for (entity, error) in &report.failed {
        desk.note_failure(entity, error);
    }
    outcome.map(|()| report)
}

/// Those that there is something to be sent of; the others are told that there is nothing.
fn changed(entities: impl Iterator<Item = Entity>) -> Vec<Entity> {
    let (changed, same): (Vec<Entity>, Vec<Entity>) =
        entities.partition(|entity| entity.is_unsaved() || entity.has_changes());
    same.iter().for_each(Entity::mark_unchanged);
    changed
}

/// Checks a new object, and fills in what follows from the rest.
fn prepare(entity: &Entity) -> Result<(), ScriptError> {
    let new = entity.is_unsaved();
    if new {
        placing::complete(entity)?;
        check_required(entity)?;
    }
    let edited = |record: &mut Record| record.edits().contains_key("properties");
    let touched = new || entity.has_changes() && entity.with(edited);
    if touched && type_kind(entity.kind()).is_some() {
        Props::new(entity).check_mandatory()?;
    }
    Ok(())
}

fn check_required(entity: &Entity) -> Result<(), ScriptError> {
    let record = entity.record();
    let spec = record.kind().spec();
    let absent =
        |field: &&Field| matches!(record.get(field.name), Ok(None | Some(Value::Null)));
    let missing = spec.fields.iter().filter(|field| field.required).find(absent);
    match missing {
        None => Ok(()),
        Some(field) => {
            let message = format!(
                "a new {} needs `{}`",
                super::value::called(record.kind()),
                field.name
            );
            Err(ScriptError::new(ErrorKind::Invalid, message).hint(field.doc))
        }
    }
}

/// Sends what was changed; each object with its id.
fn send(
    session: &Session,
    entities: &[Entity],
) -> Result<Vec<(Entity, Id)>, ScriptError> {
    let steps: Vec<Step> = entities.iter().map(Step::of).collect();
    let outcomes = session.submit(steps)?;
    let sent = entities.iter().zip(outcomes).map(|(entity, outcome)| {
        let id = id_after(entity, outcome)?;
        Ok((entity.clone(), id))
    });
    sent.collect()
}

/// Shows the objects as they are now.
fn tell(session: &Session, sent: &[(Entity, Id)]) -> Result<(), ScriptError> {
    if session.host().desk.collects(session) {
        return show(session, sent);
    }
    if sent.iter().any(|(entity, _)| entity.kind() == Kind::PropertyType) {
        session.forget();
    }
    note(sent);
    Ok(())
}

fn id_after(entity: &Entity, outcome: Outcome) -> Result<Id, ScriptError> {
    match outcome {
        Outcome::Created(id) => Ok(id),
        Outcome::Updated | Outcome::Deleted(_) | Outcome::Done | Outcome::Answered(_) => {
            entity.id()
        }
    }
}

/// Shows what was collected as it would be: nothing is asked for that.
fn show(session: &Session, collected: &[(Entity, Id)]) -> Result<(), ScriptError> {
    let desk = &session.host().desk;
    for (entity, id) in collected {
        let before = entity.record();
        desk.touch(entity, before.clone());
        let shown = match desk.is_new(session, id) {
            true => {
                session.records(std::slice::from_ref(id), &fetches::usual(id.kind()))?
            }
            false => Vec::new(),
        };
        let same = || {
            let values = before.iter().map(|(name, value)| (name, value.clone()));
            Record::told(before.kind(), Some(id.clone()), values.collect())
        };
        entity.refresh(shown.into_iter().next().flatten().unwrap_or_else(same), true);
    }
    Ok(())
}

/// Notes what was sent, by kind.
fn note(sent: &[(Entity, Id)]) {
    let mut kinds: BTreeMap<Kind, Vec<(&Entity, Id)>> = BTreeMap::new();
    for (entity, id) in sent {
        kinds.entry(id.kind()).or_default().push((entity, id.clone()));
    }
    for saved in kinds.values() {
        Entity::note_saved(saved);
    }
}
