use std::collections::BTreeMap;
use std::hash::{BuildHasherDefault, Hasher};

use serde::{Deserialize, Serialize};

use super::Entry;
use crate::model::{Kind, several};

/// The sandbox's own name of an object: the technical id of a real data base. Never reused.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub(crate) struct Number(pub(crate) u64);

/// Objects by their numbers.
pub(super) type ByNumber<Value> =
    std::collections::HashMap<Number, Value, BuildHasherDefault<Scatter>>;

/// Scatters numbers that are given one after the other: nobody chooses them, so that a
/// multiplication will do.
#[derive(Debug, Default)]
pub(super) struct Scatter(u64);

impl Hasher for Scatter {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(byte.into());
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

/// One object of the store. Its fields go by the names of its kind's spec; what is derived
/// (identifiers, children, samples of a space) is not kept.
#[derive(Clone, Debug)]
pub(crate) struct Object {
    pub(crate) number: Number,
    pub(crate) kind: Kind,
    pub(crate) fields: BTreeMap<&'static str, Slot>,
    /// The deletion that put it into the trash.
    pub(crate) trashed: Option<Number>,
}

/// A null among the texts of a map. No text of a data base holds this character.
pub(crate) const NULL: &str = "\0";

/// The key of a person's setting in a web application.
pub(crate) fn web_app_key(app: &str, name: &str) -> String {
    format!("{app}\0{name}")
}

/// What a field of a kept object holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Slot {
    Text(String),
    Flag(bool),
    Integer(i64),
    /// Milliseconds since 1970.
    Time(i64),
    Bytes(#[serde(with = "super::bytes")] Vec<u8>),
    Texts(Vec<String>),
    /// Properties and metaData.
    Map(BTreeMap<String, String>),
    One(Number),
    Many(Vec<Number>),
    /// What held before, and since when what holds now.
    Past(Vec<Entry>),
}

impl Object {
    pub(crate) fn text(&self, field: &str) -> Option<&str> {
        match self.fields.get(field) {
            Some(Slot::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The code; empty for kinds without.
    pub(crate) fn code(&self) -> &str {
        self.text("code").unwrap_or_default()
    }

    pub(crate) fn flag(&self, field: &str) -> bool {
        matches!(self.fields.get(field), Some(Slot::Flag(true)))
    }

    pub(crate) fn integer(&self, field: &str) -> Option<i64> {
        match self.fields.get(field) {
            Some(Slot::Integer(number)) => Some(*number),
            _ => None,
        }
    }

    /// The number that clients know it by: its own, or one of its kind.
    pub(crate) fn tech_id(&self) -> i64 {
        self.integer("techId").unwrap_or(self.number.0.cast_signed())
    }

    /// Milliseconds since 1970.
    pub(crate) fn time(&self, field: &str) -> Option<i64> {
        match self.fields.get(field) {
            Some(Slot::Time(millis)) => Some(*millis),
            _ => None,
        }
    }

    pub(crate) fn bytes(&self, field: &str) -> Option<&[u8]> {
        match self.fields.get(field) {
            Some(Slot::Bytes(bytes)) => Some(bytes),
            _ => None,
        }
    }

    pub(crate) fn map(&self, field: &str) -> Option<&BTreeMap<String, String>> {
        match self.fields.get(field) {
            Some(Slot::Map(map)) => Some(map),
            _ => None,
        }
    }

    /// The value of a property, as it is stored.
    pub(crate) fn property(&self, code: &str) -> Option<&str> {
        self.map("properties")?.get(code).map(String::as_str)
    }

    /// Whether this is the value of a property, or one of several.
    pub(crate) fn has_value(&self, code: &str, value: &str) -> bool {
        let mut kept = self.property(code).into_iter().flat_map(several::each);
        kept.any(|one| one == value)
    }

    pub(crate) fn one(&self, field: &str) -> Option<Number> {
        match self.fields.get(field) {
            Some(Slot::One(number)) => Some(*number),
            _ => None,
        }
    }

    /// The history, as far as it is kept.
    pub(crate) fn past(&self) -> &[Entry] {
        match self.fields.get("past") {
            Some(Slot::Past(entries)) => entries,
            _ => &[],
        }
    }

    pub(crate) fn many(&self, field: &str) -> &[Number] {
        match self.fields.get(field) {
            Some(Slot::Many(numbers)) => numbers,
            _ => &[],
        }
    }
}

impl From<&str> for Slot {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Slot {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Slot {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Number> for Slot {
    fn from(number: Number) -> Self {
        Self::One(number)
    }
}
