//! Tags belong to the person who made them.
use super::changes::{self, Step};
use super::{limits, stamps, targets};
use crate::model::Kind;
use crate::sandbox::fault::{denied, failed, refused};
use crate::sandbox::ids::{self, Lookup};
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

/// What can carry a tag: the kind, and how creations and updates of tags name it.
const TAGGED: &[(Kind, &str)] = &[
    (Kind::Experiment, "experimentIds"),
    (Kind::Sample, "sampleIds"),
    (Kind::DataSet, "dataSetIds"),
];

pub(super) fn create(
    work: &mut Work<'_>,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    let mut made = Vec::new();
    for &creation in creations {
        let code = creation.text("code").filter(|code| !code.is_empty());
        let code = code.ok_or_else(|| refused("Code cannot be empty."))?;
        let tag = make(work, code)?;
        if let Some(text) = creation.text("description") {
            limits::description(Some(text))?;
            work.store.set(tag, "description", text.into());
        }
        for &(kind, field) in TAGGED {
            for number in ids::require_all(work, kind, creation, field)? {
                put_on(work, number, tag);
            }
        }
        made.push(tag);
    }
    Ok(made)
}

/// Makes a tag of the caller's own.
fn make(work: &mut Work<'_>, code: &str) -> Result<Number, Fault> {
    let illegal = |c: char| c.is_whitespace() || matches!(c, ',' | '/' | '\\');
    if code.chars().any(illegal) {
        return Err(refused(
            "Tag name cannot contain white spaces, commas, slashes or backslashes.",
        ));
    }
    if code.chars().count() > 100 {
        return Err(refused("Tag name cannot be longer than 100 characters."));
    }
    let is_taken = work
        .store
        .linking(Kind::Tag, "owner", work.caller)
        .any(|tag| tag.code().to_uppercase() == code.to_uppercase());
    if is_taken {
        return Err(refused(
            "Tag already exists in the database and needs to be unique.",
        ));
    }
    let fields = vec![
        ("code", Slot::from(code)),
        ("owner", Slot::One(work.caller)),
        ("private", Slot::Flag(true)),
    ];
    Ok(stamps::register(work, Kind::Tag, fields))
}

pub(super) fn update(work: &mut Work<'_>, updates: &[View<'_>]) -> Result<(), Fault> {
    for (tag, update) in targets(work, Kind::Tag, updates)? {
        changes::text(work, tag, update, "description");
        for &(kind, field) in TAGGED {
            for step in changes::steps(update, field) {
                update_members(work, (tag, kind), update, step)?;
            }
        }
    }
    Ok(())
}

fn update_members(
    work: &mut Work<'_>,
    (tag, kind): (Number, Kind),
    update: View<'_>,
    step: Step<'_>,
) -> Result<(), Fault> {
    let named = changes::named(work, kind, update, step)?;
    if matches!(step, Step::Set(_)) {
        work.store.unlink(kind, "tags", tag);
    }
    for number in named {
        match step {
            Step::Remove(_) => take_off(work, number, tag),
            Step::Set(_) | Step::Add(_) => put_on(work, number, tag),
        }
    }
    Ok(())
}

pub(super) fn delete(work: &mut Work<'_>, numbers: &[Number]) {
    for &tag in numbers {
        for &(kind, _) in TAGGED {
            work.store.unlink(kind, "tags", tag);
        }
        work.store.remove(tag);
    }
}

/// Puts the tags of a creation on the new object; unknown ones are made.
pub(super) fn create_on(
    work: &mut Work<'_>,
    number: Number,
    creation: View<'_>,
) -> Result<(), Fault> {
    for id in creation.inners("tagIds") {
        let tag = own_or_new(work, id)?;
        put_on(work, number, tag);
    }
    Ok(())
}

/// Changes the caller's own tags on an object; those of others stay.
pub(super) fn update_on(
    work: &mut Work<'_>,
    number: Number,
    update: View<'_>,
) -> Result<(), Fault> {
    for step in changes::steps(update, "tagIds") {
        match step {
            Step::Remove(items) => {
                for id in views(update, items) {
                    remove_from(work, number, id)?;
                }
            }
            Step::Add(items) => add_on(work, number, (update, items))?,
            Step::Set(items) => {
                let own = |tag: &Number| {
                    let tag = work.store.get(*tag);
                    tag.is_some_and(|tag| tag.one("owner") == Some(work.caller))
                };
                let tags = work.object(number)?.many("tags").iter();
                let others: Vec<Number> = tags.filter(|tag| !own(tag)).copied().collect();
                work.store.set(number, "tags", Slot::Many(others));
                add_on(work, number, (update, items))?;
            }
        }
    }
    Ok(())
}

fn remove_from(work: &mut Work<'_>, number: Number, id: View<'_>) -> Result<(), Fault> {
    if let Some(tag) = ids::find(work, Kind::Tag, id, Lookup::Reference)? {
        check_own(work, tag, id)?;
        take_off(work, number, tag);
    }
    Ok(())
}

fn add_on(
    work: &mut Work<'_>,
    number: Number,
    (update, items): (View<'_>, &[Node]),
) -> Result<(), Fault> {
    for id in views(update, items) {
        let tag = own_or_new(work, id)?;
        put_on(work, number, tag);
    }
    Ok(())
}

fn views<'g>(holder: View<'g>, items: &'g [Node]) -> impl Iterator<Item = View<'g>> {
    items.iter().filter_map(move |item| holder.view_of(item))
}

/// The caller's tag of this name, made where there is none.
fn own_or_new(work: &mut Work<'_>, id: View<'_>) -> Result<Number, Fault> {
    if let Some(tag) = ids::find(work, Kind::Tag, id, Lookup::Reference)? {
        check_own(work, tag, id)?;
        return Ok(tag);
    }
    let text = ids::text(id);
    if id.name() == "TagCode" {
        return make(work, &text);
    }
    let own = format!("/{}/", work.user());
    match text.strip_prefix(&own).map(str::to_owned) {
        Some(code) => make(work, &code),
        None if text.starts_with('/') => Err(denied(id.name(), &text)),
        None => Err(failed(format!(
            "Metaproject identifier must have /USER_ID/METAPROJECT_NAME format - was {text}"
        ))),
    }
}

fn check_own(work: &Work<'_>, tag: Number, id: View<'_>) -> Result<(), Fault> {
    if work.object(tag)?.one("owner") == Some(work.caller) {
        return Ok(());
    }
    Err(denied(id.name(), &ids::text(id)))
}

fn put_on(work: &mut Work<'_>, number: Number, tag: Number) {
    work.store.relink(number, "tags", |tags| {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    });
}

fn take_off(work: &mut Work<'_>, number: Number, tag: Number) {
    work.store.relink(number, "tags", |tags| tags.retain(|&other| other != tag));
}
