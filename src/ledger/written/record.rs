use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::change::WrittenEdit;
use super::id::kind;
use super::secret::is_secret;
use super::value::WrittenValue;
use super::{Contents, WrittenId};
use crate::ledger::Error;
use crate::model::{Field, Kind, Record, Value};

/// An object, as far as it is known.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::ledger) struct WrittenRecord {
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<WrittenId>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<String, WrittenValue>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    edits: BTreeMap<String, WrittenEdit>,
}

impl WrittenRecord {
    pub(in crate::ledger) fn of(record: &Record, contents: Contents) -> Self {
        let kind = record.kind();
        let known = |name: &str| kind.spec().field(name);
        let fields = record.iter().filter_map(|(name, value)| {
            let value = match is_secret(kind, name) {
                true => WrittenValue::Secret,
                false => WrittenValue::of(value, known(name)?.ty, contents),
            };
            Some((name.to_owned(), value))
        });
        let is_made = record.is_new() && kind.spec().fields.iter().any(|f| f.on_create);
        // A new object is made of what it holds: its edits say the same again.
        let held = |name: &str| {
            let value = record.get(name).ok().flatten();
            is_made && value.is_some_and(|value| *value != Value::Null)
        };
        let edits = record.edits().iter().filter(|(name, _)| !held(name));
        let edits = edits.filter_map(|(name, edit)| {
            let edit = WrittenEdit::of(edit, known(name)?, contents);
            Some(((*name).to_owned(), edit))
        });
        Self {
            kind: kind.spec().name.to_owned(),
            id: record.id().map(WrittenId::of),
            fields: fields.collect(),
            edits: edits.collect(),
        }
    }

    pub(in crate::ledger) fn into_record(self) -> Result<Record, Error> {
        let kind = kind(&self.kind)?;
        let id = self.id.map(WrittenId::into_id).transpose()?;
        let mut record = Record::told(kind, id, BTreeMap::new());
        for (name, value) in self.fields {
            let name = field(kind, &name)?.name;
            let value = value.into_value()?;
            record.set(name, value, None).map_err(unreadable)?;
        }
        for (name, edit) in self.edits {
            let name = field(kind, &name)?.name;
            record.edit(name, edit.into_edit()?).map_err(unreadable)?;
        }
        Ok(record)
    }

    pub(super) fn is_whole(&self) -> bool {
        self.fields.values().all(WrittenValue::is_whole)
            && self.edits.values().all(WrittenEdit::is_whole)
            && self.id.as_ref().is_none_or(WrittenId::is_whole)
    }
}

/// A field by its name in the spec.
pub(super) fn field(kind: Kind, name: &str) -> Result<&'static Field, Error> {
    let spec = kind.spec();
    spec.field(name).ok_or_else(|| {
        Error::Unreadable(format!("a {} has no attribute `{name}`", spec.noun()))
    })
}

fn unreadable(error: impl std::fmt::Display) -> Error {
    Error::Unreadable(error.to_string())
}
