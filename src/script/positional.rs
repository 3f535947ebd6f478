//! What pyBIS takes by position: the names of the arguments.
use rhai::{Array, Dynamic, INT, Map};

use super::{Entity, ScriptError, value};
use crate::model::{Id, Kind};

/// When an object is made.
const MADE: &[(Kind, &[&str])] = &[
    (Kind::Space, &["code", "description"]),
    (Kind::Project, &["space", "code", "description"]),
    (Kind::Experiment, &["type", "code", "project", "props"]),
    (Kind::Sample, &["type", "project", "props"]),
    (Kind::DataSet, &["type", "kind"]),
    (Kind::Tag, &["code", "description"]),
    (Kind::SampleType, &["code", "generatedCodePrefix"]),
    (Kind::ExperimentType, &["code", "description"]),
    (Kind::DataSetType, &["code", "description"]),
    (Kind::PropertyType, &["code", "label", "description", "dataType"]),
    (Kind::Vocabulary, &["code", "terms"]),
    (Kind::VocabularyTerm, &["code", "vocabulary", "label", "description"]),
    (Kind::Person, &["userId", "space"]),
    (Kind::AuthorizationGroup, &["code", "description"]),
    (Kind::Plugin, &["name", "pluginType"]),
    (Kind::MaterialType, &["code", "description"]),
    (Kind::Material, &["type", "code", "props"]),
    (Kind::Query, &["name", "queryType", "sql"]),
    (Kind::ExternalDms, &["code", "label", "address", "addressType"]),
];

/// When objects are looked for; the code first where nothing else stands here.
const SOUGHT: &[(Kind, &[&str])] = &[
    (Kind::Project, &["space", "code", "start_with", "count"]),
    (Kind::Experiment, &["code", "permId", "type", "space"]),
    (Kind::Sample, &["identifier", "code", "permId", "space"]),
    (Kind::DataSet, &["permId", "code", "type", "withParents"]),
    (Kind::VocabularyTerm, &["vocabulary", "start_with", "count"]),
    (Kind::PersonalAccessToken, &["sessionName", "start_with", "count", "save_to_disk"]),
    (Kind::Person, &["userId", "start_with", "count"]),
];

const BY_CODE: &[&str] = &["code", "start_with", "count"];
const BY_PAGE: &[&str] = &["start_with", "count"];

fn row(
    table: &[(Kind, &'static [&'static str])],
    kind: Kind,
) -> Option<&'static [&'static str]> {
    table.iter().find(|row| row.0 == kind).map(|row| row.1)
}

/// Names the arguments of a new object, of which some values are known: their positions are
/// passed over.
pub(super) fn made(kind: Kind, args: Array, values: &mut Map) -> Result<(), ScriptError> {
    let names = row(MADE, kind).unwrap_or_default().iter().copied();
    let names: Vec<&str> = names.filter(|name| !values.contains_key(*name)).collect();
    named(&format!("new_{}", kind.spec().noun()), &names, args, values)
}

/// Names the arguments of a search.
pub(super) fn sought(kind: Kind, args: Array) -> Result<Map, ScriptError> {
    if let Some(odd) = args.iter().find(|given| !can_be_sought(given)) {
        return Err(value::mismatch("search", "a map", odd));
    }
    let mut names = row(SOUGHT, kind).unwrap_or(BY_CODE).to_vec();
    match args.first() {
        Some(first) if first.is::<INT>() => names = BY_PAGE.to_vec(),
        Some(first) => {
            if let Some(name) = told(kind, first) {
                names[0] = name;
            }
        }
        None => {}
    }
    let mut values = Map::new();
    named(&format!("get_{}", kind.spec().nouns()), &names, args, &mut values)?;
    Ok(values)
}

fn can_be_sought(given: &Dynamic) -> bool {
    let whole = given.is::<INT>() || given.is_bool() || given.is_unit();
    whole
        || given.is_array()
        || given.is_map()
        || given.is::<Entity>()
        || value::text(given).is_some()
}

/// What a first argument is by its looks, where that is not what pyBIS takes first.
fn told(kind: Kind, first: &Dynamic) -> Option<&'static str> {
    let text = value::text(first)?;
    let identified = kind.spec().field("identifier").is_some();
    match kind {
        _ if identified && text.contains('/') => Some("identifier"),
        Kind::Sample if Id::parse(kind, &text).is_ok() => Some("permId"),
        Kind::Sample => Some("code"),
        _ => None,
    }
}

/// Puts arguments under their names; a map may be the last of them, and `()` is none.
fn named(
    function: &str,
    names: &[&str],
    args: Array,
    values: &mut Map,
) -> Result<(), ScriptError> {
    let last = args.len().saturating_sub(1);
    for (place, given) in args.into_iter().enumerate() {
        if place == last
            && let Some(map) = given.read_lock::<Map>()
        {
            values.extend(map.clone());
            continue;
        }
        let Some(name) = names.get(place) else {
            let message = format!("`{function}` takes no {}. argument", place + 1);
            let hint = "give the others as a map, last";
            return Err(ScriptError::invalid(message).hint(hint));
        };
        if !given.is_unit() {
            values.insert((*name).into(), given);
        }
    }
    Ok(())
}
