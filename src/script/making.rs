//! New objects from the arguments of `new_…`.
use rhai::{Array, Dynamic, Map};

use super::{Entity, ScriptError, Session, asking, attaching, attributes, terms, value};
use crate::model::{Kind, Link, Record, Value};

/// A new object with these values; the type first, since properties hang on it.
pub(super) fn make(
    session: &Session,
    kind: Kind,
    mut values: Map,
) -> Result<Entity, ScriptError> {
    session.require(kind)?;
    let entity = Entity::new(session, Record::new(kind));
    let is_type = |name: &str| asking::is_field(kind, name, "type");
    if let Some(name) = values.keys().find(|name| is_type(name)).cloned()
        && let Some(given) = values.remove(&name)
    {
        set_type(&entity, &given)?;
    }
    for (name, given) in &values {
        if given.is_unit() {
            continue;
        }
        match (kind, name.as_str()) {
            (Kind::Vocabulary, "terms") => set_terms(&entity, given)?,
            (Kind::VocabularyTerm, "vocabularyCode") => {
                attributes::set(&entity, "vocabulary", given)?;
            }
            (_, "attachments") => attaching::add_all(&entity, given)?,
            (Kind::Sample, "parent") => attributes::set(&entity, "parents", given)?,
            (Kind::Sample, "child") => attributes::set(&entity, "children", given)?,
            (_, name) => attributes::set(&entity, name, given)?,
        }
    }
    terms::settle(&entity)?;
    // The label of a tag keeps its case, other codes are in capitals.
    if kind != Kind::Tag
        && let Some(code) =
            entity.with(|record| record.text("code").map(str::to_uppercase))
    {
        entity.with(|record| record.set("code", Value::Text(code), None))?;
    }
    Ok(entity)
}

/// Sets the type; what it allows is asked for at once, so that a wrong code is told here.
fn set_type(entity: &Entity, given: &Dynamic) -> Result<(), ScriptError> {
    attributes::set(entity, "type", given)?;
    super::properties::Props::new(entity).sheet()?;
    Ok(())
}

/// The terms of a new vocabulary: codes, or maps with `code`, `label`, `description`.
fn set_terms(entity: &Entity, given: &Dynamic) -> Result<(), ScriptError> {
    let Some(items) = given.read_lock::<Array>() else {
        return Err(value::mismatch("terms", "a list", given));
    };
    let mut terms = Vec::new();
    for item in items.iter() {
        let term = Entity::new(entity.session(), Record::new(Kind::VocabularyTerm));
        match item.read_lock::<Map>() {
            Some(map) => {
                for (name, given) in map.iter() {
                    attributes::set(&term, name, given)?;
                }
            }
            None => attributes::set(&term, "code", item)?,
        }
        terms.push(Link::part(term.record()));
    }
    entity.with(|record| record.set("terms", Value::Many(terms), None))?;
    Ok(())
}
