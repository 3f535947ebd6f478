//! The properties of types: assigned, revoked, moved.
use rhai::{Dynamic, Map};

use super::{Entity, ScriptError, attributes, nearest, saving, session, value};
use crate::model::{Edit, Kind, Link, Record, Value};

/// The field of a type that holds its properties.
const FIELD: &str = "propertyAssignments";

/// Gives a type a property, or changes the one that it has; at once where the type is saved.
pub(super) fn assign(
    of: &Entity,
    property: &Dynamic,
    options: &Map,
) -> Result<(), ScriptError> {
    check_type(of)?;
    let wanted = session::id_of(Kind::PropertyType, property)?;
    let current = current(of)?;
    let known = current.iter().position(|part| code(part) == Some(wanted.text()));
    let Some(place) = known else {
        let part = fresh(of, property)?;
        fill(&part, options)?;
        return edit(of, part.record());
    };
    if options.is_empty() {
        return Ok(());
    }
    let mut parts = current;
    let part = Entity::new(of.session(), parts[place].clone());
    fill(&part, options)?;
    parts[place] = part.record();
    replace(of, parts)
}

/// Takes a property away from a type; with `force` even where objects have values of it.
pub(super) fn revoke(
    of: &Entity,
    property: &Dynamic,
    force: bool,
) -> Result<(), ScriptError> {
    check_type(of)?;
    let wanted = session::id_of(Kind::PropertyType, property)?;
    place_of(&current(of)?, of, wanted.text())?;
    let code = wanted.text().to_owned();
    changing(of, |record| {
        let (add, mut remove) = pending(record);
        remove.push(code);
        record.edit(FIELD, Edit::Parts { add, remove })?;
        match force {
            true => record.edit("forceRemovingAssignments", Edit::Set(Value::Flag(true))),
            false => Ok(()),
        }
    })
}

/// Puts a property of a type behind another one, or before all.
pub(super) fn move_behind(
    of: &Entity,
    property: &Dynamic,
    other: Option<&Dynamic>,
) -> Result<(), ScriptError> {
    check_type(of)?;
    let mut parts = current(of)?;
    let wanted = session::id_of(Kind::PropertyType, property)?;
    let moved = parts.remove(place_of(&parts, of, wanted.text())?);
    let place = match other {
        None => 0,
        Some(other) => {
            let other = session::id_of(Kind::PropertyType, other)?;
            place_of(&parts, of, other.text())? + 1
        }
    };
    parts.insert(place, moved);
    for (part, ordinal) in parts.iter_mut().zip(1..) {
        part.set("ordinal", Value::Integer(ordinal), None)?;
    }
    replace(of, parts)
}

/// The assignments that a type has, in their order, as they would be made anew.
fn current(of: &Entity) -> Result<Vec<Record>, ScriptError> {
    let Some(Value::Many(links)) = of.value(FIELD)? else { return Ok(Vec::new()) };
    let mut parts: Vec<Record> =
        links.iter().filter_map(|link| link.record.as_deref()).map(anew).collect();
    parts.sort_by_key(|part| match part.get("ordinal") {
        Ok(Some(Value::Integer(ordinal))) => *ordinal,
        Ok(_) | Err(_) => i64::MAX,
    });
    Ok(parts)
}

/// What of an assignment is said when it is made.
fn anew(told: &Record) -> Record {
    let mut part = Record::new(Kind::PropertyAssignment);
    let fields = Kind::PropertyAssignment.spec().fields.iter();
    for field in fields.filter(|field| field.on_create) {
        if let Ok(Some(value)) = told.get(field.name) {
            // The names are those of the same spec.
            let _ = part.set(field.name, value.clone(), None);
        }
    }
    part
}

fn fresh(of: &Entity, property: &Dynamic) -> Result<Entity, ScriptError> {
    let part = Entity::new(of.session(), Record::new(Kind::PropertyAssignment));
    attributes::set(&part, "propertyType", property)?;
    attributes::set(&part, "mandatory", &Dynamic::FALSE)?;
    for shown in ["showInEditView", "showRawValueInForms"] {
        attributes::set(&part, shown, &Dynamic::TRUE)?;
    }
    Ok(part)
}

fn fill(part: &Entity, options: &Map) -> Result<(), ScriptError> {
    for (name, given) in options.iter().filter(|(_, given)| !given.is_unit()) {
        attributes::set(part, name, given)?;
    }
    Ok(())
}

/// The code of the property that is assigned.
fn code(part: &Record) -> Option<&str> {
    let Ok(Some(Value::One(link))) = part.get("propertyType") else { return None };
    let code = link.record.as_ref().and_then(|record| record.text("code"));
    Some(code.unwrap_or(link.id.text()))
}

fn place_of(parts: &[Record], of: &Entity, wanted: &str) -> Result<usize, ScriptError> {
    let place = parts.iter().position(|part| code(part) == Some(wanted));
    place.ok_or_else(|| {
        let message = format!("type `{}` has no property `{wanted}`", of.label());
        let codes: Vec<&str> = parts.iter().filter_map(code).collect();
        let hint = nearest::hint(wanted, &codes);
        hint.into_iter().fold(ScriptError::not_found(message), ScriptError::hint)
    })
}

/// One more, among those that are noted already.
fn edit(of: &Entity, part: Record) -> Result<(), ScriptError> {
    changing(of, |record| {
        let (mut add, remove) = pending(record);
        add.push(part);
        record.edit(FIELD, Edit::Parts { add, remove })
    })
}

/// These in place of all.
fn replace(of: &Entity, parts: Vec<Record>) -> Result<(), ScriptError> {
    let links: Vec<Link> = parts.into_iter().map(Link::part).collect();
    let value = Value::Many(links);
    changing(of, |record| record.set(FIELD, value.clone(), Some(Edit::Set(value))))
}

fn pending(record: &Record) -> (Vec<Record>, Vec<String>) {
    match record.edits().get(FIELD) {
        Some(Edit::Parts { add, remove }) => (add.clone(), remove.clone()),
        Some(_) | None => (Vec::new(), Vec::new()),
    }
}

/// Changes a type and saves it; what the server refuses does not stay behind.
fn changing(
    of: &Entity,
    change: impl FnOnce(&mut Record) -> Result<(), crate::model::UnknownField>,
) -> Result<(), ScriptError> {
    let before = of.record();
    of.with(change)?;
    if before.is_new() {
        return Ok(());
    }
    let saved = saving::save(std::slice::from_ref(of));
    if saved.is_err() {
        of.with(|record| *record = before);
    }
    saved.map(drop)
}

fn check_type(of: &Entity) -> Result<(), ScriptError> {
    let kind = of.kind();
    if kind.spec().field(FIELD).is_some() {
        return Ok(());
    }
    Err(ScriptError::invalid(format!("{} has no properties of its own", value::a(kind))))
}
