//! Puts objects into a new store, under the eyes of nobody.
use std::collections::BTreeMap;

use super::super::store::{Number, Slot, Store};
use crate::model::{Kind, Timestamp};

/// A new store, and who and when things are made in it.
pub(super) struct Ground<'s> {
    pub(super) store: &'s mut Store,
    /// When the next object is made.
    pub(super) now: Timestamp,
    /// Who makes it.
    pub(super) who: Option<Number>,
}

/// Where something lies, and what it is.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) code: &'a str,
    pub(super) entity_type: &'a str,
    /// `/SPACE/PROJECT/COLLECTION`, `/SPACE/PROJECT` or `/SPACE`.
    pub(super) within: &'a str,
}

pub(super) type Properties = BTreeMap<String, String>;

impl<'s> Ground<'s> {
    pub(super) fn new(store: &'s mut Store, now: Timestamp) -> Self {
        Self { store, now, who: None }
    }

    /// An object with its registration.
    pub(super) fn add(
        &mut self,
        kind: Kind,
        fields: impl IntoIterator<Item = (&'static str, Slot)>,
    ) -> Number {
        let number = self.store.add(kind, fields);
        let spec = kind.spec();
        let dates = ["registrationDate", "modificationDate"];
        for date in dates.into_iter().filter(|date| spec.field(date).is_some()) {
            self.store.set(number, date, Slot::Time(self.now.0));
        }
        let Some(who) = self.who else { return number };
        let people = ["registrator", "modifier"];
        for person in people.into_iter().filter(|person| spec.field(person).is_some()) {
            self.store.set(number, person, Slot::One(who));
        }
        number
    }

    pub(super) fn optional(
        &mut self,
        number: Number,
        field: &'static str,
        slot: Option<impl Into<Slot>>,
    ) {
        if let Some(slot) = slot {
            self.store.set(number, field, slot.into());
        }
    }

    /// A type, vocabulary, property type or space that was planted before.
    pub(super) fn coded(&self, kind: Kind, code: &str) -> Option<Number> {
        self.store.find(kind, "code", code).map(|object| object.number)
    }

    pub(super) fn space(&mut self, code: &str, description: Option<&str>) -> Number {
        let space = self.add(Kind::Space, [("code", code.into())]);
        self.optional(space, "description", description);
        space
    }

    /// A project, by `/SPACE/PROJECT`.
    pub(super) fn project(&mut self, path: &str, description: Option<&str>) -> Number {
        let (space, code) = parts(path);
        let perm_id = self.perm_id();
        let project =
            self.add(Kind::Project, [("code", code.into()), ("permId", perm_id.into())]);
        let space = self.coded(Kind::Space, space);
        self.optional(project, "space", space);
        self.optional(project, "description", description);
        project
    }

    /// A collection, in a project.
    pub(super) fn collection(
        &mut self,
        place: Place<'_>,
        properties: Properties,
    ) -> Number {
        let collection =
            self.entity(Kind::Experiment, Kind::ExperimentType, place, properties);
        let project = self.project_at(place.within);
        self.optional(collection, "project", project);
        collection
    }

    /// A sample, in a collection, a project or a space.
    pub(super) fn sample(&mut self, place: Place<'_>, properties: Properties) -> Number {
        let sample = self.entity(Kind::Sample, Kind::SampleType, place, properties);
        let space = place.within.split('/').nth(1).unwrap_or_default();
        let space = self.coded(Kind::Space, space);
        self.optional(sample, "space", space);
        let project = self.project_at(place.within);
        self.optional(sample, "project", project);
        let collection = self.collection_at(place.within);
        self.optional(sample, "experiment", collection);
        sample
    }

    /// `yyyyMMddHHmmssSSS-<number>`.
    pub(super) fn perm_id(&mut self) -> String {
        super::super::work::perm_id(self.store, self.now)
    }

    fn entity(
        &mut self,
        kind: Kind,
        kind_of_type: Kind,
        place: Place<'_>,
        properties: Properties,
    ) -> Number {
        let perm_id = self.perm_id();
        let entity = self.add(
            kind,
            [
                ("code", place.code.into()),
                ("permId", perm_id.into()),
                ("properties", Slot::Map(properties)),
            ],
        );
        let entity_type = self.coded(kind_of_type, place.entity_type);
        self.optional(entity, "type", entity_type);
        entity
    }

    /// The project of `/SPACE/PROJECT…`.
    fn project_at(&self, path: &str) -> Option<Number> {
        let mut steps = path.split('/').skip(1);
        let space = self.coded(Kind::Space, steps.next()?)?;
        let code = steps.next()?;
        let mut projects = self.store.linking(Kind::Project, "space", space);
        projects.find(|project| project.code() == code).map(|project| project.number)
    }

    /// The collection of `/SPACE/PROJECT/COLLECTION`.
    pub(super) fn collection_at(&self, path: &str) -> Option<Number> {
        let project = self.project_at(path)?;
        let code = path.split('/').nth(3)?;
        let mut collections = self.store.linking(Kind::Experiment, "project", project);
        collections.find(|it| it.code() == code).map(|it| it.number)
    }
}

/// `/SPACE/PROJECT` as space and project.
fn parts(path: &str) -> (&str, &str) {
    path.trim_start_matches('/').split_once('/').unwrap_or((path, ""))
}

/// Properties from pairs; empty values are none.
pub(super) fn properties<'a>(
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Properties {
    let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
    pairs.map(|(code, value)| (code.to_owned(), value.to_owned())).collect()
}
