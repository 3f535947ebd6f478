//! What planned changes meet, where the script has not looked at it.
use std::collections::BTreeMap;

use super::{Desk, Step};
use crate::model::{Change, Fetch, Id, Kind, Record};
use crate::script::{ScriptError, Session, fetches};

impl Desk {
    /// Asks for what the edited fields hold, where nobody knows it yet.
    pub(super) fn complete(
        &self,
        session: &Session,
        steps: &mut [Step],
    ) -> Result<(), ScriptError> {
        let mut kinds: BTreeMap<Kind, (Vec<(usize, Id)>, Fetch)> = BTreeMap::new();
        for (place, step) in steps.iter().enumerate() {
            let Change::Update { id, edits } = &step.change else { continue };
            let spec = id.kind().spec();
            let missing = edits.keys().filter(|name| !step.before.contains_key(*name));
            let fields: Vec<_> = missing
                .filter_map(|name| spec.field(name))
                .filter(|field| !field.sent_only && field.name != "attachments")
                .collect();
            if fields.is_empty() {
                continue;
            }
            let kind = id.kind();
            let row =
                kinds.entry(kind).or_insert_with(|| (Vec::new(), Fetch::plain(kind)));
            row.0.push((place, id.clone()));
            for field in fields.into_iter().filter(|field| field.asked) {
                fetches::include(&mut row.1, field);
            }
        }
        for (places, fetch) in kinds.into_values() {
            let ids: Vec<Id> = places.iter().map(|(_, id)| id.clone()).collect();
            let found = self.records(session, &ids, &fetch)?;
            let found = places.into_iter().zip(found);
            for ((place, _), record) in found.filter_map(|(at, r)| Some((at, r?))) {
                learn(&mut steps[place], &record);
            }
        }
        Ok(())
    }
}

/// Notes what the fields held that a step edits.
fn learn(step: &mut Step, record: &Record) {
    let Change::Update { edits, .. } = &step.change else { return };
    for name in edits.keys() {
        if let Ok(Some(value)) = record.get(name) {
            step.before.entry(*name).or_insert_with(|| value.clone());
        }
    }
}
