//! What an object is linked to: more, fewer, others.
use rhai::Dynamic;

use super::{Entity, ErrorKind, ScriptError, attributes, value};
use crate::model::{Edit, Field, FieldType, Kind, Link, Value};

/// Adds links; those that are there already stay.
pub(super) fn add(
    entity: &Entity,
    field: &str,
    given: &Dynamic,
) -> Result<(), ScriptError> {
    let (field, links) = read(entity, field, given)?;
    change(entity, field, &links, &[])
}

/// Takes links away; those that are not there are no error.
pub(super) fn remove(
    entity: &Entity,
    field: &str,
    given: &Dynamic,
) -> Result<(), ScriptError> {
    let (field, links) = read(entity, field, given)?;
    change(entity, field, &[], &links)
}

/// These links in place of all.
pub(super) fn set(
    entity: &Entity,
    field: &str,
    given: &Dynamic,
) -> Result<(), ScriptError> {
    attributes::set(entity, field, given)
}

fn read(
    entity: &Entity,
    name: &str,
    given: &Dynamic,
) -> Result<(&'static Field, Vec<Link>), ScriptError> {
    let kind = entity.kind();
    let field = attributes::field(kind, name).filter(|field| {
        let new = entity.is_unsaved();
        matches!(field.ty, FieldType::Many(_))
            && if new { field.on_create } else { field.on_update }
    });
    let Some(field) = field else { return Err(none(kind, name)) };
    let links = value::links(field.ty.kind().unwrap_or(kind), given)?;
    Ok((field, links))
}

/// Adds links that are not there yet.
pub(super) fn join(
    entity: &Entity,
    field: &'static Field,
    links: &[Link],
) -> Result<(), ScriptError> {
    // Asked for, so that what is there is known and not sent.
    entity.value(field.name)?;
    change(entity, field, links, &[])
}

fn none(kind: Kind, name: &str) -> ScriptError {
    let message = format!("the {name} of a {} cannot be changed", value::called(kind));
    ScriptError::new(ErrorKind::Invalid, message)
}

fn change(
    entity: &Entity,
    field: &'static Field,
    more: &[Link],
    fewer: &[Link],
) -> Result<(), ScriptError> {
    if more.is_empty() && fewer.is_empty() {
        return Ok(());
    }
    let shown = match entity
        .with(|record| record.get(field.name).map(Option::<&Value>::cloned))?
    {
        Some(Value::Many(links)) => Some(links),
        Some(_) => Some(Vec::new()),
        None => None,
    };
    // What is there already need not be sent.
    let more: Vec<Link> = match &shown {
        Some(links) => more.iter().filter(|m| !has(links, m)).cloned().collect(),
        None => more.to_vec(),
    };
    let fewer: Vec<Link> = match &shown {
        Some(links) => fewer
            .iter()
            .filter_map(|f| links.iter().find(|l| same(l, f)).cloned())
            .collect(),
        None => fewer.to_vec(),
    };
    if more.is_empty() && fewer.is_empty() {
        return Ok(());
    }
    entity.with(|record| {
        let edit = merged(record.edits().get(field.name), &more, &fewer);
        let Some(mut links) = shown else { return record.edit(field.name, edit) };
        links.retain(|link| !has(&fewer, link));
        links.extend(more);
        record.set(field.name, Value::Many(links), Some(edit))
    })?;
    Ok(())
}

/// With a change that was noted before.
fn merged(noted: Option<&Edit>, more: &[Link], fewer: &[Link]) -> Edit {
    match noted {
        Some(Edit::Links(links)) => {
            let mut links = links.clone();
            links.retain(|link| !has(fewer, link));
            links.extend(more.iter().cloned());
            Edit::Links(links)
        }
        Some(Edit::AddRemove { add, remove }) => {
            let kept = |links: &[Link], but: &[Link]| {
                links.iter().filter(|link| !has(but, link)).cloned().collect::<Vec<_>>()
            };
            let add = [kept(add, fewer), more.to_vec()].concat();
            let remove = [kept(remove, more), fewer.to_vec()].concat();
            Edit::AddRemove { add, remove }
        }
        Some(Edit::Set(_) | Edit::Properties(_) | Edit::Parts { .. }) | None => {
            Edit::AddRemove { add: more.to_vec(), remove: fewer.to_vec() }
        }
    }
}

fn has(links: &[Link], wanted: &Link) -> bool {
    links.iter().any(|link| same(link, wanted))
}

/// Whether two links lead to one object, as far as that can be told: by id, or by any name
/// that one of them was fetched with.
pub(super) fn same(a: &Link, b: &Link) -> bool {
    a.id == b.id || is_named(a, b.id.text()) || is_named(b, a.id.text())
}

fn is_named(link: &Link, name: &str) -> bool {
    let Some(record) = &link.record else { return false };
    let names =
        ["permId", "identifier", "code"].into_iter().filter_map(|f| record.text(f));
    names.into_iter().any(|known| match record.kind() {
        Kind::Tag => known.eq_ignore_ascii_case(name),
        _ => known == name,
    })
}
