use std::sync::{Arc, Mutex, MutexGuard, Weak};

use super::session::lock;
use super::{ErrorKind, ScriptError, Session, fetches};
use crate::model::{Edit, Field, FieldType, Id, Kind, Link, Record, Value};

/// An openBIS object as scripts hold it: copies of the value are the same object.
#[derive(Clone)]
pub struct Entity {
    session: Session,
    state: Arc<Mutex<State>>,
    /// What came with the same page: what one of them lacks is asked for all at once.
    mates: Arc<[Weak<Mutex<State>>]>,
}

struct State {
    record: Record,
    /// Whether the last `save()` sent something.
    changed: bool,
    /// Whether the script marked it as one to be deleted.
    marked: bool,
    /// The name that a transaction gave it before it is saved.
    expected: Option<Id>,
    /// What `ensure_…` did with it.
    ensured: Option<&'static str>,
    /// The objects that were saved with it, until somebody looks at it: then all of them
    /// are asked for at once.
    stale: Option<Arc<[Weak<Mutex<State>>]>>,
}

impl Entity {
    pub(super) fn new(session: &Session, record: Record) -> Self {
        let state = Arc::new(Mutex::new(State {
            record,
            changed: false,
            marked: false,
            expected: None,
            ensured: None,
            stale: None,
        }));
        Self { session: session.clone(), state, mates: Arc::new([]) }
    }

    /// The objects of one page.
    pub(super) fn page(session: &Session, records: Vec<Record>) -> Vec<Self> {
        let mut page: Vec<Self> =
            records.into_iter().map(|record| Self::new(session, record)).collect();
        let mates: Arc<[_]> =
            page.iter().map(|entity| Arc::downgrade(&entity.state)).collect();
        for entity in &mut page {
            entity.mates = Arc::clone(&mates);
        }
        page
    }

    /// The object that a link leads to, as far as it was fetched.
    pub(super) fn linked(session: &Session, link: &Link) -> Self {
        let record = match &link.record {
            Some(record) => Record::clone(record),
            None => {
                Record::told(link.id.kind(), Some(link.id.clone()), Default::default())
            }
        };
        Self::new(session, record)
    }

    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    pub(super) fn kind(&self) -> Kind {
        self.lock().record.kind()
    }

    /// A copy of the record as it is now.
    pub(super) fn record(&self) -> Record {
        self.look();
        self.lock().record.clone()
    }

    /// Does something with the record; not to be nested.
    pub(super) fn with<T>(&self, act: impl FnOnce(&mut Record) -> T) -> T {
        self.look();
        act(&mut self.lock().record)
    }

    /// Whether something of it is to be saved.
    pub(super) fn has_changes(&self) -> bool {
        self.lock().record.has_changes()
    }

    /// Notes that these were saved; how they are now is asked when it is looked at.
    pub(super) fn note_saved(saved: &[(&Self, Id)]) {
        let batch: Arc<[_]> =
            saved.iter().map(|(entity, _)| Arc::downgrade(&entity.state)).collect();
        for (entity, id) in saved {
            let record = entity.lock().record.clone();
            let values = record.iter().map(|(name, value)| (name, value.clone()));
            let told = Record::told(record.kind(), Some(id.clone()), values.collect());
            entity.refresh(told, true);
            entity.lock().stale = Some(Arc::clone(&batch));
        }
    }

    /// Reads what was saved and not looked at since, where that can be done.
    fn look(&self) {
        // What cannot be read now is tried again where a value is wanted.
        let _ = self.freshen();
    }

    fn freshen(&self) -> Result<(), ScriptError> {
        let Some(batch) = self.lock().stale.clone() else { return Ok(()) };
        let states = batch.iter().filter_map(Weak::upgrade);
        let states: Vec<_> = states.filter(|state| lock(state).stale.is_some()).collect();
        let records: Vec<Record> =
            states.iter().map(|state| lock(state).record.clone()).collect();
        let fetch = match records.as_slice() {
            [only] => fetches::again(only),
            _ => fetches::usual(self.kind()),
        };
        let ids: Vec<Id> = records.iter().filter_map(|r| r.id().cloned()).collect();
        let found = self.session.records(&ids, &fetch)?;
        for (state, record) in states.iter().zip(found) {
            let mut state = lock(state);
            state.stale = None;
            if let Some(record) = record {
                state.record = record;
            }
        }
        Ok(())
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.state, &other.state)
    }

    pub(super) fn changed(&self) -> bool {
        self.lock().changed
    }

    /// Takes what the server told after a save.
    pub(super) fn refresh(&self, record: Record, changed: bool) {
        let mut state = self.lock();
        let ensured = state.ensured;
        *state = State {
            record,
            changed,
            marked: false,
            expected: None,
            ensured,
            stale: None,
        };
    }

    /// Takes back what was shown of a transaction that has failed.
    pub(super) fn restore(&self, record: Record) {
        let mut state = self.lock();
        state.record = record;
        state.changed = false;
    }

    /// What `ensure_…` did with it: `created`, `updated`, `unchanged`.
    pub(super) fn ensured(&self) -> Option<&'static str> {
        self.lock().ensured
    }

    pub(super) fn note_ensured(&self, what: &'static str) {
        self.lock().ensured = Some(what);
    }

    /// Whether it was never saved.
    pub(super) fn is_unsaved(&self) -> bool {
        self.lock().record.id().is_none()
    }

    /// The name that it has in a transaction before it is saved.
    pub(super) fn expected(&self) -> Option<Id> {
        self.lock().expected.clone()
    }

    pub(super) fn expect(&self, name: Id) {
        self.lock().expected = Some(name);
    }

    pub(super) fn mark(&self, marked: bool) {
        self.lock().marked = marked;
    }

    pub(super) fn is_marked(&self) -> bool {
        self.lock().marked
    }

    pub(super) fn mark_unchanged(&self) {
        self.lock().changed = false;
    }

    /// How people know it.
    pub(super) fn label(&self) -> String {
        let record = self.record();
        if record.kind() == Kind::PersonalAccessToken {
            // Its id is a secret.
            let name = record.text("sessionName");
            return name.unwrap_or("a personal access token").to_owned();
        }
        match record.id() {
            Some(id)
                if record.text("code").is_none() && record.text("permId").is_none() =>
            {
                id.text().to_owned()
            }
            _ => record.label(),
        }
    }

    /// The id that lasts.
    pub(super) fn id(&self) -> Result<Id, ScriptError> {
        let state = self.lock();
        let id = state.record.id().or(state.expected.as_ref());
        id.cloned().ok_or_else(|| {
            let noun = super::value::called(state.record.kind());
            let message = format!("this {noun} is not saved yet");
            ScriptError::new(ErrorKind::Invalid, message).hint("call `save()` first")
        })
    }

    /// Its id, where an object of this kind is expected.
    pub(super) fn id_as(&self, kind: Kind) -> Result<Id, ScriptError> {
        if self.kind() == kind {
            return self.id();
        }
        let message = format!(
            "{} `{}` where a {} is expected",
            super::value::called(self.kind()),
            self.label(),
            super::value::called(kind)
        );
        Err(ScriptError::invalid(message))
    }

    /// A field's value; asked of the server in one call when it was not fetched, a relation
    /// together with those of the page.
    pub(super) fn value(
        &self,
        field: &'static str,
    ) -> Result<Option<Value>, ScriptError> {
        self.freshen()?;
        {
            let state = self.lock();
            if let Some(value) = state.record.get(field)? {
                return Ok(Some(value.clone()));
            }
            if state.record.id().is_none() {
                return Ok(None);
            }
        }
        self.fetch(field)?;
        Ok(self.lock().record.get(field)?.cloned())
    }

    /// Asks for a field that is not at hand, and for the plain ones with it.
    fn fetch(&self, field: &'static str) -> Result<(), ScriptError> {
        let (id, kind) = (self.id()?, self.kind());
        let Some(known) = kind.spec().field(field) else { return Ok(()) };
        let fetch =
            if known.asked { fetches::only(kind, field) } else { fetches::usual(kind) };
        let mates = if is_relation(known) { self.lacking(field) } else { Vec::new() };
        let ids = std::iter::once(id).chain(mates.iter().map(|mate| mate.1.clone()));
        let found = self.session.records(&ids.collect::<Vec<Id>>(), &fetch)?;
        let mut found = found.into_iter();
        let Some(own) = found.next().flatten() else {
            return Err(self.session.missing(kind, &self.label()));
        };
        self.adopt(&own)?;
        let pairs = mates.iter().zip(found);
        pairs
            .filter_map(|((mate, _), found)| Some((mate, found?)))
            .try_for_each(|(mate, found)| mate.adopt(&found))
    }

    /// The others of the page that are still held and lack the field.
    fn lacking(&self, field: &str) -> Vec<(Self, Id)> {
        let others = self.mates.iter().filter_map(Weak::upgrade);
        let others = others.filter(|state| !Arc::ptr_eq(state, &self.state));
        let lacking = others.filter_map(|state| {
            let id = {
                let held = lock(&state);
                let lacks = held.record.get(field) == Ok(None);
                held.record.id().filter(|_| lacks).cloned()?
            };
            Some((Self { state, ..self.clone() }, id))
        });
        lacking.collect()
    }

    /// Takes values that were not at hand; changes of ours stay on top.
    fn adopt(&self, found: &Record) -> Result<(), ScriptError> {
        let mut state = self.lock();
        for (name, value) in found.iter() {
            if state.record.get(name)?.is_some() {
                continue;
            }
            let mut now = value.clone();
            if let Some(edit) = state.record.edits().get(name) {
                overlay(&mut now, edit);
            }
            state.record.learn(name, now, value.clone())?;
        }
        Ok(())
    }

    /// Asks for everything anew that was known or is usual, dropping changes.
    pub(super) fn reload(&self) -> Result<Record, ScriptError> {
        let record = self.record();
        let id = self.id()?;
        let fetch = fetches::again(&record);
        let found = self.session.records(std::slice::from_ref(&id), &fetch)?;
        let found = found.into_iter().next().flatten();
        found.ok_or_else(|| self.session.missing(record.kind(), id.text()))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

/// What is to come and go, shown in what is there.
fn overlay(value: &mut Value, edit: &Edit) {
    if let (Value::Many(links), Edit::AddRemove { add, remove }) = (value, edit) {
        links.retain(|link| !remove.contains(link));
        let fresh: Vec<Link> =
            add.iter().filter(|link| !links.contains(link)).cloned().collect();
        links.extend(fresh);
    }
}

/// Whether the field leads to other objects.
fn is_relation(field: &Field) -> bool {
    matches!(field.ty, FieldType::One(_) | FieldType::Many(_))
}
