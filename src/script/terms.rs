//! Terms of vocabularies, and what types mean.
use rhai::{Dynamic, Map};

use super::{
    Entity, ScriptError, Session, asking, nearest, saving, search, typed, value,
};
use crate::model::{Edit, Id, Kind, Link, Value};

/// One more term of a vocabulary: at once, or with the vocabulary when that is new.
pub(super) fn add(
    of: &Entity,
    code: &Dynamic,
    mut about: Map,
) -> Result<Entity, ScriptError> {
    if of.kind() != Kind::Vocabulary {
        let message = format!("{} has no terms", value::a(of.kind()));
        return Err(ScriptError::invalid(message));
    }
    about.insert("code".into(), code.clone());
    let is_new = of.with(|record| record.is_new());
    if !is_new {
        about.insert("vocabulary".into(), Dynamic::from(of.clone()));
    }
    let args = vec![Dynamic::from_map(about)];
    let term = asking::new(of.session(), Kind::VocabularyTerm, args)?;
    if !is_new {
        saving::save(std::slice::from_ref(&term))?;
        return Ok(term);
    }
    let mut links = match of.value("terms")? {
        Some(Value::Many(links)) => links,
        Some(_) | None => Vec::new(),
    };
    links.push(Link::part(term.record()));
    of.with(|record| record.set("terms", Value::Many(links), None))?;
    Ok(term)
}

/// Notes a place behind another term, or before all.
pub(super) fn move_behind(term: &Entity, code: Option<&str>) -> Result<(), ScriptError> {
    if term.kind() != Kind::VocabularyTerm {
        let message = format!("{} has no place in a vocabulary", value::a(term.kind()));
        return Err(ScriptError::invalid(message));
    }
    let id = term.id()?;
    let vocabulary = id.scope().unwrap_or_default();
    let value = match code {
        None => Value::Null,
        Some(code) => Value::One(Link {
            id: known(term.session(), code, vocabulary)?,
            record: None,
        }),
    };
    term.with(|record| record.edit("previousTerm", Edit::Set(value)))?;
    Ok(())
}

/// The term of this code, which has to be there.
fn known(session: &Session, code: &str, vocabulary: &str) -> Result<Id, ScriptError> {
    let id = Id::term(code, vocabulary);
    let terms = session.terms(vocabulary)?;
    if terms.iter().any(|term| term.code == id.text()) {
        return Ok(id);
    }
    let message = format!("no term `{code}` in vocabulary `{vocabulary}`");
    let hint = nearest::hint(code, &typed::codes(&terms));
    Err(hint.into_iter().fold(ScriptError::not_found(message), ScriptError::hint))
}

/// Says at once what a type means.
pub(super) fn annotate(of: &Entity, mut meaning: Map) -> Result<Entity, ScriptError> {
    meaning.insert(field(of)?.into(), Dynamic::from(of.clone()));
    let args = vec![Dynamic::from_map(meaning)];
    let made = asking::new(of.session(), Kind::SemanticAnnotation, args)?;
    saving::save(std::slice::from_ref(&made))?;
    Ok(made)
}

/// What has been said of the meaning of a type.
pub(super) fn annotations(of: &Entity) -> Result<Vec<Entity>, ScriptError> {
    let args = [(field(of)?.into(), Dynamic::from(of.clone()))].into();
    search::results(of.session(), Kind::SemanticAnnotation, &args)?.to_vec()
}

fn field(of: &Entity) -> Result<&'static str, ScriptError> {
    match of.kind() {
        Kind::SampleType => Ok("entityType"),
        Kind::PropertyType => Ok("propertyType"),
        kind => {
            let message = format!("{} has no semantic annotations", value::a(kind));
            Err(ScriptError::invalid(message))
        }
    }
}
