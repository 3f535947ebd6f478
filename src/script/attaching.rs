//! Attachments of objects: files more and fewer.
use rhai::{Array, Dynamic, Map};

use super::value::text;
use super::{Entity, ErrorKind, ScriptError, fetches, files, nearest, value};
use crate::model::{Edit, Fetch, Kind, Record, Value};

/// What can be said of an attachment, beside its file.
const ABOUT: &[&str] = &["title", "description"];

/// Notes a file below the working folder as one more attachment.
pub(super) fn add(entity: &Entity, path: &str, about: &Map) -> Result<(), ScriptError> {
    let field = field(entity)?;
    let content = files::read(entity.session().host(), path)?;
    let mut part = Record::new(Kind::Attachment);
    part.set("fileName", Value::Text(files::safe_name(path)), None)?;
    part.set("content", Value::Bytes(content), None)?;
    for (name, given) in about {
        if !ABOUT.contains(&name.as_str()) {
            let error =
                ScriptError::invalid(format!("an attachment has no argument `{name}`"));
            let hint = nearest::hint(name, ABOUT);
            return Err(hint.into_iter().fold(error, ScriptError::hint));
        }
        let told = text(given).ok_or_else(|| value::mismatch(name, "a text", given))?;
        part.set(name, Value::Text(told), None)?;
    }
    edit(entity, field, Some(part), None)
}

/// Notes that an attachment goes.
pub(super) fn remove(entity: &Entity, file: &str) -> Result<(), ScriptError> {
    edit(entity, field(entity)?, None, Some(file.to_owned()))
}

/// `attachments:` of a new object: a path, a map with `fileName`, or a list of them.
pub(super) fn add_all(entity: &Entity, given: &Dynamic) -> Result<(), ScriptError> {
    if let Some(items) = given.read_lock::<Array>() {
        return items.iter().try_for_each(|item| add_all(entity, item));
    }
    if let Some(path) = text(given) {
        return add(entity, &path, &Map::new());
    }
    let mut about = given.read_lock::<Map>().map(|map| map.clone()).unwrap_or_default();
    let path = about.remove("fileName").as_ref().and_then(text);
    match path {
        Some(path) => add(entity, &path, &about),
        None => Err(value::mismatch("attachments", "paths of files", given)),
    }
}

fn edit(
    entity: &Entity,
    field: &'static str,
    more: Option<Record>,
    fewer: Option<String>,
) -> Result<(), ScriptError> {
    entity.with(|record| {
        let (mut add, mut remove) = match record.edits().get(field) {
            Some(Edit::Parts { add, remove }) => (add.clone(), remove.clone()),
            Some(_) | None => (Vec::new(), Vec::new()),
        };
        add.extend(more);
        remove.extend(fewer);
        record.edit(field, Edit::Parts { add, remove })
    })?;
    Ok(())
}

/// All versions of an attachment, the latest first.
pub(super) fn versions(
    entity: &Entity,
    file: &str,
    with_content: bool,
) -> Result<Vec<Entity>, ScriptError> {
    let name = field(entity)?;
    let kind = entity.kind();
    let mut fetch = fetches::only(kind, name);
    let latest = find(entity, &fetch, name, file)?;
    let Some(Value::Integer(count)) = latest.value("version")? else {
        return Ok(vec![latest]);
    };
    let mut inner = fetch.add(name);
    for _ in 0..count {
        inner.add("registrator");
        if with_content {
            inner.add("content");
        }
        inner = inner.add("previousVersion");
    }
    let mut next = Some(find(entity, &fetch, name, file)?);
    let mut all = Vec::new();
    while let Some(part) = next {
        next = part
            .with(|record| match record.get("previousVersion") {
                Ok(Some(Value::One(link))) => link.record.clone(),
                Ok(_) | Err(_) => None,
            })
            .map(|record| Entity::new(entity.session(), Record::clone(&record)));
        all.push(part);
    }
    Ok(all)
}

fn find(
    entity: &Entity,
    fetch: &Fetch,
    name: &str,
    file: &str,
) -> Result<Entity, ScriptError> {
    let found = entity.session().records(&[entity.id()?], fetch)?;
    let found = found.into_iter().next().flatten();
    let found =
        found.ok_or_else(|| entity.session().missing(entity.kind(), &entity.label()))?;
    let mut parts = super::type_sheet::linked(&found, name);
    let part = parts.find(|part| part.text("fileName") == Some(file));
    part.map(|part| Entity::new(entity.session(), part.clone()))
        .ok_or_else(|| ScriptError::not_found(format!("no attachment `{file}`")))
}

/// The field that has them.
pub(super) fn field(entity: &Entity) -> Result<&'static str, ScriptError> {
    let kind = entity.kind();
    let field = kind.spec().field("attachments").map(|field| field.name);
    field.ok_or_else(|| {
        let message = format!("{} has no attachments", value::a(kind));
        ScriptError::new(ErrorKind::Script, message)
    })
}
