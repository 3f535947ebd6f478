//! What the server tells of an object besides: its history, and parts that are no records.
use rhai::{Array, Dynamic, Map};

use super::services::map;
use super::{Entity, ScriptError, calling, value};
use crate::model::{Kind, Verb};
use crate::wire::names;

/// Parts of objects that come as maps: of which kind, their name, what they bring along.
const PARTS: &[(Kind, &str, &[&str])] = &[
    (Kind::DataSet, "linkedData", &["externalDms"]),
    (Kind::Deletion, "deletedObjects", &[]),
    (
        Kind::OperationExecution,
        "summary",
        &["operations", "progress", "error", "results"],
    ),
    (
        Kind::OperationExecution,
        "details",
        &["operations", "progress", "error", "results"],
    ),
    (Kind::Person, "webAppSettings", &[]),
];

/// The parts of a kind that come as maps.
pub(super) fn parts(kind: Kind) -> impl Iterator<Item = &'static str> {
    PARTS.iter().filter(move |row| row.0 == kind).map(|row| row.1)
}

/// One of these parts; `()` where the object has none.
pub(super) fn part(of: &Entity, name: &str) -> Result<Dynamic, ScriptError> {
    let row = PARTS.iter().find(|row| row.0 == of.kind() && row.1 == name);
    let along = row.map_or(&[][..], |row| row.2);
    let inner: Map = along.iter().map(|name| ((*name).into(), true.into())).collect();
    let told = told(of, map([(name, inner.into())]))?;
    Ok(told.get(name).cloned().unwrap_or_default())
}

/// What became of an object: of everything, or of its `properties`, `parents`, `space` ….
pub(super) fn history(of: &Entity, what: Option<&str>) -> Result<Array, ScriptError> {
    let name = match what {
        None => "history".to_owned(),
        Some(what) => format!("{}History", what.trim_end_matches("History")),
    };
    let with_author = map([("author", true.into())]);
    let told = told(of, map([(name.as_str(), with_author)]))?;
    let entries = told.get(name.as_str()).cloned().unwrap_or_default();
    let entries = entries.try_cast::<Array>().unwrap_or_default();
    Ok(entries
        .into_iter()
        .filter_map(Dynamic::try_cast::<Map>)
        .map(|told| entry(&told))
        .collect())
}

/// An entry with names that tell what it is.
fn entry(told: &Map) -> Dynamic {
    let get = |name: &str| told.get(name).cloned().unwrap_or_default();
    let author = get("author").try_cast::<Map>();
    let author = author.and_then(|map| map.get("userId").cloned()).unwrap_or_default();
    let (what, name, value) = if told.contains_key("propertyName") {
        ("property", get("propertyName"), get("propertyValue"))
    } else if told.contains_key("relationType") {
        ("relation", get("relationType"), get("relatedObjectId"))
    } else {
        ("content_copy", get("externalCode"), get("path"))
    };
    map([
        ("what", what.into()),
        ("name", name),
        ("value", value),
        ("validFrom", get("validFrom")),
        ("validTo", get("validTo")),
        ("author", author),
    ])
}

/// The object as a map, with what these fetch options ask for.
fn told(of: &Entity, fetch: Dynamic) -> Result<Map, ScriptError> {
    let (kind, id, session) = (of.kind(), of.id()?, of.session());
    if kind.spec().offers(Verb::Get) {
        let method = names::method(kind.spec(), Verb::Get);
        let ids: Array = vec![Dynamic::from(of.clone())];
        let told = calling::call_plainly(session, &method, &[ids.into(), fetch])?;
        let told = told.try_cast::<Map>().unwrap_or_default().into_values().next();
        return told
            .and_then(Dynamic::try_cast::<Map>)
            .ok_or_else(|| session.missing(kind, id.text()));
    }
    let method = names::method(kind.spec(), Verb::Search);
    let params = [Dynamic::from_map(Map::new()), fetch];
    let found = super::services::objects(session, &method, &params)?;
    let mut maps = found.into_iter().filter_map(Dynamic::try_cast::<Map>);
    let own = maps.find(|map| {
        let told = ["id", "permId"].iter().find_map(|name| map.get(*name));
        told.is_some_and(|told| is_id(told, id.text()))
    });
    own.ok_or_else(|| session.missing(kind, id.text()))
}

fn is_id(told: &Dynamic, text: &str) -> bool {
    value::text(told).as_deref() == Some(text)
}
