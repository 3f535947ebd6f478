use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value as Json, json};

use super::{ids, update};
use crate::model::{Edit, Field, FieldType, Link, Record, Value, Verb, several};
use crate::wire::names;

/// A creation of what the record holds.
pub(super) fn creation(record: &Record) -> Json {
    let spec = record.kind().spec();
    let mut creation = Map::new();
    creation.insert("@type".into(), names::dto(spec, Verb::Create).into());
    if let Some(id) =
        record.id().filter(|id| id.is_creation() && names::has_creation_id(spec))
    {
        creation.insert("creationId".into(), ids::id(id));
    }
    for field in spec.fields.iter().filter(|field| field.on_create) {
        if let Some(value) = wanted(record, field) {
            creation.insert(names::sent(field), self::value(field, &value));
        }
    }
    creation.into()
}

/// What a new record shall hold in a field; nothing where nothing was said.
fn wanted<'r>(record: &'r Record, field: &Field) -> Option<Cow<'r, Value>> {
    let value = record.get(field.name).ok().flatten();
    if let Some(value) = value.filter(|value| **value != Value::Null) {
        return Some(Cow::Borrowed(value));
    }
    let links = |links: &[Link]| Some(Cow::Owned(Value::Many(links.to_vec())));
    match record.edits().get(field.name)? {
        Edit::Set(Value::Null) => None,
        Edit::Set(value) => Some(Cow::Borrowed(value)),
        Edit::Properties(edits) => {
            let given =
                edits.iter().filter_map(|(key, value)| Some((key, value.as_ref()?)));
            let given = given.map(|(key, value)| (key.clone(), value.clone())).collect();
            Some(Cow::Owned(if field.ty == FieldType::Map {
                Value::Map(given)
            } else {
                Value::Properties(given)
            }))
        }
        Edit::Links(all) => links(all),
        Edit::AddRemove { add, .. } => links(add),
        Edit::Parts { add, .. } => {
            let parts: Vec<Link> = add.iter().cloned().map(Link::part).collect();
            Some(Cow::Owned(Value::Many(parts)))
        }
    }
}

/// A value as it is sent in this field.
pub(super) fn value(field: &Field, value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Text(text) => json!(text),
        Value::Flag(flag) => json!(flag),
        Value::Integer(number) => json!(number),
        Value::Time(time) => json!(time.0),
        Value::Bytes(bytes) => json!(STANDARD.encode(bytes)),
        Value::Texts(texts) => json!(texts),
        Value::Map(texts) => json!(texts),
        Value::Properties(texts) => {
            let values = texts.iter().map(|(code, text)| (code.clone(), property(text)));
            values.collect::<Map<_, _>>().into()
        }
        Value::One(link) => match (field.ty, &link.record) {
            (FieldType::Part(_), Some(part)) => update::part(part),
            _ => ids::id(&link.id),
        },
        Value::Many(links) => links.iter().map(|link| item(field, link)).collect(),
    }
}

/// The value of a property: a list where there are several.
pub(super) fn property(text: &str) -> Json {
    match several::is_several(text) {
        true => several::each(text).collect(),
        false => json!(text),
    }
}

/// An item of a list: what lives inside is sent whole, everything else by its id.
fn item(field: &Field, link: &Link) -> Json {
    match (field.ty, &link.record) {
        (FieldType::Parts(_), Some(part)) => creation(part),
        _ => ids::id(&link.id),
    }
}
