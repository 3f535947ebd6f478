use std::collections::BTreeMap;

use super::{Id, Kind, Link, Record, Value};

/// A mutation as a value. Whatever calls for one, it goes through `client::changes`.
#[derive(Clone, Debug)]
pub enum Change {
    Create(Record),
    Update {
        id: Id,
        edits: BTreeMap<&'static str, Edit>,
    },
    Delete {
        ids: Vec<Id>,
        reason: String,
    },
    /// Files to the archive; with `remove`, out of the store.
    Archive {
        ids: Vec<Id>,
        remove: bool,
    },
    Unarchive {
        ids: Vec<Id>,
    },
    Lock {
        ids: Vec<Id>,
    },
    Unlock {
        ids: Vec<Id>,
    },
}

/// What shall become of one field.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// This value in place of the old one; `Value::Null` takes it away.
    Set(Value),
    /// These properties, by code; `None` takes one away.
    Properties(BTreeMap<String, Option<String>>),
    /// These links in place of all.
    Links(Vec<Link>),
    /// Links more and fewer; the others stay.
    AddRemove { add: Vec<Link>, remove: Vec<Link> },
    /// Objects that live inside, more and fewer: attachments (removed by file name).
    Parts { add: Vec<Record>, remove: Vec<String> },
}

impl Change {
    /// The kind of what is changed.
    pub fn kind(&self) -> Option<Kind> {
        match self {
            Self::Create(record) => Some(record.kind()),
            Self::Update { id, .. } => Some(id.kind()),
            Self::Delete { ids, .. } => ids.first().map(Id::kind),
            Self::Archive { .. }
            | Self::Unarchive { .. }
            | Self::Lock { .. }
            | Self::Unlock { .. } => Some(Kind::DataSet),
        }
    }
}
