//! Whether changes were made, seen from their objects: for calls that openBIS has forgotten.
use std::collections::{BTreeMap, BTreeSet};

use super::same::{same, same_text};
use super::{Present, after};
use crate::ledger::{Entry, touched};
use crate::model::{Change, Edit, Id, IdForm, Kind, Outcome, Record, Timestamp, Value};

/// The objects that tell whether changes were made, with the fields that matter.
pub fn wanted_to_settle(entries: &[Entry]) -> BTreeMap<Id, BTreeSet<&'static str>> {
    let mut wanted: BTreeMap<Id, BTreeSet<&'static str>> = BTreeMap::new();
    for entry in entries {
        if let Change::Create(record) = &entry.change {
            wanted.extend(place(record).map(|id| (id, BTreeSet::new())));
        }
        for (id, fields) in touched(&entry.change) {
            if !id.is_creation() && id.kind() != Kind::Deletion {
                wanted.entry(id).or_default().extend(fields);
            }
        }
    }
    wanted
}

/// Whether all of the changes, which go together, were made, or none; nothing where the
/// objects do not tell.
pub fn seen(entries: &[Entry], present: &Present, since: Timestamp) -> Option<bool> {
    let mut told = entries.iter().filter_map(|entry| seen_one(entry, present, since));
    let first = told.next()?;
    told.all(|one| one == first).then_some(first)
}

/// What became of a change that was made.
pub fn outcome(entry: &Entry, present: &Present) -> Option<Outcome> {
    match &entry.change {
        Change::Create(record) => {
            let found = present.records.get(&place(record)?)?;
            Some(Outcome::Created(found.id()?.clone()))
        }
        Change::Update { .. } => Some(Outcome::Updated),
        // Which deletion it was cannot be seen, nor what a method gave.
        Change::Delete { .. } | Change::Call(_) => None,
        Change::Archive { .. }
        | Change::Unarchive { .. }
        | Change::Lock { .. }
        | Change::Unlock { .. }
        | Change::Confirm { .. }
        | Change::Revert { .. } => Some(Outcome::Done),
    }
}

fn seen_one(entry: &Entry, present: &Present, since: Timestamp) -> Option<bool> {
    match &entry.change {
        Change::Create(record) => {
            let Some(found) = present.records.get(&place(record)?) else {
                return Some(false);
            };
            match found.get("registrationDate") {
                // The clocks may differ by some minutes.
                Ok(Some(Value::Time(made))) => {
                    (made.0 + SKEW_MILLIS >= since.0).then_some(true)
                }
                Ok(_) | Err(_) => None,
            }
        }
        Change::Update { id, edits } => {
            let now = present.records.get(id)?;
            edited(edits, entry.before.first(), now)
        }
        Change::Delete { ids, .. } => {
            let there = ids.iter().filter(|id| present.records.contains_key(*id)).count();
            match there {
                0 => Some(true),
                all if all == ids.len() => Some(false),
                _ => None,
            }
        }
        Change::Archive { .. }
        | Change::Unarchive { .. }
        | Change::Lock { .. }
        | Change::Unlock { .. }
        | Change::Confirm { .. }
        | Change::Revert { .. }
        | Change::Call(_) => None,
    }
}

const SKEW_MILLIS: i64 = 10 * 60 * 1000;

/// Whether all fields hold what they were to hold, or what they held before.
fn edited(
    edits: &BTreeMap<&'static str, Edit>,
    before: Option<&Record>,
    now: &Record,
) -> Option<bool> {
    let (mut done, mut undone) = (true, true);
    for (name, edit) in edits {
        let old = before?.get(name).ok().flatten()?;
        let new = after::after(edit, Some(old));
        let now = now.get(name).ok().flatten();
        done &= holds(edit, &new, now);
        undone &= holds(edit, old, now);
    }
    match (done, undone) {
        (true, false) => Some(true),
        // What changes nothing may be made again without harm.
        (_, true) => Some(false),
        (false, false) => None,
    }
}

fn holds(edit: &Edit, value: &Value, now: Option<&Value>) -> bool {
    let Edit::Properties(edits) = edit else { return same(Some(value), now) };
    let (shall, now) = (after::texts(Some(value)), after::texts(now));
    edits.keys().all(|key| match (shall.get(key), now.get(key)) {
        (Some(one), Some(other)) => same_text(one, other),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    })
}

/// The name of a new object by where it is to be; nothing where the server makes its code.
fn place(record: &Record) -> Option<Id> {
    let spec = record.kind().spec();
    let own = spec.ids.first()?;
    if let IdForm::Coded(_, field) = own {
        return Some(Id::told(record.kind(), *own, record.text(field)?));
    }
    let code = record.text("code")?;
    let holder =
        ["project", "space"].into_iter().find_map(|field| match record.get(field) {
            Ok(Some(Value::One(link))) => {
                Some(link.id.text().trim_start_matches('/').to_owned())
            }
            Ok(_) | Err(_) => None,
        });
    let path = match (record.kind(), holder) {
        (Kind::Sample | Kind::Project | Kind::Experiment, Some(holder)) => {
            format!("/{holder}/{code}")
        }
        (_, None | Some(_)) => return None,
    };
    Id::parse(record.kind(), &path).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(at: i64) -> Record {
        let told = [("registrationDate", Value::Time(Timestamp(at)))].into();
        let id = Id::parse(Kind::Sample, "20230926133701234-57").unwrap();
        Record::told(Kind::Sample, Some(id), told)
    }

    fn create() -> Entry {
        let mut record = Record::new(Kind::Sample);
        record.set("code", Value::Text("S1".into()), None).unwrap();
        let space = Id::parse(Kind::Space, "LAB").unwrap();
        let space = Value::One(crate::model::Link { id: space, record: None });
        record.set("space", space, None).unwrap();
        Entry { change: Change::Create(record), before: vec![], label: "/LAB/S1".into() }
    }

    fn update(before: &str) -> Entry {
        let id = Id::parse(Kind::Space, "LAB").unwrap();
        let edit = Edit::Set(Value::Text("new".into()));
        let told = [("description", Value::Text(before.into()))].into();
        Entry {
            change: Change::Update {
                id: id.clone(),
                edits: [("description", edit)].into(),
            },
            before: vec![Record::told(Kind::Space, Some(id), told)],
            label: "LAB".into(),
        }
    }

    fn space(description: &str) -> Present {
        let id = Id::parse(Kind::Space, "LAB").unwrap();
        let told = [("description", Value::Text(description.into()))].into();
        let record = Record::told(Kind::Space, Some(id.clone()), told);
        Present { records: [(id, record)].into(), ..Present::default() }
    }

    #[test]
    fn an_object_that_is_there_since_then_was_made() {
        let (entry, since) = (create(), Timestamp(10_000_000));
        let place = Id::parse(Kind::Sample, "/LAB/S1").unwrap();
        assert_eq!(wanted_to_settle(&[create()]).into_keys().next(), Some(place.clone()));
        assert_eq!(seen(&[create()], &Present::default(), since), Some(false));
        for (at, known) in [(10_000_001, Some(true)), (1, None)] {
            let records = [(place.clone(), sample(at))].into();
            let present = Present { records, ..Present::default() };
            assert_eq!(seen(std::slice::from_ref(&entry), &present, since), known);
        }
    }

    #[test]
    fn a_field_tells_whether_it_was_changed_unless_somebody_else_did() {
        let since = Timestamp(0);
        assert_eq!(seen(&[update("old")], &space("new"), since), Some(true));
        assert_eq!(seen(&[update("old")], &space("old"), since), Some(false));
        assert_eq!(seen(&[update("old")], &space("other"), since), None);
    }
}
