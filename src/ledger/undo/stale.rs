//! What is no longer as it was when a plan was made.
use std::collections::{BTreeMap, BTreeSet};

use super::same::same;
use super::{Left, Present};
use crate::ledger::Plan;
use crate::model::{Id, Record, Value};

/// The objects that a plan touches, with the fields in which they were seen.
pub fn wanted_for(plan: &Plan) -> BTreeMap<Id, BTreeSet<&'static str>> {
    let fields = |record: &Record| record.iter().map(|(name, _)| name).collect();
    first_seen(plan).map(|(id, record, _)| (id.clone(), fields(record))).collect()
}

/// The objects that were changed since the plan was made, or are gone.
pub fn stale(plan: &Plan, present: &Present) -> Vec<Left> {
    let changed = first_seen(plan).filter_map(|(id, before, label)| {
        let why = match present.records.get(id) {
            None => "it is gone".to_owned(),
            Some(now) => changed(before, now)?,
        };
        Some(Left { label: label.to_owned(), why, foreign: true })
    });
    changed.collect()
}

/// Each object as the plan saw it first: what comes later is seen with what the plan does
/// before.
fn first_seen(plan: &Plan) -> impl Iterator<Item = (&Id, &Record, &str)> {
    let mut seen = BTreeSet::new();
    let entries = plan.calls.iter().flatten();
    let objects = entries.flat_map(|entry| {
        entry
            .before
            .iter()
            .filter_map(|record| Some((record.id()?, record, &*entry.label)))
    });
    objects.filter(move |(id, ..)| !id.is_creation() && seen.insert((*id).clone()))
}

fn changed(before: &Record, now: &Record) -> Option<String> {
    let value = |record: &Record, name: &str| record.get(name).ok().flatten().cloned();
    let other = before.iter().find(|(name, old)| {
        !matches!(old, Value::Bytes(_)) && !same(Some(old), value(now, name).as_ref())
    })?;
    Some(match other.0 {
        "modificationDate" => "it was changed since".to_owned(),
        name => format!("its {name} was changed since"),
    })
}
