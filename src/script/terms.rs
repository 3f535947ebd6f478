//! Terms of vocabularies, and what types mean.
use rhai::{Dynamic, Map};

use super::{
    Entity, ScriptError, Session, Step, asking, nearest, saving, search, typed, value,
};
use crate::model::{Change, Edit, Id, Kind, Link, Value};

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

/// Notes a place behind another term.
pub(super) fn move_behind(term: &Entity, code: &str) -> Result<(), ScriptError> {
    let (id, vocabulary) = named(term)?;
    let before = Link { id: known(term.session(), code, &vocabulary)?, record: None };
    if before.id == id {
        return Err(ScriptError::invalid(format!("`{code}` cannot stand behind itself")));
    }
    let edit = Edit::Set(Value::One(before));
    term.with(|record| record.edit("previousTerm", edit))?;
    Ok(())
}

/// Puts a term before all others, at once: the server only puts behind, so that the others
/// are put behind it.
pub(super) fn move_to_top(term: &Entity) -> Result<(), ScriptError> {
    let (id, vocabulary) = named(term)?;
    let session = term.session();
    session.client().clear_cache();
    let terms = session.terms(&vocabulary)?;
    let before = terms.iter().take_while(|other| other.code != id.text());
    let steps = before.map(|other| {
        let behind = Link { id: id.clone(), record: None };
        let edit = Edit::Set(Value::One(behind));
        let other = Id::term(&other.code, &vocabulary);
        let edits = [("previousTerm", edit)].into();
        let change = Change::Update { id: other.clone(), edits };
        Step::of_ids(change, &[other])
    });
    let mut steps: Vec<Step> = steps.collect();
    steps.reverse();
    if !steps.is_empty() {
        session.submit(steps)?;
    }
    session.client().clear_cache();
    Ok(())
}

fn named(term: &Entity) -> Result<(Id, String), ScriptError> {
    if term.kind() != Kind::VocabularyTerm {
        let message = format!("{} has no place in a vocabulary", value::a(term.kind()));
        return Err(ScriptError::invalid(message));
    }
    let id = term.id()?;
    let vocabulary = id.scope().unwrap_or_default().to_owned();
    Ok((id, vocabulary))
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

/// An annotation of a type and a property means the property of that type.
pub(super) fn settle(made: &Entity) -> Result<(), ScriptError> {
    if made.kind() != Kind::SemanticAnnotation {
        return Ok(());
    }
    let fields = ["entityType", "propertyType"];
    let (Some(Value::One(of)), Some(Value::One(property))) =
        (made.value(fields[0])?, made.value(fields[1])?)
    else {
        return Ok(());
    };
    let form = Kind::PropertyAssignment.spec().ids[0];
    let id = Id::told(Kind::PropertyAssignment, form, property.id.text());
    let link = Value::One(Link { id: id.within(of.id.text()), record: None });
    made.with(|record| {
        for field in fields {
            record.set(field, Value::Null, Some(Edit::Set(Value::Null)))?;
        }
        record.set("propertyAssignment", link.clone(), Some(Edit::Set(link)))
    })?;
    Ok(())
}
