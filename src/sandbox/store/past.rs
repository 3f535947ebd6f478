use serde::{Deserialize, Serialize};

use super::Number;

/// What held for an object during some time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) what: What,
    /// When it began, in milliseconds since 1970.
    pub(crate) from: i64,
    /// When it ended; what still holds has none.
    pub(crate) to: Option<i64>,
    /// Who began it.
    pub(crate) author: Option<Number>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum What {
    /// A property had a value.
    Value { code: String, text: String },
    /// The object was related to another one.
    Link { relation: Relation, target: Number },
}

/// What one object is to another one, in the order of a whole history.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub(crate) enum Relation {
    Space,
    Project,
    Experiment,
    Sample,
    Parent,
    Child,
    Container,
    Component,
    DataSet,
}

impl Relation {
    /// As it is answered: `DATA_SET`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Space => "SPACE",
            Self::Project => "PROJECT",
            Self::Experiment => "EXPERIMENT",
            Self::Sample => "SAMPLE",
            Self::Parent => "PARENT",
            Self::Child => "CHILD",
            Self::Container => "CONTAINER",
            Self::Component => "COMPONENT",
            Self::DataSet => "DATA_SET",
        }
    }
}
