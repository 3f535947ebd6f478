//! What runs on the server: services, queries, plugins.
use rhai::{Array, Dynamic, INT, Map};

use super::report::{Cell, Table};
use super::{
    Entity, ErrorKind, ScriptError, Session, attributes, calling, nearest, value,
};
use crate::model::{Criteria, Fetch, Kind};

/// A map from names and values.
pub(super) fn map<const N: usize>(members: [(&str, Dynamic); N]) -> Dynamic {
    let members = members.into_iter().map(|(name, value)| (name.into(), value));
    Dynamic::from_map(members.collect())
}

/// Runs a service of the application server.
pub(super) fn custom(
    session: &Session,
    code: &str,
    parameters: Map,
) -> Result<Dynamic, ScriptError> {
    let options = map([("parameters", parameters.into())]);
    calling::call_plainly(session, "executeCustomASService", &[code.into(), options])
}

/// Runs a service of the data store server.
pub(super) fn custom_dss(
    session: &Session,
    code: &str,
    parameters: Map,
) -> Result<Dynamic, ScriptError> {
    let options = map([("parameters", parameters.into())]);
    calling::call_plainly(session, "executeCustomDSSService", &[code.into(), options])
}

/// The number of the next object of a type, as the notebook counts.
pub(super) fn next_sequence(of: &Entity) -> Result<INT, ScriptError> {
    if of.kind() != Kind::SampleType {
        let message = format!("{} has no sequence", value::a(of.kind()));
        return Err(ScriptError::invalid(message));
    }
    let parameters = [
        ("method".into(), "getNextSequenceForType".into()),
        ("sampleTypeCode".into(), of.label().into()),
    ];
    let options = map([("parameters", Map::from(parameters).into())]);
    let asked = [NOTEBOOK.into(), options];
    let next = calling::ask_plainly(of.session(), "executeCustomASService", &asked);
    let next = next.map_err(no_notebook)?;
    let number = next.as_int().ok().or_else(|| value::text(&next)?.parse().ok());
    number.ok_or_else(|| ScriptError::invalid("the notebook's service gave no number"))
}

/// The service of the electronic lab notebook.
const NOTEBOOK: &str = "as-eln-lims-api";

/// A server without a notebook does not know its service.
fn no_notebook(error: ScriptError) -> ScriptError {
    if error.kind != ErrorKind::NotFound {
        return error;
    }
    let message = "this openBIS has no electronic lab notebook to count codes";
    let error = ScriptError::not_found(message);
    let error = error.hint(format!("it lacks the service `{NOTEBOOK}`"));
    error.hint("`o.gen_code(\"sample\")` asks openBIS itself")
}

/// A service of a data store by its name: `NAME`, or `STORE:NAME`.
pub(super) fn of_store(session: &Session, name: &str) -> Result<Dynamic, ScriptError> {
    let (store, name) = match name.split_once(':') {
        Some((store, name)) => (store.to_owned(), name),
        None => (first_store(session)?, name),
    };
    let store = map([("@type", "DataStorePermId".into()), ("permId", store.into())]);
    Ok(map([("permId", name.into()), ("dataStoreId", store)]))
}

pub(super) fn first_store(session: &Session) -> Result<String, ScriptError> {
    let criteria = Criteria::all(Kind::DataStore);
    let found = session.client().search(&criteria, &Fetch::plain(Kind::DataStore))?;
    let code = found.records.first().and_then(|record| record.text("code"));
    code.map(str::to_owned)
        .ok_or_else(|| ScriptError::not_found("this openBIS has no data store"))
}

/// The answer of a method that gives a table.
pub(super) fn table(
    session: &Session,
    method: &str,
    params: &[Dynamic],
) -> Result<Table, ScriptError> {
    let answer = calling::call_plainly(session, method, params)?;
    let member = |name: &str| -> Array {
        let map = answer.read_lock::<Map>();
        let items = map.and_then(|map| map.get(name).cloned());
        items.and_then(Dynamic::try_cast::<Array>).unwrap_or_default()
    };
    let inner = |item: &Dynamic, name: &str| -> Dynamic {
        let map = item.read_lock::<Map>();
        map.and_then(|map| map.get(name).cloned()).unwrap_or_default()
    };
    let columns =
        member("columns").iter().map(|c| inner(c, "title").to_string()).collect();
    let row = |row: Dynamic| -> Vec<Cell> {
        let cells = row.try_cast::<Array>().unwrap_or_default();
        cells.iter().map(|cell| Cell::of(&inner(cell, "value"))).collect()
    };
    Ok(Table { columns, rows: member("rows").into_iter().map(row).collect() })
}

/// The options of a call: those that are known, with their names as the interface has them.
pub(super) fn options(given: Map, known: &[(&str, &str)]) -> Result<Map, ScriptError> {
    given
        .into_iter()
        .map(|(name, value)| {
            let row = known.iter().find(|row| row.0 == name.as_str());
            row.map(|(_, own)| ((*own).into(), value)).ok_or_else(|| {
                let names: Vec<&str> = known.iter().map(|row| row.0).collect();
                let error = ScriptError::invalid(format!("there is no option `{name}`"));
                let hint = nearest::hint(&name, &names);
                hint.into_iter().fold(error, ScriptError::hint)
            })
        })
        .collect()
}

/// What a plugin makes of an object: a value, or `()` where a validation finds no fault.
pub(super) fn evaluate(
    session: &Session,
    plugin: &Dynamic,
    given: Map,
) -> Result<Dynamic, ScriptError> {
    let mut options = options(
        given,
        &[("object", "objectId"), ("is_new", "isNew"), ("script", "pluginScript")],
    )?;
    let found = super::asking::get(session, Kind::Plugin, plugin)?.cast::<Entity>();
    let plugin_type = attributes::get(&found, "pluginType")?.to_string();
    let (class, result) = match plugin_type.as_str() {
        "DYNAMIC_PROPERTY" => ("DynamicPropertyPluginEvaluationOptions", "value"),
        "ENTITY_VALIDATION" => ("EntityValidationPluginEvaluationOptions", "error"),
        other => {
            let message = format!("a plugin of type {other} cannot be evaluated");
            return Err(ScriptError::invalid(message));
        }
    };
    options.insert("@type".into(), class.into());
    options.insert("pluginId".into(), Dynamic::from(found));
    let answer = calling::call_plainly(session, "evaluatePlugin", &[options.into()])?;
    let map = answer.read_lock::<Map>();
    Ok(map.and_then(|map| map.get(result).cloned()).unwrap_or_default())
}

/// What one may do with objects: by permId, the words of the server.
pub(super) fn rights(session: &Session, of: Dynamic) -> Result<Map, ScriptError> {
    let told = calling::call_plainly(session, "getRights", &[of])?;
    let told = told.try_cast::<Map>().unwrap_or_default();
    let words = told.into_iter().map(|(name, rights)| {
        let map = rights.try_cast::<Map>().unwrap_or_default();
        (name, map.get("rights").cloned().unwrap_or_default())
    });
    Ok(words.collect())
}

/// What contains these words: maps with `objectKind`, `objectPermId`, `match`, `score`.
pub(super) fn globally(
    session: &Session,
    words: &str,
    given: Map,
) -> Result<Array, ScriptError> {
    let known = [("count", "count"), ("start_with", "from"), ("kinds", "kinds")];
    let mut fetch = options(given, &known)?;
    let text = map([("@type", "StringContainsValue".into()), ("value", words.into())]);
    let criterion =
        map([("@type", "GlobalSearchTextCriteria".into()), ("fieldValue", text)]);
    let mut criteria: Array = vec![criterion];
    if let Some(kinds) = fetch.remove("kinds") {
        criteria.push(map([
            ("@type", "GlobalSearchObjectKindCriteria".into()),
            ("objectKinds", kinds),
        ]));
    }
    fetch.insert("match".into(), true.into());
    let criteria = map([("criteria", criteria.into())]);
    objects(session, "searchGlobally", &[criteria, fetch.into()])
}

/// The objects of a search by method, as maps.
pub(super) fn objects(
    session: &Session,
    method: &str,
    params: &[Dynamic],
) -> Result<Array, ScriptError> {
    let answer = calling::call_plainly(session, method, params)?;
    let found = answer.try_cast::<Map>().and_then(|mut map| map.remove("objects"));
    found.and_then(Dynamic::try_cast::<Array>).ok_or_else(|| {
        ScriptError::new(ErrorKind::Refused, format!("`{method}` gave no objects"))
    })
}
