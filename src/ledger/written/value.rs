use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Contents, WrittenId, WrittenRecord};
use crate::ledger::Error;
use crate::model::{FieldType, Id, Kind, Link, Record, Timestamp, Value};

/// What a field holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::ledger) enum WrittenValue {
    Null,
    Text(String),
    Flag(bool),
    Integer(i64),
    /// Milliseconds since 1970, UTC.
    Time(i64),
    Bytes(String),
    /// In place of the contents of a file.
    Hashed {
        length: usize,
        sha256: String,
    },
    Texts(Vec<String>),
    Map(BTreeMap<String, String>),
    Properties(BTreeMap<String, String>),
    One(WrittenLink),
    Many(Vec<WrittenLink>),
    /// In place of what is a secret.
    Secret,
}

/// Another object; one that lives inside is there as a whole.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::ledger) enum WrittenLink {
    To(WrittenId),
    /// With the identifier or code by which people know it.
    Named(WrittenId, String),
    Part(WrittenRecord),
}

impl WrittenValue {
    pub(super) fn of(value: &Value, ty: FieldType, contents: Contents) -> Self {
        let link = |link: &Link| WrittenLink::of(link, ty, contents);
        match value {
            Value::Null => Self::Null,
            Value::Text(text) => Self::Text(text.clone()),
            Value::Flag(flag) => Self::Flag(*flag),
            Value::Integer(number) => Self::Integer(*number),
            Value::Time(time) => Self::Time(time.0),
            Value::Bytes(bytes) => match contents {
                Contents::Kept => Self::Bytes(STANDARD.encode(bytes)),
                Contents::Hashed => hashed(bytes),
            },
            Value::Texts(texts) => Self::Texts(texts.clone()),
            Value::Map(texts) => Self::Map(texts.clone()),
            Value::Properties(texts) => Self::Properties(texts.clone()),
            Value::One(one) => Self::One(link(one)),
            Value::Many(links) => Self::Many(links.iter().map(link).collect()),
        }
    }

    pub(super) fn into_value(self) -> Result<Value, Error> {
        Ok(match self {
            Self::Null | Self::Hashed { .. } | Self::Secret => Value::Null,
            Self::Text(text) => Value::Text(text),
            Self::Flag(flag) => Value::Flag(flag),
            Self::Integer(number) => Value::Integer(number),
            Self::Time(time) => Value::Time(Timestamp(time)),
            Self::Bytes(text) => {
                let bytes = STANDARD.decode(text);
                Value::Bytes(bytes.map_err(|error| Error::Unreadable(error.to_string()))?)
            }
            Self::Texts(texts) => Value::Texts(texts),
            Self::Map(texts) => Value::Map(texts),
            Self::Properties(texts) => Value::Properties(texts),
            Self::One(link) => Value::One(link.into_link()?),
            Self::Many(links) => Value::Many(
                links
                    .into_iter()
                    .map(WrittenLink::into_link)
                    .collect::<Result<_, _>>()?,
            ),
        })
    }

    /// Whether nothing is left out.
    pub(super) fn is_whole(&self) -> bool {
        match self {
            Self::Hashed { .. } | Self::Secret => false,
            Self::One(link) => link.is_whole(),
            Self::Many(links) => links.iter().all(WrittenLink::is_whole),
            Self::Null
            | Self::Text(_)
            | Self::Flag(_)
            | Self::Integer(_)
            | Self::Time(_)
            | Self::Bytes(_)
            | Self::Texts(_)
            | Self::Map(_)
            | Self::Properties(_) => true,
        }
    }
}

impl WrittenLink {
    fn of(link: &Link, ty: FieldType, contents: Contents) -> Self {
        match (ty, &link.record) {
            (FieldType::Part(_) | FieldType::Parts(_), Some(part)) => {
                Self::Part(WrittenRecord::of(part, contents))
            }
            (_, record) => match record.as_deref().and_then(name) {
                Some(name) if name != link.id.text() => {
                    Self::Named(WrittenId::of(&link.id), name.to_owned())
                }
                Some(_) | None => Self::To(WrittenId::of(&link.id)),
            },
        }
    }

    fn into_link(self) -> Result<Link, Error> {
        Ok(match self {
            Self::To(id) => Link { id: id.into_id()?, record: None },
            Self::Named(id, name) => named(id.into_id()?, name),
            Self::Part(part) => Link::part(part.into_record()?),
        })
    }

    fn is_whole(&self) -> bool {
        match self {
            Self::To(id) | Self::Named(id, _) => id.is_whole(),
            Self::Part(part) => part.is_whole(),
        }
    }
}

/// The field by which people know an object.
fn naming(kind: Kind) -> Option<&'static str> {
    let spec = kind.spec();
    let field = ["identifier", "code"].into_iter().find_map(|name| spec.field(name));
    field.map(|field| field.name)
}

fn name(record: &Record) -> Option<&str> {
    record.text(naming(record.kind())?)
}

fn named(id: Id, name: String) -> Link {
    let values = naming(id.kind()).map(|field| (field, Value::Text(name)));
    let values = values.into_iter().collect();
    let record = Record::told(id.kind(), Some(id.clone()), values);
    Link { id, record: Some(Arc::new(record)) }
}

fn hashed(bytes: &[u8]) -> WrittenValue {
    WrittenValue::Hashed { length: bytes.len(), sha256: sha256(bytes) }
}

pub(in crate::ledger) fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
