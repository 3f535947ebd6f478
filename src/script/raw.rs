//! Records as plain maps, as the server told them.
use rhai::{Array, Dynamic, Map};

use super::value::texts_of;
use crate::model::{Link, Record, Value};

/// All that was fetched: times as milliseconds since 1970, linked objects as maps, or as
/// their id where nothing else of them was fetched.
pub(super) fn map(record: &Record) -> Map {
    let mut map: Map = [("kind".into(), record.kind().spec().noun().into())].into();
    map.extend(record.iter().map(|(name, value)| (name.into(), raw(value))));
    map
}

fn raw(value: &Value) -> Dynamic {
    match value {
        Value::Null => Dynamic::UNIT,
        Value::Text(text) => text.clone().into(),
        Value::Flag(flag) => (*flag).into(),
        Value::Integer(number) => (*number).into(),
        Value::Time(time) => time.0.into(),
        Value::Bytes(bytes) => Dynamic::from_blob(bytes.clone()),
        Value::Texts(texts) => {
            texts.iter().cloned().map(Dynamic::from).collect::<Array>().into()
        }
        Value::Map(map) | Value::Properties(map) => {
            let pairs = map.iter().map(|(k, v)| (k.as_str().into(), texts_of(v)));
            Dynamic::from_map(pairs.collect())
        }
        Value::One(link) => linked(link),
        Value::Many(links) => links.iter().map(linked).collect::<Array>().into(),
    }
}

fn linked(link: &Link) -> Dynamic {
    match &link.record {
        Some(record) => Dynamic::from_map(map(record)),
        None => link.id.text().to_owned().into(),
    }
}
