//! Samples into a collection and out of it.
use rhai::{Array, Dynamic};

use super::{
    Entity, Results, ScriptError, Session, attributes, fetches, saving, session,
};
use crate::model::{Id, Kind, Value};

/// Puts samples into the collection by one update.
pub(super) fn add(collection: &Entity, given: &[Dynamic]) -> Result<(), ScriptError> {
    collection.id_as(Kind::Experiment)?;
    let samples = samples(collection.session(), given)?;
    let here = Dynamic::from(collection.clone());
    for sample in &samples {
        attributes::set(sample, "experiment", &here)?;
    }
    saving::save(&samples).map(drop)
}

/// Takes samples out of the collection by one update; those in another one stay there.
pub(super) fn remove(collection: &Entity, given: &[Dynamic]) -> Result<(), ScriptError> {
    let here = collection.id_as(Kind::Experiment)?;
    let mut samples = samples(collection.session(), given)?;
    let mut inside = Vec::new();
    for sample in samples.drain(..) {
        if lies_in(&sample, collection, &here)? {
            attributes::set(&sample, "experiment", &Dynamic::UNIT)?;
            inside.push(sample);
        }
    }
    saving::save(&inside).map(drop)
}

fn lies_in(sample: &Entity, collection: &Entity, id: &Id) -> Result<bool, ScriptError> {
    let Some(Value::One(link)) = sample.value("experiment")? else { return Ok(false) };
    let own = link.record.as_ref().and_then(|record| record.text("identifier"));
    Ok(link.id == *id || own.unwrap_or(link.id.text()) == collection.label())
}

/// The samples meant: objects as they are, names by one call.
fn samples(session: &Session, given: &[Dynamic]) -> Result<Vec<Entity>, ScriptError> {
    let (mut samples, mut named) = (Vec::new(), Vec::new());
    for item in given {
        sort(item, &mut samples, &mut named)?;
    }
    let found = session.get_many(&named, &fetches::usual(Kind::Sample))?;
    for (entity, id) in found.into_iter().zip(&named) {
        samples.push(entity.ok_or_else(|| session.missing(Kind::Sample, id.text()))?);
    }
    Ok(samples)
}

fn sort(
    item: &Dynamic,
    samples: &mut Vec<Entity>,
    named: &mut Vec<Id>,
) -> Result<(), ScriptError> {
    if let Some(items) = item.read_lock::<Array>() {
        return items.iter().try_for_each(|item| sort(item, samples, named));
    }
    if let Some(results) = item.read_lock::<Results>() {
        let items = results.to_vec()?.into_iter().map(Dynamic::from);
        return items.into_iter().try_for_each(|item| sort(&item, samples, named));
    }
    if let Some(entity) = item.read_lock::<Entity>() {
        if entity.kind() != Kind::Sample {
            entity.id_as(Kind::Sample)?;
        }
        samples.push(entity.clone());
        return Ok(());
    }
    named.push(session::id_of(Kind::Sample, item)?);
    Ok(())
}
