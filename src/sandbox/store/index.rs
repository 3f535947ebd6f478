//! Ways to find objects without looking at all of them.
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::column::Column;
use super::{Number, Object, Slot};
use crate::model::{Kind, several};

/// The text fields that are looked up by their whole value.
const TEXTS: &[&str] =
    &["code", "permId", "userId", "name", "fileName", "status", "location"];

/// Numbers by kind, by text, by the value of a property and by what objects lead to.
#[derive(Debug, Default)]
pub(super) struct Index {
    kinds: HashMap<Kind, BTreeSet<Number>>,
    texts: HashMap<Kind, ByField<String>>,
    /// By the hash of property and value, which is smaller than these.
    values: BTreeSet<(u64, Number)>,
    links: HashMap<Kind, ByField<Number>>,
    /// By the code of the property.
    columns: HashMap<String, Column>,
    codes: HashMap<Kind, Column>,
}

type ByField<Key> = HashMap<&'static str, HashMap<Key, BTreeSet<Number>>>;

impl Index {
    pub(super) fn kind(&self, kind: Kind) -> impl Iterator<Item = Number> {
        self.kinds.get(&kind).into_iter().flatten().copied()
    }

    pub(super) fn count(&self, kind: Kind) -> usize {
        self.kinds.get(&kind).map_or(0, BTreeSet::len)
    }

    pub(super) fn text(
        &self,
        kind: Kind,
        field: &str,
        text: &str,
    ) -> impl Iterator<Item = Number> {
        let texts = self.texts.get(&kind).and_then(|fields| fields.get(field));
        let found = texts.and_then(|texts| texts.get(text));
        found.into_iter().flatten().copied()
    }

    /// All that have this value of a property, and maybe others.
    pub(super) fn value(&self, code: &str, value: &str) -> impl Iterator<Item = Number> {
        let hash = hash(code, value);
        let range = (hash, Number(0))..=(hash, Number(u64::MAX));
        self.values.range(range).map(|&(_, number)| number)
    }

    pub(super) fn column(
        &self,
        code: &str,
    ) -> impl Iterator<Item = (Number, Option<&str>)> {
        self.columns.get(code).into_iter().flat_map(Column::rows)
    }

    pub(super) fn codes(
        &self,
        kind: Kind,
    ) -> impl Iterator<Item = (Number, Option<&str>)> {
        self.codes.get(&kind).into_iter().flat_map(Column::rows)
    }

    pub(super) fn linked(&self, kind: Kind, field: &str) -> impl Iterator<Item = Number> {
        let links = self.links.get(&kind).and_then(|fields| fields.get(field));
        links.into_iter().flat_map(HashMap::values).flatten().copied()
    }

    pub(super) fn link(
        &self,
        kind: Kind,
        field: &str,
        target: Number,
    ) -> impl Iterator<Item = Number> {
        let links = self.links.get(&kind).and_then(|fields| fields.get(field));
        let found = links.and_then(|links| links.get(&target));
        found.into_iter().flatten().copied()
    }

    pub(super) fn add(&mut self, object: &Object) {
        self.kinds.entry(object.kind).or_default().insert(object.number);
        for (&field, slot) in &object.fields {
            self.add_field(object.number, object.kind, field, slot);
        }
    }

    pub(super) fn remove(&mut self, object: &Object) {
        if let Some(numbers) = self.kinds.get_mut(&object.kind) {
            numbers.remove(&object.number);
        }
        for (&field, slot) in &object.fields {
            self.remove_field(object.number, object.kind, field, slot);
        }
    }

    pub(super) fn add_field(
        &mut self,
        number: Number,
        kind: Kind,
        field: &'static str,
        slot: &Slot,
    ) {
        if let Slot::Text(text) = slot
            && TEXTS.contains(&field)
        {
            let texts = self.texts.entry(kind).or_default().entry(field).or_default();
            texts.entry(text.clone()).or_default().insert(number);
            if field == "code" {
                self.codes.entry(kind).or_default().put(number, text);
            }
        }
        for (code, value) in properties(field, slot) {
            self.values.extend(several::each(value).map(|one| (hash(code, one), number)));
            match self.columns.get_mut(code) {
                Some(column) => column.put(number, value),
                None => self.columns.entry(code.clone()).or_default().put(number, value),
            }
        }
        for &target in targets(slot) {
            let links = self.links.entry(kind).or_default().entry(field).or_default();
            links.entry(target).or_default().insert(number);
        }
    }

    pub(super) fn remove_field(
        &mut self,
        number: Number,
        kind: Kind,
        field: &'static str,
        slot: &Slot,
    ) {
        if let Slot::Text(text) = slot
            && let Some(texts) = self.texts.get_mut(&kind).and_then(|f| f.get_mut(field))
            && let Some(numbers) = texts.get_mut(text)
        {
            numbers.remove(&number);
            if numbers.is_empty() {
                texts.remove(text);
            }
        }
        if field == "code"
            && let Some(codes) = self.codes.get_mut(&kind)
        {
            codes.take(number);
        }
        for (code, value) in properties(field, slot) {
            for one in several::each(value) {
                self.values.remove(&(hash(code, one), number));
            }
            if let Some(column) = self.columns.get_mut(code) {
                column.take(number);
            }
        }
        let links = self.links.get_mut(&kind).and_then(|fields| fields.get_mut(field));
        let Some(links) = links else { return };
        for target in targets(slot) {
            let Some(numbers) = links.get_mut(target) else { continue };
            numbers.remove(&number);
            if numbers.is_empty() {
                links.remove(target);
            }
        }
    }
}

fn hash(code: &str, value: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (code, value).hash(&mut hasher);
    hasher.finish()
}

/// The properties that a field holds.
fn properties<'s>(
    field: &str,
    slot: &'s Slot,
) -> impl Iterator<Item = (&'s String, &'s String)> {
    let map: Option<&BTreeMap<_, _>> = match slot {
        Slot::Map(map) => Some(map).filter(|_| field == "properties"),
        Slot::Text(_)
        | Slot::Flag(_)
        | Slot::Integer(_)
        | Slot::Time(_)
        | Slot::Bytes(_)
        | Slot::Texts(_)
        | Slot::Past(_)
        | Slot::One(_)
        | Slot::Many(_) => None,
    };
    map.into_iter().flatten()
}

/// What a field leads to.
fn targets(slot: &Slot) -> &[Number] {
    match slot {
        Slot::One(number) => std::slice::from_ref(number),
        Slot::Many(numbers) => numbers,
        Slot::Text(_)
        | Slot::Flag(_)
        | Slot::Integer(_)
        | Slot::Time(_)
        | Slot::Bytes(_)
        | Slot::Texts(_)
        | Slot::Map(_)
        | Slot::Past(_) => &[],
    }
}
