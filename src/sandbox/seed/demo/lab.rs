//! The builder of the demo: places, objects with generated codes, and a calendar.
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::super::super::FILES;
use super::super::super::store::{Number, Slot};
use super::super::ground::{Ground, Place, Properties, properties};
use super::people::People;
use crate::model::{Kind, Timestamp};

/// 2024-01-08, 08:00 UTC: a Monday.
pub(in super::super) const OPENING: Timestamp = Timestamp(1_704_700_800_000);
const DAY: i64 = 24 * 60 * 60 * 1000;
const MINUTE: i64 = 60 * 1000;

pub(super) struct Lab<'g, 's> {
    pub(super) ground: &'g mut Ground<'s>,
    pub(super) people: People,
    store: Number,
}

/// What becomes of the files of a data set.
#[derive(Clone, Copy)]
pub(super) struct Files<'a> {
    pub(super) size: i64,
    pub(super) status: &'a str,
    pub(super) archived: bool,
}

impl<'g, 's> Lab<'g, 's> {
    pub(super) fn open(ground: &'g mut Ground<'s>, people: People) -> Self {
        let store = ground.add(
            Kind::DataStore,
            [
                ("code", "DSS1".into()),
                ("downloadUrl", "https://lab.example:8444".into()),
                ("remoteUrl", "https://lab.example:8444".into()),
            ],
        );
        Self { ground, people, store }
    }

    pub(super) fn places(&mut self) {
        for (path, about) in [
            ("/LAB/STRAINS", "Strains of the group"),
            ("/LAB/STRESS", "Stress response of budding yeast"),
            ("/LAB/MATING", "Pheromone response and mating"),
        ] {
            self.ground.project(path, Some(about));
        }
        for (path, of, name) in [
            ("/LAB/STRAINS/YEASTS", "COLLECTION", "Yeasts of the group"),
            ("/LAB/STRESS/HEAT_SHOCK", "DEFAULT_EXPERIMENT", "Heat shock series"),
            ("/LAB/STRESS/OSMOTIC_SHOCK", "DEFAULT_EXPERIMENT", "Osmotic shock series"),
            (
                "/LAB/MATING/ALPHA_FACTOR",
                "DEFAULT_EXPERIMENT",
                "Response to alpha factor",
            ),
            ("/STORAGE/FREEZER/POSITIONS", "COLLECTION", "Positions in the freezer"),
        ] {
            self.collection(path, of, name);
        }
    }

    /// Goes on by some days; work is done in the daytime.
    pub(super) fn days(&mut self, days: i64) {
        self.ground.now.0 += days * DAY;
    }

    /// Goes on by some minutes.
    pub(super) fn minutes(&mut self, minutes: i64) {
        self.ground.now.0 += minutes * MINUTE;
    }

    /// `yyyy-MM-dd HH:mm:ss +0000`, some hours from now.
    pub(super) fn stamp(&self, hours: i64) -> String {
        let millis = self.ground.now.0 + hours * 60 * MINUTE;
        let time = chrono::DateTime::from_timestamp_millis(millis).unwrap_or_default();
        time.format("%Y-%m-%d %H:%M:%S +0000").to_string()
    }

    /// A sample with a generated code.
    pub(super) fn object(
        &mut self,
        entity_type: &str,
        within: &str,
        values: Properties,
        parents: &[Number],
    ) -> Number {
        self.minutes(7);
        let prefix = self.ground.coded(Kind::SampleType, entity_type);
        let prefix = prefix.and_then(|number| self.ground.store.get(number));
        let prefix = prefix.and_then(|it| it.text("generatedCodePrefix")).unwrap_or("S");
        let prefix = prefix.to_owned();
        let code = format!("{prefix}{}", self.ground.store.next("sampleCode"));
        let sample =
            self.ground.sample(Place { code: &code, entity_type, within }, values);
        if !parents.is_empty() {
            self.ground.store.set(sample, "parents", Slot::Many(parents.to_vec()));
        }
        sample
    }

    /// A physical data set of a sample.
    pub(super) fn data_set(
        &mut self,
        entity_type: &str,
        sample: Number,
        name: &str,
        files: Files<'_>,
    ) -> Number {
        self.minutes(3);
        let code = self.ground.perm_id();
        let location = format!("0a1b2c3d-0000-4000-8000-000000000001/{}", split(&code));
        let data_set = self.ground.add(
            Kind::DataSet,
            [
                ("code", code.into()),
                ("kind", "PHYSICAL".into()),
                ("dataStore", self.store.into()),
                ("sample", sample.into()),
                ("measured", true.into()),
                ("postRegistered", true.into()),
                ("properties", Slot::Map(properties([("$NAME", name)]))),
            ],
        );
        let entity_type = self.ground.coded(Kind::DataSetType, entity_type);
        self.ground.optional(data_set, "type", entity_type);
        let experiment =
            self.ground.store.get(sample).and_then(|sample| sample.one("experiment"));
        self.ground.optional(data_set, "experiment", experiment);
        self.ground.add(
            Kind::PhysicalData,
            [
                ("holder", data_set.into()),
                ("status", files.status.into()),
                ("presentInArchive", files.archived.into()),
                ("archivingRequested", false.into()),
                ("size", Slot::Integer(files.size)),
                ("location", location.into()),
                ("shareId", "1".into()),
                ("complete", "UNKNOWN".into()),
                ("speedHint", Slot::Integer(-50)),
                ("storageConfirmation", true.into()),
                ("storageFormat", "PROPRIETARY".into()),
                ("fileFormatType", "PROPRIETARY".into()),
                ("locatorType", "RELATIVE_LOCATION".into()),
            ],
        );
        data_set
    }

    pub(super) fn attachment(
        &mut self,
        holder: Number,
        name: &str,
        title: &str,
        text: &str,
    ) {
        self.ground.add(
            Kind::Attachment,
            [
                ("holder", holder.into()),
                ("fileName", name.into()),
                ("title", title.into()),
                ("version", Slot::Integer(1)),
                ("content", Slot::Bytes(text.as_bytes().to_vec())),
            ],
        );
    }

    /// Files of a sample or collection on the file server.
    pub(super) fn files(&mut self, owner: Number, files: &[(&str, &[u8])]) {
        let files = files
            .iter()
            .map(|(path, content)| ((*path).to_owned(), STANDARD.encode(content)));
        self.ground.store.set(owner, FILES, Slot::Map(files.collect()));
    }

    /// A tag of the administrator, on these objects.
    pub(super) fn tag(&mut self, code: &str, about: &str, objects: &[Number]) {
        let tag = self.ground.add(
            Kind::Tag,
            [
                ("code", code.into()),
                ("description", about.into()),
                ("private", true.into()),
                ("owner", self.people.admin.into()),
            ],
        );
        for &object in objects {
            self.ground.store.relink(object, "tags", |tags| tags.push(tag));
        }
    }

    fn collection(&mut self, path: &str, entity_type: &str, name: &str) {
        self.minutes(5);
        let (within, code) = path.rsplit_once('/').unwrap_or_default();
        if within == "/STORAGE/FREEZER" {
            self.ground.project(within, Some("The freezer in the corridor"));
        }
        let values = properties([("$NAME", name)]);
        self.ground.collection(Place { code, entity_type, within }, values);
    }
}

/// The folders that a store makes of a code.
fn split(code: &str) -> String {
    let digits = code.rsplit('-').next().unwrap_or_default();
    format!("{:0>2}/1f/7a/{code}", digits.get(..2).unwrap_or(digits))
}
