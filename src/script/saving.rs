//! Sends what scripts changed, and reads it back.
use std::collections::BTreeMap;

use super::properties::{Props, type_kind};
use super::{Entity, ErrorKind, ScriptError, Session, Step, fetches, placing};
use crate::client::Outcome;
use crate::model::{Field, Id, Kind, Record, Value};

/// So many changes go in one call.
const BATCH: usize = 1000;

/// Saves objects, a call per thousand of a kind; how many were changed.
pub(super) fn save(entities: &[Entity]) -> Result<usize, ScriptError> {
    for entity in entities {
        prepare(entity)?;
    }
    let (changed, same): (Vec<&Entity>, Vec<&Entity>) = entities
        .iter()
        .partition(|entity| entity.with(|r| r.is_new() || r.has_changes()));
    for entity in same {
        entity.mark_unchanged();
    }
    for batch in changed.chunks(BATCH) {
        send(batch)?;
    }
    Ok(changed.len())
}

/// Checks a new object, and fills in what follows from the rest.
fn prepare(entity: &Entity) -> Result<(), ScriptError> {
    let new = entity.with(|record| record.is_new());
    if new {
        placing::complete(entity)?;
        check_required(entity)?;
    }
    let touched = new || entity.with(|record| record.edits().contains_key("properties"));
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

fn send(batch: &[&Entity]) -> Result<(), ScriptError> {
    let Some(first) = batch.first() else { return Ok(()) };
    let session = first.session();
    let steps = batch.iter().map(|entity| Step::of(entity));
    let outcomes = session.submit(steps.collect::<Result<_, _>>()?)?;
    let mut sent: Vec<(&Entity, Id)> = Vec::new();
    for (entity, outcome) in batch.iter().zip(outcomes) {
        sent.push((entity, id_after(entity, outcome)?));
    }
    if sent.iter().any(|(entity, _)| entity.kind() == Kind::PropertyType) {
        session.forget();
    }
    read_back(session, &sent)
}

fn id_after(entity: &Entity, outcome: Outcome) -> Result<Id, ScriptError> {
    match outcome {
        Outcome::Created(id) => Ok(id),
        Outcome::Updated | Outcome::Deleted(_) | Outcome::Done => entity.id(),
    }
}

/// Reads all that was sent in one call per kind.
fn read_back(session: &Session, sent: &[(&Entity, Id)]) -> Result<(), ScriptError> {
    let mut kinds: BTreeMap<Kind, Vec<&(&Entity, Id)>> = BTreeMap::new();
    for item in sent {
        kinds.entry(item.1.kind()).or_default().push(item);
    }
    for (kind, items) in kinds {
        let ids: Vec<Id> = items.iter().map(|(_, id)| id.clone()).collect();
        let fetch = match items.as_slice() {
            [(entity, _)] => fetches::again(&entity.record()),
            _ => fetches::usual(kind),
        };
        let found = session.records(&ids, &fetch)?;
        for ((entity, id), record) in items.into_iter().zip(found) {
            let gone = || Record::told(kind, Some(id.clone()), BTreeMap::new());
            entity.refresh(record.unwrap_or_else(gone), true);
        }
    }
    Ok(())
}
