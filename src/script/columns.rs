//! What of objects is shown in a table.
use rhai::Dynamic;

use super::properties::Props;
use super::report::{Cell, Table};
use super::time::{Day, Moment};
use super::{Entity, Results, ScriptError, Session, attributes, value};
use crate::model::{FieldType, Kind};

/// Columns of the kinds that people look at most.
const COLUMNS: &[(Kind, &[&str])] = &[
    (
        Kind::Sample,
        &[
            "identifier",
            "permId",
            "type",
            "registrator",
            "registrationDate",
            "modifier",
            "modificationDate",
        ],
    ),
    (
        Kind::Experiment,
        &[
            "identifier",
            "permId",
            "type",
            "registrator",
            "registrationDate",
            "modifier",
            "modificationDate",
        ],
    ),
    (
        Kind::DataSet,
        &[
            "permId",
            "type",
            "experiment",
            "sample",
            "registrationDate",
            "modificationDate",
            "location",
            "status",
            "presentInArchive",
            "size",
        ],
    ),
];

/// The columns of a kind when nothing else is said.
fn usual(kind: Kind) -> Vec<String> {
    if let Some((_, names)) = COLUMNS.iter().find(|row| row.0 == kind) {
        return names.iter().map(|name| (*name).to_owned()).collect();
    }
    let fields = kind.spec().fields.iter().filter(|field| {
        let plain = !matches!(field.ty, FieldType::Map | FieldType::Bytes);
        let secret =
            kind == Kind::PersonalAccessToken && matches!(field.name, "permId" | "hash");
        plain
            && !secret
            && !field.asked
            && !field.sent_only
            && !field.name.starts_with("frozen")
    });
    fields.map(|field| field.name.to_owned()).collect()
}

/// The table of what a search found.
pub(super) fn of_results(results: &Results) -> Result<Table, ScriptError> {
    let kind = results.kind();
    let attrs = match results.attrs() {
        [] => usual(kind),
        attrs => naming(kind).into_iter().chain(attrs.iter().cloned()).collect(),
    };
    let mut table = Table { columns: attrs.clone(), rows: Vec::new() };
    let props = results.props();
    let mut codes: Vec<String> = Vec::new();
    if !props.iter().any(|name| name == "*") {
        codes.extend(props.iter().map(|name| name.to_uppercase()));
    }
    for entity in results.pages() {
        let entity = entity?;
        if codes.len() < props.len() || props.iter().any(|name| name == "*") {
            let found = Props::new(&entity).codes()?;
            let fresh: Vec<String> =
                found.into_iter().filter(|code| !codes.contains(code)).collect();
            codes.extend(fresh);
        }
        table.rows.push(row(&entity, &attrs, &codes)?);
    }
    table.columns.extend(codes);
    let width = table.columns.len();
    table.rows.iter_mut().for_each(|row| row.resize(width, Cell::Empty));
    Ok(table)
}

/// The table of these columns: attributes by name, properties by code.
pub(super) fn chosen(results: &Results, names: &[Dynamic]) -> Result<Table, ScriptError> {
    let names: Option<Vec<String>> = names.iter().map(value::text).collect();
    let names = names
        .ok_or_else(|| ScriptError::invalid("columns are said by a list of names"))?;
    let mut rows = Vec::new();
    for entity in results.pages() {
        let entity = entity?;
        let cell = |name: &String| {
            let first = name.split('.').next().unwrap_or(name);
            let value = match attributes::has(entity.kind(), first) {
                true => at(&entity, name)?,
                false => Props::new(&entity).get(name)?,
            };
            Ok(Cell::of(&value))
        };
        rows.push(names.iter().map(cell).collect::<Result<_, ScriptError>>()?);
    }
    Ok(Table { columns: names, rows })
}

/// The table of some objects, which need not be of one kind.
pub(super) fn of_entities(entities: &[Entity]) -> Result<Table, ScriptError> {
    let mut columns: Vec<String> = Vec::new();
    for entity in entities {
        for name in usual(entity.kind()) {
            if !columns.contains(&name) {
                columns.push(name);
            }
        }
    }
    let rows: Result<Vec<_>, _> =
        entities.iter().map(|entity| row(entity, &columns, &[])).collect();
    Ok(Table { columns, rows: rows? })
}

/// What tells objects of the kind apart, beside columns that were asked for.
fn naming(kind: Kind) -> Vec<String> {
    let names = ["identifier", "permId"];
    let known = names.iter().filter(|name| kind.spec().field(name).is_some());
    known.map(|name| (*name).to_owned()).collect()
}

fn row(
    entity: &Entity,
    attrs: &[String],
    codes: &[String],
) -> Result<Vec<Cell>, ScriptError> {
    let mut cells = Vec::with_capacity(attrs.len() + codes.len());
    for path in attrs {
        cells.push(Cell::of(&at(entity, path)?));
    }
    for code in codes {
        cells.push(Cell::of(&Props::new(entity).get_or_unit(code)?));
    }
    Ok(cells)
}

/// The value at the end of a dotted path; `()` where the path breaks off.
fn at(entity: &Entity, path: &str) -> Result<Dynamic, ScriptError> {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    if !attributes::has(entity.kind(), name) {
        return Ok(Dynamic::UNIT);
    }
    let value = attributes::get(entity, name)?;
    if rest.is_empty() {
        return Ok(value);
    }
    match value.try_cast::<Entity>() {
        Some(entity) => at(&entity, rest),
        None => Ok(Dynamic::UNIT),
    }
}

/// A single value as text: of an object its name.
pub(super) fn text(given: &Dynamic) -> String {
    if let Some(text) = value::text(given) {
        return text;
    }
    if let Some(entity) = given.read_lock::<Entity>() {
        return entity.label();
    }
    if let Some(moment) = given.read_lock::<Moment>() {
        return moment.to_string();
    }
    if let Some(day) = given.read_lock::<Day>() {
        return day.to_string();
    }
    if let Some(error) = given.read_lock::<ScriptError>() {
        return error.message.clone();
    }
    if let Some(session) = given.read_lock::<Session>() {
        return format!("openBIS at {}", session.client().url());
    }
    given.to_string()
}
