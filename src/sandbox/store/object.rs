use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::Kind;

/// The sandbox's own name of an object: the technical id of a real data base. Never reused.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub(crate) struct Number(pub(crate) u64);

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

/// What a field of a kept object holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Slot {
    Text(String),
    Flag(bool),
    Integer(i64),
    /// Milliseconds since 1970.
    Time(i64),
    Bytes(Vec<u8>),
    Texts(Vec<String>),
    /// Properties and metaData.
    Map(BTreeMap<String, String>),
    One(Number),
    Many(Vec<Number>),
}
