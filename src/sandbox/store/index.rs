//! Ways to find objects without looking at all of them.
use std::collections::{BTreeSet, HashMap};

use super::{Number, Object, Slot};
use crate::model::Kind;

/// The text fields that are looked up by their whole value.
const TEXTS: &[&str] = &["code", "permId", "userId", "name", "fileName", "status"];

/// Numbers by kind, by text and by what objects lead to.
#[derive(Debug, Default)]
pub(super) struct Index {
    kinds: HashMap<Kind, BTreeSet<Number>>,
    texts: HashMap<Kind, ByField<String>>,
    links: HashMap<Kind, ByField<Number>>,
}

type ByField<Key> = HashMap<&'static str, HashMap<Key, BTreeSet<Number>>>;

impl Index {
    pub(super) fn kind(&self, kind: Kind) -> impl Iterator<Item = Number> {
        self.kinds.get(&kind).into_iter().flatten().copied()
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
        let links = self.links.get_mut(&kind).and_then(|fields| fields.get_mut(field));
        let Some(links) = links else { return };
        for target in targets(slot) {
            if let Some(numbers) = links.get_mut(target) {
                numbers.remove(&number);
            }
        }
    }
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
