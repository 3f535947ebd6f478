//! What the sandbox knows, and how it is kept.
//!
//! Objects of all kinds stand in one table in memory. Their fields go by the names of their
//! kind's spec, with these differences:
//!
//! - what can be derived is not kept: identifiers, children, components, the samples of a
//!   space; links are kept on one side only: `parents`, `container`, `experiment` and `tags`
//!   with the sample, `components` with the container data set;
//! - parts are objects of their own that lead to what holds them: attachments and physical
//!   data by `holder`, property assignments by `entityType`, terms by `vocabulary`;
//! - what clients know by a number has one of its kind's own, `techId`;
//! - the history of an object is kept in its field `past`: what ended, on both sides of a
//!   link, and what began after the object was registered, on the side where it is kept;
//! - a tag leads to its `owner`; who holds a role is its `user` or `authorizationGroup`;
//! - codes of internal property types and vocabularies stand with their `$`.
mod bytes;
mod column;
mod file;
mod index;
mod object;
mod past;
mod undo;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::error::Error;
use crate::model::{IdForm, Kind};
pub(crate) use object::{NULL, Number, Object, Slot, web_app_key};
pub(crate) use past::{Entry, Relation, What};

use file::File;
use index::Index;
use object::ByNumber;
use undo::Undo;

/// All objects, their indexes, and the file that they are kept in.
#[derive(Debug, Default)]
pub(crate) struct Store {
    objects: ByNumber<Arc<Object>>,
    index: Index,
    sequences: BTreeMap<String, u64>,
    sequences_moved: bool,
    undo: Undo,
    file: Option<File>,
}

impl Store {
    /// A store that is kept in this folder, or only in memory.
    pub(crate) fn open(folder: Option<&Path>) -> Result<Self, Error> {
        let mut store = Self::default();
        let Some(folder) = folder else { return Ok(store) };
        let mut file = File::open(folder)?;
        for object in file.objects()? {
            store.index.add(&object);
            store.objects.insert(object.number, Arc::new(object));
        }
        store.sequences = file.sequences()?;
        store.file = Some(file);
        Ok(store)
    }

    /// Whether nothing has ever been put in.
    pub(crate) fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    /// The object of this number, be it in the trash.
    pub(crate) fn get(&self, number: Number) -> Option<&Arc<Object>> {
        self.objects.get(&number)
    }

    /// The object of this number unless it is in the trash.
    pub(crate) fn live(&self, number: Number) -> Option<&Arc<Object>> {
        self.get(number).filter(|object| object.trashed.is_none())
    }

    /// All objects of a kind that are not in the trash, in the order they were made.
    pub(crate) fn all(&self, kind: Kind) -> impl Iterator<Item = &Arc<Object>> {
        self.index.kind(kind).filter_map(|number| self.live(number))
    }

    /// All objects of a kind, those in the trash too.
    pub(crate) fn all_with_trash(
        &self,
        kind: Kind,
    ) -> impl Iterator<Item = &Arc<Object>> {
        self.index.kind(kind).filter_map(|number| self.get(number))
    }

    /// The objects of a kind whose indexed text field (`code`, `permId`, `userId`, `name`,
    /// `fileName`, `status`, `location`) holds exactly this; those in the trash too.
    pub(crate) fn holding(
        &self,
        kind: Kind,
        field: &str,
        text: &str,
    ) -> impl Iterator<Item = &Arc<Object>> {
        self.index.text(kind, field, text).filter_map(|number| self.get(number))
    }

    /// The first object as of [`Self::holding`] that is not in the trash.
    pub(crate) fn find(
        &self,
        kind: Kind,
        field: &str,
        text: &str,
    ) -> Option<&Arc<Object>> {
        self.holding(kind, field, text).find(|object| object.trashed.is_none())
    }

    /// The objects of a kind whose property has exactly this value, be it among others; those in the trash too.
    pub(crate) fn valued(
        &self,
        kind: Kind,
        code: &str,
        value: &str,
    ) -> impl Iterator<Item = &Arc<Object>> {
        let objects = self.index.value(code, value).filter_map(|n| self.get(n));
        objects.filter(move |it| it.kind == kind && it.has_value(code, value))
    }

    /// Which objects have the property, and its value there, in order; those in the trash
    /// too. Of long values only that they are there.
    pub(crate) fn column(
        &self,
        code: &str,
    ) -> impl Iterator<Item = (Number, Option<&str>)> {
        self.index.column(code)
    }

    /// The codes of a kind, as of [`Self::column`].
    pub(crate) fn codes(
        &self,
        kind: Kind,
    ) -> impl Iterator<Item = (Number, Option<&str>)> {
        self.index.codes(kind)
    }

    /// How many objects of a kind there are, with those in the trash.
    pub(crate) fn count(&self, kind: Kind) -> usize {
        self.index.count(kind)
    }

    /// The numbers of the objects as of [`Self::linking`].
    pub(crate) fn numbers_linking(
        &self,
        kind: Kind,
        field: &str,
        target: Number,
    ) -> impl Iterator<Item = Number> {
        self.index.link(kind, field, target)
    }

    /// The objects of a kind that have this link, in no order; those in the trash too.
    pub(crate) fn linked(&self, kind: Kind, field: &str) -> impl Iterator<Item = Number> {
        self.index.linked(kind, field)
    }

    /// The objects of a kind whose link of this name leads to the target; those in the trash
    /// too.
    pub(crate) fn linking(
        &self,
        kind: Kind,
        field: &str,
        target: Number,
    ) -> impl Iterator<Item = &Arc<Object>> {
        self.index.link(kind, field, target).filter_map(|number| self.get(number))
    }

    /// As [`Self::linking`], without those in the trash.
    pub(crate) fn live_linking(
        &self,
        kind: Kind,
        field: &str,
        target: Number,
    ) -> impl Iterator<Item = &Arc<Object>> {
        self.linking(kind, field, target).filter(|object| object.trashed.is_none())
    }

    /// The next number of a sequence, from 1 on. A number once given does not come back,
    /// even if the request fails.
    pub(crate) fn next(&mut self, sequence: &str) -> u64 {
        let last = self.sequences.entry(sequence.to_owned()).or_default();
        *last += 1;
        self.sequences_moved = true;
        *last
    }

    /// Raises a sequence to this number at least.
    pub(crate) fn reach(&mut self, sequence: &str, number: u64) {
        let last = self.sequences.entry(sequence.to_owned()).or_default();
        *last = number.max(*last);
        self.sequences_moved = true;
    }

    /// How far a sequence got.
    pub(crate) fn reached(&self, sequence: &str) -> Option<u64> {
        self.sequences.get(sequence).copied()
    }

    /// Adds an object.
    pub(crate) fn add(
        &mut self,
        kind: Kind,
        fields: impl IntoIterator<Item = (&'static str, Slot)>,
    ) -> Number {
        let number = Number(self.next("object"));
        let mut fields: BTreeMap<&'static str, Slot> = fields.into_iter().collect();
        if let Some(IdForm::TechId(_)) = kind.spec().ids.first() {
            let count = self.next(kind.spec().name).cast_signed();
            fields.insert("techId", Slot::Integer(count));
        }
        let object = Object { number, kind, fields, trashed: None };
        self.undo.before(number, None);
        self.index.add(&object);
        self.objects.insert(number, Arc::new(object));
        number
    }

    /// Gives a field a value.
    pub(crate) fn set(&mut self, number: Number, field: &'static str, slot: Slot) {
        self.change(number, field, Some(slot));
    }

    /// Takes a field's value away.
    pub(crate) fn clear(&mut self, number: Number, field: &'static str) {
        self.change(number, field, None);
    }

    /// Puts an object into the trash, or takes it out.
    pub(crate) fn trash(&mut self, number: Number, deletion: Option<Number>) {
        let Some(kept) = self.objects.get_mut(&number) else { return };
        self.undo.before(number, Some(kept));
        Arc::make_mut(kept).trashed = deletion;
    }

    /// Removes an object. Links that lead to it stay; see [`Self::unlink`].
    pub(crate) fn remove(&mut self, number: Number) {
        let Some(kept) = self.objects.remove(&number) else { return };
        self.index.remove(&kept);
        self.undo.before(number, Some(&kept));
    }

    /// Adds to or removes from a field of several links.
    pub(crate) fn relink(
        &mut self,
        number: Number,
        field: &'static str,
        change: impl FnOnce(&mut Vec<Number>),
    ) {
        let Some(object) = self.get(number) else { return };
        let mut links = object.many(field).to_vec();
        change(&mut links);
        self.set(number, field, Slot::Many(links));
    }

    /// Takes the target out of a link field of all objects of a kind.
    pub(crate) fn unlink(&mut self, kind: Kind, field: &'static str, target: Number) {
        let holders: Vec<Number> =
            self.linking(kind, field, target).map(|object| object.number).collect();
        for holder in holders {
            match self.get(holder).and_then(|object| object.fields.get(field)) {
                Some(Slot::Many(_)) => {
                    self.relink(holder, field, |links| links.retain(|&n| n != target));
                }
                Some(_) | None => self.clear(holder, field),
            }
        }
    }

    fn change(&mut self, number: Number, field: &'static str, slot: Option<Slot>) {
        let Some(kept) = self.objects.get_mut(&number) else { return };
        if kept.fields.get(field) == slot.as_ref() {
            return;
        }
        self.undo.before(number, Some(kept));
        let object = Arc::make_mut(kept);
        if let Some(old) = object.fields.remove(field) {
            self.index.remove_field(number, object.kind, field, &old);
        }
        if let Some(slot) = slot {
            self.index.add_field(number, object.kind, field, &slot);
            object.fields.insert(field, slot);
        }
    }

    /// What was changed since the last commit, as it was before; without what was made since.
    pub(crate) fn changed(&self) -> Vec<Arc<Object>> {
        self.undo.objects().cloned().collect()
    }

    /// Keeps what was changed since the last commit.
    pub(crate) fn commit(&mut self) -> Result<(), Error> {
        let changed: BTreeSet<Number> = self.undo.numbers();
        if changed.is_empty() && !self.sequences_moved {
            return Ok(());
        }
        if let Some(file) = &mut self.file {
            let objects =
                changed.iter().map(|number| (*number, self.objects.get(number)));
            file.write(objects, &self.sequences)?;
        }
        self.undo.forget();
        self.sequences_moved = false;
        Ok(())
    }

    /// Forgets what was changed since the last commit.
    pub(crate) fn rollback(&mut self) {
        for (number, before) in self.undo.take() {
            if let Some(now) = self.objects.remove(&number) {
                self.index.remove(&now);
            }
            if let Some(before) = before {
                self.index.add(&before);
                self.objects.insert(number, before);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Slot {
        Slot::Text(text.to_owned())
    }

    #[test]
    fn a_rollback_leaves_nothing_of_what_was_done() {
        let mut store = Store::default();
        let space = store.add(Kind::Space, [("code", text("LAB"))]);
        store.commit().unwrap();
        let sample = store.add(Kind::Sample, [("space", Slot::One(space))]);
        store.set(space, "code", text("OTHER"));
        store.rollback();
        assert!(store.get(sample).is_none());
        assert!(store.find(Kind::Space, "code", "LAB").is_some());
        assert!(store.find(Kind::Space, "code", "OTHER").is_none());
        assert_eq!(store.linking(Kind::Sample, "space", space).count(), 0);
    }

    #[test]
    fn objects_are_found_by_the_value_that_a_property_has_now() {
        let mut store = Store::default();
        let map = |value: &str| Slot::Map([("SIZE".into(), value.into())].into());
        let sample = store.add(Kind::Sample, [("properties", map("9"))]);
        let count =
            |store: &Store, value| store.valued(Kind::Sample, "SIZE", value).count();
        assert_eq!((count(&store, "9"), count(&store, "10")), (1, 0));
        store.commit().unwrap();
        store.set(sample, "properties", map("10"));
        assert_eq!((count(&store, "9"), count(&store, "10")), (0, 1));
        store.rollback();
        assert_eq!((count(&store, "9"), count(&store, "10")), (1, 0));
    }

    #[test]
    fn links_are_found_from_their_target() {
        let mut store = Store::default();
        let parent = store.add(Kind::Sample, []);
        let child = store.add(Kind::Sample, [("parents", Slot::Many(vec![parent]))]);
        assert_eq!(store.linking(Kind::Sample, "parents", parent).count(), 1);
        store.unlink(Kind::Sample, "parents", parent);
        assert!(store.get(child).unwrap().many("parents").is_empty());
        assert_eq!(store.linking(Kind::Sample, "parents", parent).count(), 0);
    }

    #[test]
    fn what_was_committed_is_there_after_opening_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(Some(folder.path())).unwrap();
        let space = store.add(Kind::Space, [("code", text("LAB"))]);
        let gone = store.add(Kind::Space, [("code", text("GONE"))]);
        store.commit().unwrap();
        store.remove(gone);
        store.commit().unwrap();
        store.add(Kind::Space, [("code", text("LOST"))]);
        drop(store);
        let mut store = Store::open(Some(folder.path())).unwrap();
        assert_eq!(store.all(Kind::Space).count(), 1);
        assert_eq!(store.get(space).unwrap().text("code"), Some("LAB"));
        assert!(store.next("object") > gone.0);
    }
}
