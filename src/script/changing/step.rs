use std::collections::BTreeMap;

use super::place;
use crate::model::{Called, Change, Edit, Id, Kind, Record, Timestamp, Value};
use crate::script::{Entity, value};

/// A change on its way, with what is known of the objects before it.
#[derive(Clone, Debug)]
pub struct Step {
    pub change: Change,
    /// How people know the objects, one for each.
    pub labels: Vec<String>,
    /// What the edited fields held, as far as it is known.
    pub before: BTreeMap<&'static str, Value>,
    /// When the object was last changed, as far as it is known.
    pub modified: Option<Timestamp>,
    /// The space that the objects lie in, where it is known and there is but one.
    pub space: Option<String>,
}

impl Step {
    /// Objects that are known by nothing but their names.
    pub(in crate::script) fn of_ids(change: Change, ids: &[Id]) -> Self {
        let labels = ids.iter().map(ToString::to_string).collect();
        let spaces = ids.iter().map(place::named);
        let space = only(spaces);
        Self { change, labels, before: BTreeMap::new(), modified: None, space }
    }

    /// What is called by its name.
    pub(in crate::script) fn of_call(called: Called) -> Self {
        let labels = called.labels();
        let (before, modified, space) = Default::default();
        Self { change: Change::Call(called), labels, before, modified, space }
    }

    /// Several objects that are at hand.
    pub(in crate::script) fn of_entities(change: Change, entities: &[Entity]) -> Self {
        let labels = entities.iter().map(Entity::label).collect();
        let spaces = entities.iter().map(|one| one.with(|r| place::space_of(r)));
        let space = only(spaces);
        Self { change, labels, before: BTreeMap::new(), modified: None, space }
    }

    /// What was changed of an object, or its creation.
    pub(in crate::script) fn of(entity: &Entity) -> Self {
        let record = entity.record();
        let edits = record.edits().clone();
        let known = |name: &&'static str| Some((*name, record.before(name)?.clone()));
        let before = edits.keys().filter_map(known).collect();
        let (labels, modified) = (vec![entity.label()], modified(&record));
        let space = place::space_of(&record);
        let change = match (record.id(), entity.expected()) {
            (Some(id), _) => Change::Update { id: id.clone(), edits },
            (None, Some(id)) => Change::Create(record.named(id)),
            (None, None) => Change::Create(record),
        };
        Self { change, labels, before, modified, space }
    }

    pub(super) fn kind(&self) -> Option<Kind> {
        self.change.kind()
    }

    /// How many objects it touches.
    pub(super) fn objects(&self) -> u64 {
        self.labels.len() as u64
    }

    /// Whether something is gone afterwards.
    pub(super) fn is_deletion(&self) -> bool {
        match &self.change {
            Change::Delete { .. } | Change::Confirm { .. } => true,
            Change::Call(called) => called.is_deletion(),
            _ => false,
        }
    }

    /// The objects with what they are: sample `/LAB/S1`.
    pub(super) fn each_named(&self) -> impl Iterator<Item = String> + '_ {
        let noun = self.kind().map_or_else(|| "object".to_owned(), value::called);
        let method = match &self.change {
            Change::Call(called) => Some(called.method.as_str()),
            _ => None,
        };
        self.labels.iter().map(move |label| match method {
            Some(method) if method == label => format!("`{method}`"),
            Some(_) | None => format!("{noun} `{label}`"),
        })
    }

    /// The object, or the first of them.
    pub(super) fn named(&self) -> String {
        let first = self.each_named().next().unwrap_or_else(|| "nothing".to_owned());
        match self.labels.len() {
            0 | 1 => first,
            more => format!("{first} and {} more", more - 1),
        }
    }

    /// The values of properties that it writes.
    pub(super) fn properties(&self) -> BTreeMap<&str, &str> {
        match &self.change {
            Change::Create(record) => match record.get("properties") {
                Ok(Some(Value::Properties(all))) => all
                    .iter()
                    .map(|(code, text)| (code.as_str(), text.as_str()))
                    .collect(),
                Ok(_) | Err(_) => BTreeMap::new(),
            },
            Change::Update { edits, .. } => match edits.get("properties") {
                Some(Edit::Properties(all)) => all
                    .iter()
                    .filter_map(|(code, text)| Some((code.as_str(), text.as_deref()?)))
                    .collect(),
                Some(_) | None => BTreeMap::new(),
            },
            Change::Delete { .. }
            | Change::Archive { .. }
            | Change::Unarchive { .. }
            | Change::Lock { .. }
            | Change::Unlock { .. }
            | Change::Confirm { .. }
            | Change::Revert { .. }
            | Change::Call(_) => BTreeMap::new(),
        }
    }
}

fn modified(record: &Record) -> Option<Timestamp> {
    match record.get("modificationDate") {
        Ok(Some(Value::Time(time))) => Some(*time),
        Ok(_) | Err(_) => None,
    }
}

/// The one that all of them are.
fn only(mut all: impl Iterator<Item = Option<String>>) -> Option<String> {
    let first = all.next()??;
    all.all(|one| one.as_ref() == Some(&first)).then_some(first)
}
