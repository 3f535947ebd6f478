//! What a field of a record holds, from what stands in the answer.
use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Untyped;
use super::reading::{Object, completed, link};
use super::visit::Any;
use crate::model::{FieldType, Link, Timestamp, Value, several};

/// The value of a field; what cannot be one is an error.
pub(super) fn value(at: Any<'_>, ty: FieldType, found: Untyped) -> Result<Value, String> {
    if found == Untyped::Null {
        return Ok(Value::Null);
    }
    match ty {
        FieldType::Text | FieldType::Choice(_) => text(at, found).map(Value::Text),
        FieldType::Flag => flag(&found),
        FieldType::Integer => integer(&found).map(Value::Integer),
        FieldType::Timestamp => integer(&found).map(|ms| Value::Time(Timestamp(ms))),
        FieldType::Texts => list(found)?
            .into_iter()
            .map(plain)
            .collect::<Result<_, _>>()
            .map(Value::Texts),
        FieldType::Map => members(found).map(Value::Map),
        FieldType::Properties => properties(found).map(Value::Properties),
        FieldType::Bytes => {
            let text = plain(found)?;
            STANDARD.decode(text).map(Value::Bytes).map_err(|error| error.to_string())
        }
        FieldType::One(_) | FieldType::Part(_) => {
            Ok(to_link(at, found)?.map_or(Value::Null, Value::One))
        }
        FieldType::Many(_) | FieldType::Parts(_) => {
            let links = list(found)?.into_iter().map(|item| to_link(at, item));
            let links: Vec<Option<Link>> = links.collect::<Result<_, _>>()?;
            Ok(Value::Many(links.into_iter().flatten().collect()))
        }
    }
}

/// The record that stands here, or that is referred to.
pub(super) fn to_link(at: Any<'_>, found: Untyped) -> Result<Option<Link>, String> {
    match found {
        Untyped::Null => Ok(None),
        Untyped::Record(record) => Ok(Some(link(record))),
        Untyped::Id(id) => Ok(Some(Link { id, record: None })),
        Untyped::Integer(number) => Ok(match at.reading.find(number) {
            None | Some(Object::Other(_)) => None,
            Some(Object::Record(record)) => Some(link(completed(record, at.fetch))),
            Some(Object::Stub(record)) => Some(link(record)),
            Some(Object::Id(id)) => Some(Link { id, record: None }),
        }),
        other => Err(wrong("an object", &other)),
    }
}

/// A text, or the text of an id that stands here or is referred to.
fn text(at: Any<'_>, found: Untyped) -> Result<String, String> {
    if let Untyped::Integer(number) = found
        && let Some(Object::Id(id)) = at.reading.find(number)
    {
        return Ok(id.to_string());
    }
    match found {
        Untyped::Id(id) => Ok(id.to_string()),
        other => plain(other),
    }
}

fn plain(found: Untyped) -> Result<String, String> {
    let noun = found.noun();
    found.into_text().ok_or_else(|| format!("{noun} where a text should be"))
}

fn flag(found: &Untyped) -> Result<Value, String> {
    match found {
        Untyped::Flag(flag) => Ok(Value::Flag(*flag)),
        other => Err(wrong("a flag", other)),
    }
}

fn integer(found: &Untyped) -> Result<i64, String> {
    let number = match found {
        Untyped::Integer(number) => Some(*number),
        other => other.as_text().and_then(|text| text.parse().ok()),
    };
    number.ok_or_else(|| wrong("a whole number", found))
}

fn list(found: Untyped) -> Result<Vec<Untyped>, String> {
    match found {
        Untyped::List(items) => Ok(items),
        other => Err(wrong("a list", &other)),
    }
}

/// Texts by text; nulls are left out.
fn members(found: Untyped) -> Result<BTreeMap<String, String>, String> {
    texts(found, Untyped::into_text)
}

/// Values by code; newer servers have lists among them.
fn properties(found: Untyped) -> Result<BTreeMap<String, String>, String> {
    texts(found, |value| match value {
        Untyped::List(items) => Some(several::joined(items.into_iter().filter_map(item))),
        other => other.into_text(),
    })
}

/// One of several values, which may be a list itself.
fn item(value: Untyped) -> Option<String> {
    let Untyped::List(parts) = value else { return value.into_text() };
    let escaped = |part: String| part.replace("\\,", ",").replace(',', "\\,");
    let parts = parts.into_iter().filter_map(Untyped::into_text).map(escaped);
    let parts: Vec<String> = parts.collect();
    Some(format!("[{}]", parts.join(", ")))
}

fn texts(
    found: Untyped,
    read: impl Fn(Untyped) -> Option<String>,
) -> Result<BTreeMap<String, String>, String> {
    let Untyped::Map(members) = found else { return Err(wrong("a map", &found)) };
    let texts = members.into_iter();
    Ok(texts.filter_map(|(key, value)| Some((key, read(value)?))).collect())
}

fn wrong(expected: &str, found: &Untyped) -> String {
    format!("{} where {expected} should be", found.noun())
}
