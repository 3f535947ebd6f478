//! Objects that are to be as they are described: made, changed, or left as they are.
use rhai::Array;

use super::properties::Props;
use super::{
    Entity, ErrorKind, ScriptError, Session, asking, placing, relations, saving, value,
};
use crate::model::{Edit, Field, FieldType, Id, IdForm, Kind, Value};

/// Makes the object when there is none, changes what is different when there is one. The
/// object tells which it was.
pub(super) fn ensure(
    session: &Session,
    kind: Kind,
    args: Array,
) -> Result<Entity, ScriptError> {
    let wanted = asking::new(session, kind, args)?;
    placing::complete(&wanted)?;
    let id = id_of(&wanted)?;
    // An error says nothing about whether there is one: only an answer without it does.
    let Some(found) = session.get(&id)? else {
        saving::save(std::slice::from_ref(&wanted))?;
        wanted.note_ensured("created");
        return Ok(wanted);
    };
    check_type(&wanted, &found)?;
    for (name, value) in wanted.record().iter() {
        let field = kind.spec().field(name);
        if let Some(field) = field.filter(|f| f.on_update && !is_place(kind, f.name)) {
            liken(&found, field, value)?;
        }
    }
    if kind.spec().has_properties() {
        Props::new(&found).replace(&Props::new(&wanted).nonempty()?.into())?;
    }
    let changed = found.with(|record| record.has_changes());
    saving::save(std::slice::from_ref(&found))?;
    found.note_ensured(if changed { "updated" } else { "unchanged" });
    Ok(found)
}

/// The name that it would have, which says whether it is there.
fn id_of(wanted: &Entity) -> Result<Id, ScriptError> {
    let record = wanted.record();
    let kind = record.kind();
    let Some(code) = record.text("code") else {
        let noun = value::called(kind);
        let message = format!("`ensure_{}` needs a `code`", kind.spec().noun());
        let hint = format!("without one nobody can tell whether the {noun} is there");
        return Err(ScriptError::new(ErrorKind::Invalid, message).hint(hint));
    };
    let session = wanted.session();
    let holder = |field: &'static str| match wanted.value(field)? {
        Some(Value::One(link)) => path(session, &link.id).map(Some),
        Some(_) | None => Ok(None),
    };
    let place = match kind {
        Kind::Project => holder("space")?,
        Kind::Experiment => holder("project")?,
        Kind::Sample => match holder("project")? {
            Some(project) if session.has_project_samples()? => Some(project),
            Some(_) | None => holder("space")?,
        },
        Kind::VocabularyTerm => {
            let vocabulary = holder("vocabulary")?.unwrap_or_default();
            return Ok(Id::term(code, vocabulary.trim_start_matches('/')));
        }
        Kind::Tag => return Ok(Id::told(kind, kind.spec().ids[1], code)),
        _ => return Ok(Id::parse(kind, code)?),
    };
    Ok(Id::parse(kind, &format!("{}/{code}", place.unwrap_or_default()))?)
}

/// Where a holder is: `/SPACE`, `/SPACE/PROJECT`.
fn path(session: &Session, id: &Id) -> Result<String, ScriptError> {
    if let IdForm::Identifier(_) = id.form() {
        return Ok(id.text().to_owned());
    }
    if let IdForm::Coded(..) | IdForm::TypePermId(_) = id.form() {
        return Ok(format!("/{}", id.text()));
    }
    let found = session.get(id)?.ok_or_else(|| session.missing(id.kind(), id.text()))?;
    let record = found.record();
    let code = || format!("/{}", record.text("code").unwrap_or(id.text()));
    Ok(record.text("identifier").map_or_else(code, str::to_owned))
}

fn check_type(wanted: &Entity, found: &Entity) -> Result<(), ScriptError> {
    let kind = wanted.kind();
    if kind.spec().field("type").is_none() {
        return Ok(());
    }
    let (Some(Value::One(new)), Some(Value::One(old))) =
        (wanted.value("type")?, found.value("type")?)
    else {
        return Ok(());
    };
    if relations::same(&old, &new) {
        return Ok(());
    }
    let (noun, label) = (value::called(kind), found.label());
    let message = format!(
        "{noun} `{label}` is of type `{}`, not `{}`",
        old.id.text(),
        new.id.text()
    );
    Err(ScriptError::new(ErrorKind::Conflict, message).hint("types stay as they are"))
}

/// Whether the field is part of the name, which is the same already.
fn is_place(kind: Kind, field: &str) -> bool {
    match kind {
        Kind::Sample => matches!(field, "space" | "project"),
        Kind::Experiment => field == "project",
        Kind::Project => field == "space",
        _ => false,
    }
}

/// Makes the field hold what is wanted; of lists, those that are wanted among others.
fn liken(
    found: &Entity,
    field: &'static Field,
    wanted: &Value,
) -> Result<(), ScriptError> {
    if let (FieldType::Many(_), Value::Many(links)) = (field.ty, wanted) {
        return relations::join(found, field, links);
    }
    if let FieldType::Properties | FieldType::Part(_) | FieldType::Parts(_) = field.ty {
        return Ok(());
    }
    let same = match (found.value(field.name)?, wanted) {
        (Some(Value::One(old)), Value::One(new)) => relations::same(&old, new),
        (Some(old), new) => old == *new,
        (None, new) => *new == Value::Null,
    };
    if !same {
        let edit = Edit::Set(wanted.clone());
        found.with(|record| record.set(field.name, wanted.clone(), Some(edit)))?;
    }
    Ok(())
}
