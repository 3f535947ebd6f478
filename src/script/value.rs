//! Field values as scripts see and give them.
use rhai::{Array, Blob, Dynamic, INT, ImmutableString, Map};

use super::time::{Day, Moment};
use super::{Entity, ScriptError, Session, session};
use crate::model::{Edit, Field, FieldType, Id, Kind, Link, Timestamp, Value, several};

/// A field's value for scripts; properties have a view of their own.
pub(super) fn to_script(session: &Session, field: &Field, value: &Value) -> Dynamic {
    match value {
        Value::Null => empty(field),
        Value::Text(text) => Dynamic::from(text.clone()),
        Value::Flag(flag) => Dynamic::from(*flag),
        Value::Integer(number) => Dynamic::from(*number),
        Value::Time(time) => Dynamic::from(Moment::from(*time)),
        Value::Bytes(bytes) => Dynamic::from_blob(Blob::from(bytes.clone())),
        Value::Texts(texts) => {
            texts.iter().cloned().map(Dynamic::from).collect::<Array>().into()
        }
        Value::Map(map) | Value::Properties(map) => {
            let pairs = map.iter().map(|(k, v)| (k.as_str().into(), texts_of(v)));
            Dynamic::from_map(pairs.collect())
        }
        Value::One(link) => Dynamic::from(Entity::linked(session, link)),
        Value::Many(links) => {
            let tags = field.ty == FieldType::Many(Kind::Tag);
            let item = |link: &Link| match tags {
                true => Dynamic::from(tag_code(link)),
                false => Dynamic::from(Entity::linked(session, link)),
            };
            links.iter().map(item).collect::<Array>().into()
        }
    }
}

/// A stored text; a list where it stands for several values.
pub(super) fn texts_of(stored: &str) -> Dynamic {
    match several::is_several(stored) {
        true => several::each(stored)
            .map(|text| text.to_owned().into())
            .collect::<Array>()
            .into(),
        false => stored.to_owned().into(),
    }
}

/// What a field without a value gives.
pub(super) fn empty(field: &Field) -> Dynamic {
    match field.ty {
        FieldType::Many(_) | FieldType::Parts(_) | FieldType::Texts => {
            Dynamic::from_array(Array::new())
        }
        FieldType::Map => Dynamic::from_map(Map::new()),
        FieldType::Text
        | FieldType::Flag
        | FieldType::Integer
        | FieldType::Timestamp
        | FieldType::Choice(_)
        | FieldType::Bytes
        | FieldType::Properties
        | FieldType::One(_)
        | FieldType::Part(_) => Dynamic::UNIT,
    }
}

/// The label of a tag: of `/user/LABEL` what stands last.
fn tag_code(link: &Link) -> String {
    let code = link.record.as_ref().and_then(|record| record.text("code"));
    let text = link.id.text();
    code.unwrap_or_else(|| text.rsplit('/').next().unwrap_or(text)).to_owned()
}

/// What a script gave for a field, as value and as change.
pub(super) fn from_script(
    field: &'static Field,
    given: &Dynamic,
) -> Result<(Value, Edit), ScriptError> {
    if let FieldType::Many(kind) = field.ty {
        let links = links(kind, given)?;
        return Ok((Value::Many(links.clone()), Edit::Links(links)));
    }
    let value = if is_none(field, given) { Value::Null } else { plain(field, given)? };
    Ok((value.clone(), Edit::Set(value)))
}

/// Whether it takes the value away: `()`, and `""` for references.
fn is_none(field: &Field, given: &Dynamic) -> bool {
    let reference = field.ty.kind().is_some();
    given.is_unit() || reference && text(given).is_some_and(|text| text.is_empty())
}

fn plain(field: &'static Field, given: &Dynamic) -> Result<Value, ScriptError> {
    let wrong = || mismatch(field.name, expected(field.ty), given);
    match field.ty {
        FieldType::Text => text(given).map(Value::Text).ok_or_else(wrong),
        FieldType::Choice(words) => choice(field.name, words, given).map(Value::Text),
        FieldType::Flag => given.as_bool().map(Value::Flag).map_err(|_| wrong()),
        FieldType::Integer => given.as_int().map(Value::Integer).map_err(|_| wrong()),
        FieldType::Timestamp => moment(given)?
            .map(|time| Value::Time(Timestamp::from(time)))
            .ok_or_else(wrong),
        FieldType::Texts => texts(given).map(Value::Texts).ok_or_else(wrong),
        FieldType::Map => map(given).map(Value::Map).ok_or_else(wrong),
        FieldType::Bytes => {
            let blob = given.clone().into_blob();
            blob.map(Value::Bytes).map_err(|_| wrong())
        }
        FieldType::One(kind) => {
            let id = session::id_of(kind, given)?;
            Ok(Value::One(Link { id, record: None }))
        }
        FieldType::Properties
        | FieldType::Many(_)
        | FieldType::Part(_)
        | FieldType::Parts(_) => Err(wrong()),
    }
}

/// Objects that a script gave: one or a list, by name or as they are.
pub(super) fn links(kind: Kind, given: &Dynamic) -> Result<Vec<Link>, ScriptError> {
    let ids = ids(kind, given)?;
    Ok(ids.into_iter().map(|id| Link { id, record: None }).collect())
}

/// The objects that a script gave: one or a list, or what a search found.
pub(super) fn entities(given: &Dynamic) -> Result<Vec<Entity>, ScriptError> {
    if let Some(results) = given.read_lock::<super::Results>() {
        return results.to_vec();
    }
    if let Some(items) = given.read_lock::<Array>() {
        let lists: Result<Vec<_>, _> = items.iter().map(entities).collect();
        return Ok(lists?.concat());
    }
    let entity = given.read_lock::<Entity>().map(|entity| vec![entity.clone()]);
    entity.ok_or_else(|| mismatch("records", "objects", given))
}

/// What a script gave as a list: what a search found, or one alone, becomes one.
pub(super) fn list(given: &Dynamic) -> Result<Array, ScriptError> {
    if let Some(results) = given.read_lock::<super::Results>() {
        return Ok(results.to_vec()?.into_iter().map(Dynamic::from).collect());
    }
    let items = given.read_lock::<Array>().map(|items| items.clone());
    Ok(items.unwrap_or_else(|| vec![given.clone()]))
}

/// The ids of what a script gave: one or a list, by name, as objects, as what a search found.
pub(super) fn ids(kind: Kind, given: &Dynamic) -> Result<Vec<Id>, ScriptError> {
    if given.is_unit() {
        return Ok(Vec::new());
    }
    if let Some(results) = given.read_lock::<super::Results>() {
        return results.ids();
    }
    if let Some(items) = given.read_lock::<Array>() {
        return items.iter().map(|item| one_id(kind, item)).collect();
    }
    Ok(vec![one_id(kind, given)?])
}

fn one_id(kind: Kind, given: &Dynamic) -> Result<Id, ScriptError> {
    match (kind, text(given)) {
        // The server makes unknown tags from their code, so a bare text is one.
        (Kind::Tag, Some(code)) if !code.starts_with('/') && !code.trim().is_empty() => {
            let form = Kind::Tag.spec().ids[1];
            Ok(Id::told(Kind::Tag, form, code.trim()))
        }
        (kind, _) => session::id_of(kind, given),
    }
}

/// A moment, a day or a text that says one; `None` when it is neither.
pub(super) fn moment(given: &Dynamic) -> Result<Option<Moment>, ScriptError> {
    if let Some(moment) = given.read_lock::<Moment>() {
        return Ok(Some(*moment));
    }
    if let Some(day) = given.read_lock::<Day>() {
        return Ok(Some(Moment::from(*day)));
    }
    text(given).map(|text| Moment::read(&text)).transpose()
}

fn choice(name: &str, words: &[&str], given: &Dynamic) -> Result<String, ScriptError> {
    let word = text(given).unwrap_or_default().to_uppercase();
    if words.contains(&word.as_str()) {
        return Ok(word);
    }
    let error = ScriptError::invalid(format!("`{name}` takes no `{given}`"));
    Err(error.hint(format!("one of {}", words.join(", "))))
}

fn texts(given: &Dynamic) -> Option<Vec<String>> {
    if let Some(items) = given.read_lock::<Array>() {
        return items.iter().map(text).collect();
    }
    text(given).map(|text| vec![text])
}

fn map(given: &Dynamic) -> Option<std::collections::BTreeMap<String, String>> {
    let map = given.read_lock::<Map>()?;
    map.iter().map(|(key, value)| Some((key.to_string(), text(value)?))).collect()
}

/// The text, where it is one.
pub(super) fn text(given: &Dynamic) -> Option<String> {
    given.read_lock::<ImmutableString>().map(|text| text.to_string())
}

fn expected(ty: FieldType) -> &'static str {
    match ty {
        FieldType::Text | FieldType::Choice(_) => "a text",
        FieldType::Flag => "`true` or `false`",
        FieldType::Integer => "a whole number",
        FieldType::Timestamp => "a time",
        FieldType::Texts => "a list of texts",
        FieldType::Map | FieldType::Properties => "a map",
        FieldType::Bytes => "bytes",
        FieldType::One(_) | FieldType::Part(_) => "an object",
        FieldType::Many(_) | FieldType::Parts(_) => "a list of objects",
    }
}

/// The refusal of a value that is of the wrong sort.
pub(super) fn mismatch(name: &str, expected: &str, given: &Dynamic) -> ScriptError {
    ScriptError::invalid(format!("`{name}` takes {expected}, not {}", noun(given)))
}

/// What a value is, for messages.
pub(super) fn noun(given: &Dynamic) -> String {
    if let Some(text) = text(given) {
        return format!("the text `{text}`");
    }
    if given.is_unit() {
        return "nothing".to_owned();
    }
    if given.is_array() {
        return "a list".to_owned();
    }
    if given.is_map() {
        return "a map".to_owned();
    }
    if given.is_int() || given.is_float() {
        return format!("the number {given}");
    }
    if given.is_bool() {
        return format!("`{given}`");
    }
    if let Some(entity) = given.read_lock::<Entity>() {
        return format!("the {} `{}`", called(entity.kind()), entity.label());
    }
    match given.type_name().rsplit("::").next() {
        Some("Moment") => "a time".to_owned(),
        Some("Day") => "a date".to_owned(),
        Some(name) => format!("a {}", name.to_lowercase()),
        None => "that".to_owned(),
    }
}

/// What people call one of a kind: `sample type`.
pub(super) fn called(kind: Kind) -> String {
    kind.spec().noun().replace('_', " ")
}

/// One of a kind, with the article: `an experiment`.
pub(super) fn a(kind: Kind) -> String {
    let noun = called(kind);
    let article = if noun.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// The one option that a function knows, a flag; others are an error that names it.
pub(super) fn flag(options: &Map, name: &str, usual: bool) -> Result<bool, ScriptError> {
    if let Some(other) = options.keys().find(|key| key.as_str() != name) {
        let message = format!("there is no option `{other}`");
        return Err(ScriptError::invalid(message).hint(format!("there is `{name}`")));
    }
    let Some(given) = options.get(name) else { return Ok(usual) };
    given.as_bool().map_err(|_| mismatch(name, "`true` or `false`", given))
}

/// A number that scripts can count with.
pub(super) fn count(number: u64) -> INT {
    INT::try_from(number).unwrap_or(INT::MAX)
}
