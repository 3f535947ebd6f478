//! What openBIS would hold if the changes that were asked for were made.
use std::collections::{BTreeMap, HashMap, HashSet};

use super::shown::shown;
use super::{Step, mirror, trash};
use crate::model::{Change, Edit, Id, IdForm, Kind, Link, Record, Timestamp, Value};

/// Changes that are not made, as seen by who reads.
#[derive(Clone, Default)]
pub(super) struct Overlay {
    /// New objects, as they would be read; none in the place of one that is gone again.
    created: Vec<Option<Record>>,
    by_id: HashMap<Id, usize>,
    /// By identifier or code.
    by_name: HashMap<(Kind, String), usize>,
    updated: HashMap<Id, BTreeMap<&'static str, Edit>>,
    /// Data sets with the state that they would be in.
    states: HashMap<Id, &'static str>,
    gone: HashSet<Id>,
    /// What planned deletions hold: the objects, and what was new among them.
    trashed: HashMap<Id, Vec<(Id, Option<Record>)>>,
    /// What openBIS says of objects that changes lead to.
    peers: HashMap<Id, Option<Record>>,
}

/// What an overlay knows of an object that is asked for.
pub(super) enum Known<'o> {
    New(&'o Record),
    Gone,
    /// The server has it.
    Old,
}

impl Overlay {
    pub(super) fn is_empty(&self) -> bool {
        self.created.is_empty()
            && self.updated.is_empty()
            && self.gone.is_empty()
            && self.states.is_empty()
    }

    /// Takes a change as made; a creation under this name.
    pub(super) fn note(&mut self, step: &Step, name: Option<&Id>, now: Timestamp) {
        match &step.change {
            Change::Create(record) => {
                if let Some(id) = name {
                    let record = shown(record, id, now, self);
                    self.create(record, id);
                }
            }
            Change::Update { id, edits } => self.update(id, edits),
            Change::Delete { ids, .. } => ids.iter().for_each(|id| self.delete(id)),
            Change::Archive { ids, .. } => self.state(ids, "ARCHIVED"),
            Change::Unarchive { ids } | Change::Unlock { ids } => {
                self.state(ids, "AVAILABLE");
            }
            Change::Lock { ids } => self.state(ids, "LOCKED"),
            Change::Confirm { ids } => ids.iter().for_each(|id| self.delete(id)),
            Change::Revert { ids } => ids.iter().for_each(|id| self.revert(id)),
            Change::Call(_) => {}
        }
        for (id, edits) in mirror::mirrored(step, name) {
            self.update(&id, &edits);
        }
    }

    fn create(&mut self, record: Record, id: &Id) {
        let place = self.created.len();
        self.gone.remove(id);
        self.by_id.insert(id.clone(), place);
        for field in ["identifier", "code", "userId", "name"] {
            if let Some(text) = record.text(field) {
                let name = (record.kind(), text.to_uppercase());
                self.by_name.insert(name, place);
            }
        }
        self.created.push(Some(record));
    }

    fn update(&mut self, id: &Id, edits: &BTreeMap<&'static str, Edit>) {
        match self.place(id).and_then(|place| self.created[place].as_mut()) {
            Some(record) => record.apply(edits),
            None => Edit::join(self.updated.entry(id.clone()).or_default(), edits),
        }
    }

    fn delete(&mut self, id: &Id) {
        match self.place(id) {
            Some(place) => self.created[place] = None,
            None => drop(self.gone.insert(id.clone())),
        }
    }

    /// Takes what a step has deleted as put into the trash, under this name.
    pub(super) fn trash(&mut self, step: &Step, id: &Id, now: Timestamp) {
        let Change::Delete { ids, .. } = &step.change else { return };
        let old = ids.iter().map(|id| (id.clone(), None)).collect();
        self.trashed.insert(id.clone(), old);
        if let Some(deletion) = trash::deletion(step, id, now) {
            self.create(deletion, id);
        }
    }

    /// Takes objects out of the trash again.
    fn revert(&mut self, deletion: &Id) {
        for (id, _) in self.trashed.remove(deletion).unwrap_or_default() {
            self.gone.remove(&id);
        }
        self.delete(deletion);
    }

    /// Notes what openBIS says of an object.
    pub(super) fn meet(&mut self, id: Id, record: Option<Record>) {
        self.peers.insert(id, record);
    }

    pub(super) fn has_met(&self, id: &Id) -> bool {
        self.peers.contains_key(id)
    }

    pub(super) fn peer(&self, id: &Id) -> Option<&Record> {
        self.peers.get(id)?.as_ref()
    }

    fn state(&mut self, ids: &[Id], state: &'static str) {
        self.states.extend(ids.iter().map(|id| (id.clone(), state)));
    }

    fn place(&self, id: &Id) -> Option<usize> {
        let found = self.by_id.get(id).copied();
        found.or_else(|| {
            let named = match id.form() {
                IdForm::Identifier(_) | IdForm::Coded(..) | IdForm::TypePermId(_) => true,
                form => matches!(form, IdForm::Code(_)) && !id.is_creation(),
            };
            let name = named.then(|| (id.kind(), id.text().to_uppercase()))?;
            self.by_name.get(&name).copied()
        })
    }

    pub(super) fn known(&self, id: &Id) -> Known<'_> {
        match self.place(id) {
            Some(place) => match &self.created[place] {
                Some(record) => Known::New(record),
                None => Known::Gone,
            },
            None if self.gone.contains(id) => Known::Gone,
            None => Known::Old,
        }
    }

    /// The record of the server as it would be; none where it would be gone.
    pub(super) fn over(&self, mut record: Record) -> Option<Record> {
        let Some(id) = record.id().cloned() else { return Some(record) };
        if self.gone.contains(&id) {
            return None;
        }
        for name in names(&record) {
            if let Some(edits) = self.updated.get(&name) {
                record.apply(edits);
            }
        }
        self.clear_gone(&mut record);
        if let Some(state) = self.states.get(&id) {
            put_state(&mut record, state);
        }
        Some(record)
    }

    /// Whether something of the record would be changed.
    pub(super) fn edits(&self, record: &Record) -> bool {
        names(record).iter().any(|id| self.updated.contains_key(id))
    }

    /// Takes links away that lead to what would be gone.
    fn clear_gone(&self, record: &mut Record) {
        if self.gone.is_empty() {
            return;
        }
        let is_gone = |link: &Link| {
            let fetched = link.record.as_deref().and_then(Record::id);
            self.gone.contains(&link.id)
                || fetched.is_some_and(|id| self.gone.contains(id))
        };
        let fewer: Vec<(&'static str, Value)> = record
            .iter()
            .filter_map(|(name, value)| match value {
                Value::Many(links) if links.iter().any(is_gone) => {
                    let kept = links.iter().filter(|link| !is_gone(link));
                    Some((name, Value::Many(kept.cloned().collect())))
                }
                _ => None,
            })
            .collect();
        for (name, value) in fewer {
            let _ = record.set(name, value, None);
        }
    }

    /// The assignments of properties that a type would have beside those that it has.
    pub(super) fn new_assignments(&self, id: &Id) -> Vec<Record> {
        let field = "propertyAssignments";
        if let Known::New(record) = self.known(id) {
            return crate::script::type_sheet::linked(record, field).cloned().collect();
        }
        match self.updated.get(id).and_then(|edits| edits.get(field)) {
            Some(Edit::Parts { add, .. }) => add.clone(),
            Some(_) | None => Vec::new(),
        }
    }

    /// The new objects of a kind.
    pub(super) fn created(&self, kind: Kind) -> impl Iterator<Item = &Record> {
        self.created.iter().flatten().filter(move |record| record.kind() == kind)
    }

    /// The fields that would be changed of objects of a kind, and of which objects.
    pub(super) fn updated(
        &self,
        kind: Kind,
    ) -> impl Iterator<Item = (&Id, &BTreeMap<&'static str, Edit>)> {
        self.updated.iter().filter(move |(id, _)| id.kind() == kind)
    }

    /// Whether objects of a kind would be gone.
    pub(super) fn deletes(&self, kind: Kind) -> bool {
        self.gone.iter().any(|id| id.kind() == kind)
    }
}

/// The ids by which changes may know an object.
fn names(record: &Record) -> Vec<Id> {
    let kind = record.kind();
    let path = record.text("identifier").and_then(|text| Id::parse(kind, text).ok());
    let mut all: Vec<Id> = record.id().cloned().into_iter().chain(path).collect();
    all.dedup();
    all
}

fn put_state(record: &mut Record, state: &'static str) {
    let Ok(Some(Value::One(link))) = record.get("physicalData") else { return };
    let Some(part) = &link.record else { return };
    let mut part = Record::clone(part);
    let _ = part.set("status", Value::Text(state.to_owned()), None);
    if state == "ARCHIVED" {
        let _ = part.set("presentInArchive", Value::Flag(true), None);
    }
    let _ = record.set("physicalData", Value::One(Link::part(part)), None);
}
