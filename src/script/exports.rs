//! Exports as spreadsheets.
use rhai::{Array, Dynamic, Map};

use super::crates::{flag, wanted};
use super::files::Part;
use super::services::map;
use super::{ErrorKind, Level, ScriptError, Session, calling, nearest, value};

/// The options: their names here and there.
const OPTIONS: &[(&str, &str)] = &[
    ("zip", "zipSingleFiles"),
    ("with_referred_types", "withReferredTypes"),
    ("import_compatible", "withImportCompatibility"),
    ("with_levels_above", "withLevelsAbove"),
    ("with_levels_below", "withLevelsBelow"),
    ("with_parents", "withObjectsAndDataSetsParents"),
    ("with_children", "withObjectsAndDataSetsChildren"),
    ("with_other_spaces", "withObjectsAndDataSetsOtherSpaces"),
];

/// Exports these objects into a file below the working folder; where it is.
pub(super) fn sheet(
    session: &Session,
    objects: &Array,
    (path, options): (&str, &Map),
) -> Result<String, ScriptError> {
    let names: Vec<&str> = OPTIONS.iter().map(|row| row.0).collect();
    if let Some(name) = options.keys().find(|name| !names.contains(&name.as_str())) {
        let error = ScriptError::invalid(format!("`export_xlsx` has no option `{name}`"));
        let hint = nearest::hint(name, &names);
        return Err(hint.into_iter().fold(error, ScriptError::hint));
    }
    if objects.is_empty() {
        return Err(ScriptError::invalid("there is nothing to export"));
    }
    let part = Part::begin(session.host(), path)?;
    let answer = asked(session, objects, options)?;
    let answer = answer.read_lock::<Map>().map(|map| map.clone()).unwrap_or_default();
    for warning in answer.get("warnings").and_then(list).unwrap_or_default() {
        session.host().console.say(Level::Warning, &warning.to_string());
    }
    let Some(address) = answer.get("downloadURL").and_then(value::text) else {
        return Err(ScriptError::new(ErrorKind::Refused, "openBIS made no file"));
    };
    part.fill(&mut session.client().fetch(&address)?.body, "export")
}

fn list(given: &Dynamic) -> Option<Array> {
    given.clone().try_cast::<Array>()
}

fn asked(
    session: &Session,
    objects: &Array,
    options: &Map,
) -> Result<Dynamic, ScriptError> {
    let ids = objects.iter().map(|object| {
        let one = wanted(object)?;
        let kind = ("exportableKind", Dynamic::from(one.kind));
        Ok(map([kind, ("permId", one.perm_id.into())]))
    });
    let ids: Array = ids.collect::<Result<_, ScriptError>>()?;
    let all = map([("@type", "AllFields".into())]);
    let data = map([("permIds", ids.into()), ("fields", all)]);
    let mut asked: Map = [
        ("formats".into(), vec![Dynamic::from("XLSX")].into()),
        ("xlsTextFormat".into(), "PLAIN".into()),
    ]
    .into();
    for (name, field) in OPTIONS {
        asked.insert((*field).into(), flag(options, name, false)?.into());
    }
    calling::call_plainly(session, "executeExport", &[data, asked.into()])
}
