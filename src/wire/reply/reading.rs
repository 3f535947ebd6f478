use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Untyped;
use crate::model::{Fetch, Id, IdForm, Kind, Link, Record, Value};

/// What has been read of one answer so far, by `@id`.
#[derive(Default)]
pub(in crate::wire) struct Reading {
    seen: RefCell<HashMap<i64, Object>>,
    /// Whether objects that are no records are kept as well.
    whole: bool,
    /// Whether no object becomes a record.
    pub(super) plain: bool,
    /// Records whose end was not read yet, the innermost last.
    open: RefCell<Vec<Open>>,
}

/// What an `@id` stands for.
#[derive(Clone)]
pub(in crate::wire) enum Object {
    Record(Arc<Record>),
    /// A record that refers to itself: as far as it was read then.
    Stub(Arc<Record>),
    Id(Id),
    /// An object that is no record.
    Other(Untyped),
}

struct Open {
    kind: Kind,
    number: Option<i64>,
    id: Option<Id>,
    values: BTreeMap<&'static str, Value>,
}

impl Reading {
    /// One of an answer of which everything is wanted; with `plain` nothing becomes a
    /// record.
    pub(super) fn whole(plain: bool) -> Self {
        Self { whole: true, plain, ..Self::default() }
    }

    /// Reads everything as it stands.
    pub(super) fn plain() -> Self {
        Self { plain: true, ..Self::default() }
    }

    /// Begins a record; gives its place among the open ones.
    pub(super) fn begin(&self, kind: Kind) -> usize {
        let mut open = self.open.borrow_mut();
        open.push(Open { kind, number: None, id: None, values: BTreeMap::new() });
        open.len() - 1
    }

    pub(super) fn number(&self, place: usize, number: i64) {
        self.open.borrow_mut()[place].number = Some(number);
    }

    pub(super) fn name(&self, place: usize, id: Id) {
        self.open.borrow_mut()[place].id = Some(id);
    }

    pub(super) fn put(&self, place: usize, field: &'static str, value: Value) {
        self.open.borrow_mut()[place].values.insert(field, value);
    }

    /// Ends the innermost record.
    pub(super) fn end(&self) -> Option<Arc<Record>> {
        let open = self.open.borrow_mut().pop()?;
        let number = open.number;
        let record = Arc::new(open.record());
        if let Some(number) = number {
            self.seen.borrow_mut().insert(number, Object::Record(Arc::clone(&record)));
        }
        Some(record)
    }

    /// Notes an id object, which may be referred to like any other.
    pub(super) fn note(&self, number: i64, id: Id) {
        self.seen.borrow_mut().insert(number, Object::Id(id));
    }

    /// Notes an object that is no record, where those are asked for.
    pub(super) fn note_other(&self, number: i64, object: &Untyped) {
        if self.whole {
            self.seen.borrow_mut().insert(number, Object::Other(object.clone()));
        }
    }

    /// What a back reference means.
    pub(in crate::wire) fn find(&self, number: i64) -> Option<Object> {
        if let Some(object) = self.seen.borrow().get(&number) {
            return Some(object.clone());
        }
        let open = self.open.borrow();
        let open = open.iter().find(|open| open.number == Some(number))?;
        let values = open.values.clone();
        let stub = Open { kind: open.kind, number: None, id: open.id.clone(), values };
        Some(Object::Stub(Arc::new(stub.record())))
    }
}

impl Open {
    fn record(self) -> Record {
        let id = self.id.or_else(|| named_by(self.kind, &self.values));
        Record::told(self.kind, id, self.values)
    }
}

/// The id of a kind whose objects carry no id object.
fn named_by(kind: Kind, values: &BTreeMap<&'static str, Value>) -> Option<Id> {
    let form = *kind.spec().ids.first()?;
    if let IdForm::GroupedTypeId(_) = form {
        let linked = |field| match values.get(field) {
            Some(Value::One(link)) => Some(link.id.text().to_owned()),
            _ => None,
        };
        let group = linked("typeGroup")?;
        return Some(Id::told(kind, form, linked("sampleType")?).within(group));
    }
    ["code", "fileName", "name"].iter().find_map(|field| {
        let Some(Value::Text(text)) = values.get(field) else { return None };
        Some(Id::told(kind, form, text.clone()))
    })
}

/// A reference to a record that came with the answer.
pub(super) fn link(record: Arc<Record>) -> Link {
    let id = record.id().cloned();
    let id = id.unwrap_or_else(|| Id::unnamed(record.kind()));
    Link { id, record: Some(record) }
}

/// The record with what was asked for here and is not there as nothing.
///
/// A record that is met again was read under the fetch options of its first place.
pub(super) fn completed(record: Arc<Record>, fetch: Option<&Fetch>) -> Arc<Record> {
    let Some(fetch) = fetch else { return record };
    let fetched = |name: &str| record.get(name).is_ok_and(|value| value.is_some());
    let missing: Vec<&'static str> =
        fetch.with.keys().copied().filter(|name| !fetched(name)).collect();
    if missing.is_empty() {
        return record;
    }
    let mut values: BTreeMap<_, _> =
        record.iter().map(|(name, value)| (name, value.clone())).collect();
    values.extend(missing.into_iter().map(|name| (name, Value::Null)));
    Arc::new(Record::told(record.kind(), record.id().cloned(), values))
}
