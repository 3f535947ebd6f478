//! What somebody else has changed since.
use std::collections::{BTreeMap, BTreeSet};

use super::same::{same, same_text};
use super::{Done, Present, after, contents, made, objects};
use crate::model::{Change, Edit, Id, Kind, Outcome, Record, Value};

/// Why an object is left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Conflict {
    pub(super) why: String,
    pub(super) can_be_forced: bool,
}

/// What an object shall hold if nobody else has touched it.
#[derive(Default)]
struct Expected {
    created: bool,
    fields: BTreeMap<&'static str, Field>,
}

struct Field {
    value: Value,
    /// The properties that matter; none: all.
    keys: Option<BTreeSet<String>>,
}

/// The objects of these changes that are to be left alone.
pub(super) fn find(done: &[Done], present: &Present) -> BTreeMap<Id, Conflict> {
    let ours: BTreeSet<&Id> = done.iter().flat_map(objects).collect();
    let mut gone = BTreeSet::new();
    let mut conflicts = BTreeMap::new();
    for one in done {
        deleted(one, present, &mut gone, &mut conflicts);
    }
    for (id, expected) in expected(done) {
        if gone.contains(&id) || conflicts.contains_key(&id) {
            continue;
        }
        let Some(record) = present.records.get(&id) else {
            conflicts.insert(id, fixed("it is gone"));
            continue;
        };
        if record.get("frozen") == Ok(Some(&Value::Flag(true))) {
            conflicts.insert(id, fixed("it is frozen"));
        } else if let Some(why) = expected.differs(record, &ours) {
            let why = format!("somebody has changed it since: {why}");
            conflicts.insert(id, Conflict { why, can_be_forced: true });
        }
    }
    conflicts
}

fn fixed(why: &str) -> Conflict {
    Conflict { why: why.to_owned(), can_be_forced: false }
}

/// Notes what a deletion has made of its objects.
fn deleted(
    done: &Done,
    present: &Present,
    gone: &mut BTreeSet<Id>,
    conflicts: &mut BTreeMap<Id, Conflict>,
) {
    let Change::Delete { ids, .. } = &done.entry.change else { return };
    gone.extend(ids.iter().cloned());
    let why = match &done.outcome {
        Outcome::Deleted(Some(deletion)) if !present.deletions.contains(deletion) => {
            "it is no longer in the trash"
        }
        Outcome::Deleted(None)
            if ids.iter().any(|id| present.records.contains_key(id)) =>
        {
            "it is there again"
        }
        Outcome::Deleted(_)
        | Outcome::Created(_)
        | Outcome::Updated
        | Outcome::Done
        | Outcome::Answered(_) => return,
    };
    conflicts.extend(ids.iter().map(|id| (id.clone(), fixed(why))));
}

fn expected(done: &[Done]) -> BTreeMap<Id, Expected> {
    let mut all: BTreeMap<Id, Expected> = BTreeMap::new();
    for Done { entry, outcome, .. } in done {
        match (&entry.change, made(outcome)) {
            (Change::Create(record), Some(id)) => {
                all.entry(id.clone()).or_default().create(record);
            }
            (Change::Update { id, edits }, _) => {
                let expected = all.entry(id.clone()).or_default();
                let before = entry.before.first();
                // What is only sent can be seen nowhere.
                let spec = id.kind().spec();
                let seen = |name| spec.field(name).is_some_and(|field| !field.sent_only);
                for (name, edit) in edits.iter().filter(|(name, _)| seen(name)) {
                    let old = before.and_then(|record| record.get(name).ok().flatten());
                    expected.edit(name, edit, old);
                }
            }
            (_, _) => {}
        }
    }
    all
}

impl Expected {
    fn create(&mut self, record: &Record) {
        self.created = true;
        let spec = record.kind().spec();
        for field in
            spec.fields.iter().filter(|field| field.on_create && !field.sent_only)
        {
            let value = record.get(field.name).ok().flatten().cloned();
            let edited = || Some(after::after(record.edits().get(field.name)?, None));
            let filled = |value: &Value| *value != Value::Null;
            if let Some(value) = value.filter(filled).or_else(edited) {
                self.fields.insert(field.name, Field { value, keys: None });
            }
        }
    }

    fn edit(&mut self, name: &'static str, edit: &Edit, old: Option<&Value>) {
        let known = self.fields.remove(name);
        let value = after::after(edit, known.as_ref().map(|field| &field.value).or(old));
        let of_all = known.as_ref().is_some_and(|field| field.keys.is_none());
        let keys = match edit {
            Edit::Properties(edits) if !of_all => {
                let mut keys: BTreeSet<String> = edits.keys().cloned().collect();
                keys.extend(known.and_then(|field| field.keys).unwrap_or_default());
                Some(keys)
            }
            Edit::Properties(_)
            | Edit::Set(_)
            | Edit::Links(_)
            | Edit::AddRemove { .. }
            | Edit::Parts { .. } => None,
        };
        self.fields.insert(name, Field { value, keys });
    }

    /// What of the object is otherwise than it shall be.
    fn differs(&self, record: &Record, ours: &BTreeSet<&Id>) -> Option<String> {
        if self.created && is_untouched(record) {
            return None;
        }
        let field = self.fields.iter().find_map(|(name, field)| {
            let now = record.get(name).ok().flatten();
            field.differs(name, now)
        });
        field.or_else(|| self.created.then(|| foreign(record, ours)).flatten())
    }
}

impl Field {
    fn differs(&self, name: &str, now: Option<&Value>) -> Option<String> {
        match &self.value {
            Value::Properties(_) | Value::Map(_) => {
                let (shall, now) = (after::texts(Some(&self.value)), after::texts(now));
                let all = || shall.keys().chain(now.keys()).cloned().collect();
                let keys: BTreeSet<String> = self.keys.clone().unwrap_or_else(all);
                let other =
                    keys.into_iter().find(|key| match (shall.get(key), now.get(key)) {
                        (Some(one), Some(other)) => !same_text(one, other),
                        (None, None) => false,
                        (Some(_), None) | (None, Some(_)) => true,
                    });
                other.map(|key| format!("{name}.{}", key.to_lowercase()))
            }
            Value::One(link) if link.id.form().class().is_empty() => None,
            value => (!same(Some(value), now)).then(|| name.to_owned()),
        }
    }
}

/// Whether nothing happened to an object since it was made.
fn is_untouched(record: &Record) -> bool {
    let date = |field: &str| record.get(field).ok().flatten();
    match (date("registrationDate"), date("modificationDate")) {
        (Some(made), Some(changed)) => made == changed,
        (_, _) => false,
    }
}

/// What others have put into an object that was made.
fn foreign(record: &Record, ours: &BTreeSet<&Id>) -> Option<String> {
    contents(record.kind()).iter().find_map(|field| {
        let Ok(Some(Value::Many(links))) = record.get(field) else { return None };
        let other = links.iter().find(|link| !ours.contains(&link.id))?;
        let kind: Kind = other.id.kind();
        Some(format!("{field}: {} `{}`", kind.spec().noun(), other.id))
    })
}
