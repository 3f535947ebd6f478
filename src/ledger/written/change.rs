use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::argument::WrittenCall;
use super::record::field;
use super::value::WrittenValue;
use super::{Contents, WrittenId, WrittenRecord};
use crate::ledger::Error;
use crate::model::{Change, Edit, Field, Id, Link};

/// A change, by its verb.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::ledger) enum WrittenChange {
    Create(WrittenRecord),
    Update { object: WrittenId, edits: BTreeMap<String, WrittenEdit> },
    Delete { objects: Vec<WrittenId>, reason: String },
    Archive { objects: Vec<WrittenId>, remove: bool },
    Unarchive { objects: Vec<WrittenId> },
    Lock { objects: Vec<WrittenId> },
    Unlock { objects: Vec<WrittenId> },
    Confirm { objects: Vec<WrittenId> },
    Revert { objects: Vec<WrittenId> },
    Call(WrittenCall),
}

/// What shall become of a field.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::ledger) enum WrittenEdit {
    Set(WrittenValue),
    Properties(BTreeMap<String, Option<String>>),
    Links(Vec<WrittenId>),
    AddRemove { add: Vec<WrittenId>, remove: Vec<WrittenId> },
    Parts { add: Vec<WrittenRecord>, remove: Vec<String> },
}

impl WrittenChange {
    pub(in crate::ledger) fn of(change: &Change, contents: Contents) -> Self {
        match change {
            Change::Create(record) => Self::Create(WrittenRecord::of(record, contents)),
            Change::Update { id, edits } => {
                let spec = id.kind().spec();
                let edits = edits.iter().filter_map(|(name, edit)| {
                    let edit = WrittenEdit::of(edit, spec.field(name)?, contents);
                    Some(((*name).to_owned(), edit))
                });
                Self::Update { object: WrittenId::of(id), edits: edits.collect() }
            }
            Change::Delete { ids, reason } => {
                Self::Delete { objects: written(ids), reason: reason.clone() }
            }
            Change::Archive { ids, remove } => {
                Self::Archive { objects: written(ids), remove: *remove }
            }
            Change::Unarchive { ids } => Self::Unarchive { objects: written(ids) },
            Change::Lock { ids } => Self::Lock { objects: written(ids) },
            Change::Unlock { ids } => Self::Unlock { objects: written(ids) },
            Change::Confirm { ids } => Self::Confirm { objects: written(ids) },
            Change::Revert { ids } => Self::Revert { objects: written(ids) },
            Change::Call(called) => Self::Call(WrittenCall::of(called, contents)),
        }
    }

    pub(in crate::ledger) fn into_change(self) -> Result<Change, Error> {
        Ok(match self {
            Self::Create(record) => Change::Create(record.into_record()?),
            Self::Update { object, edits } => {
                let id = object.into_id()?;
                let edit = |(name, edit): (String, WrittenEdit)| {
                    Ok((field(id.kind(), &name)?.name, edit.into_edit()?))
                };
                let edits = edits.into_iter().map(edit).collect::<Result<_, Error>>()?;
                Change::Update { id, edits }
            }
            Self::Delete { objects, reason } => {
                Change::Delete { ids: read(objects)?, reason }
            }
            Self::Archive { objects, remove } => {
                Change::Archive { ids: read(objects)?, remove }
            }
            Self::Unarchive { objects } => Change::Unarchive { ids: read(objects)? },
            Self::Lock { objects } => Change::Lock { ids: read(objects)? },
            Self::Unlock { objects } => Change::Unlock { ids: read(objects)? },
            Self::Confirm { objects } => Change::Confirm { ids: read(objects)? },
            Self::Revert { objects } => Change::Revert { ids: read(objects)? },
            Self::Call(call) => Change::Call(call.into_called()?),
        })
    }

    /// Whether nothing is left out.
    pub(super) fn is_whole(&self) -> bool {
        match self {
            Self::Create(record) => record.is_whole(),
            Self::Update { object, edits } => {
                object.is_whole() && edits.values().all(WrittenEdit::is_whole)
            }
            Self::Delete { objects, .. }
            | Self::Archive { objects, .. }
            | Self::Unarchive { objects }
            | Self::Lock { objects }
            | Self::Unlock { objects }
            | Self::Confirm { objects }
            | Self::Revert { objects } => objects.iter().all(WrittenId::is_whole),
            Self::Call(call) => call.is_whole(),
        }
    }
}

impl WrittenEdit {
    pub(super) fn of(edit: &Edit, field: &Field, contents: Contents) -> Self {
        match edit {
            Edit::Set(value) => Self::Set(WrittenValue::of(value, field.ty, contents)),
            Edit::Properties(edits) => Self::Properties(edits.clone()),
            Edit::Links(links) => Self::Links(by_id(links)),
            Edit::AddRemove { add, remove } => {
                Self::AddRemove { add: by_id(add), remove: by_id(remove) }
            }
            Edit::Parts { add, remove } => Self::Parts {
                add: add.iter().map(|part| WrittenRecord::of(part, contents)).collect(),
                remove: remove.clone(),
            },
        }
    }

    pub(super) fn into_edit(self) -> Result<Edit, Error> {
        Ok(match self {
            Self::Set(value) => Edit::Set(value.into_value()?),
            Self::Properties(edits) => Edit::Properties(edits),
            Self::Links(ids) => Edit::Links(links(ids)?),
            Self::AddRemove { add, remove } => {
                Edit::AddRemove { add: links(add)?, remove: links(remove)? }
            }
            Self::Parts { add, remove } => {
                let add = add.into_iter().map(WrittenRecord::into_record);
                Edit::Parts { add: add.collect::<Result<_, _>>()?, remove }
            }
        })
    }

    pub(super) fn is_whole(&self) -> bool {
        match self {
            Self::Set(value) => value.is_whole(),
            Self::Properties(_) => true,
            Self::Links(ids) => ids.iter().all(WrittenId::is_whole),
            Self::AddRemove { add, remove } => {
                add.iter().chain(remove).all(WrittenId::is_whole)
            }
            Self::Parts { add, .. } => add.iter().all(WrittenRecord::is_whole),
        }
    }
}

fn by_id(links: &[Link]) -> Vec<WrittenId> {
    links.iter().map(|link| WrittenId::of(&link.id)).collect()
}

fn written(ids: &[Id]) -> Vec<WrittenId> {
    ids.iter().map(WrittenId::of).collect()
}

fn read(ids: Vec<WrittenId>) -> Result<Vec<Id>, Error> {
    ids.into_iter().map(WrittenId::into_id).collect()
}

fn links(ids: Vec<WrittenId>) -> Result<Vec<Link>, Error> {
    ids.into_iter().map(|id| Ok(Link { id: id.into_id()?, record: None })).collect()
}
