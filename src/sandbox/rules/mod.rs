//! How the kinds behave: one file for each thing that openBIS does its own way.
//!
//! Which rule is asked for which kind stands in `table.rs`.
mod annotations;
pub(super) mod archiving;
mod assignments;
mod attachments;
mod changes;
mod data_sets;
mod entity;
mod entity_types;
mod events;
mod executions;
mod experiments;
mod external_dms;
mod fields;
mod freezing;
mod given;
mod groups;
mod guard;
mod java_pattern;
mod jython;
mod limits;
mod linked_data;
mod materials;
mod patterns;
mod personal_tokens;
mod persons;
mod places;
mod plugins;
mod projects;
mod properties;
mod property_types;
pub(super) mod queries;
mod relations;
mod roles;
mod samples;
mod semantic_annotations;
mod spaces;
mod stamps;
mod table;
mod tags;
mod terms;
pub(super) mod touched;
pub(super) mod trash;
mod type_groups;
mod unique_values;
mod uniqueness;
mod usage;
mod validation;
mod vocabularies;
mod web_apps;
mod wording;

use super::fault::{denied, refused};
use super::ids;
use super::rights::{Action, place};
use super::store::Number;
use super::work::Work;
use crate::model::Kind;
use crate::wire::Fault;
use crate::wire::bean::View;
pub(super) use linked_data::FIELD as CONTENT_COPIES;
use table::{Delete, rules};
use touched::Operation;

/// Makes objects of one kind, in the order of the creations.
pub(super) fn create(
    work: &mut Work<'_>,
    kind: Kind,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    match rules(kind).create {
        Some(rule) => {
            touched::note(work, kind, Operation::CreateOrDelete);
            rule(work, creations)
        }
        None => Err(unsupported("Creating", kind)),
    }
}

/// Changes objects of one kind.
pub(super) fn update(
    work: &mut Work<'_>,
    kind: Kind,
    updates: &[View<'_>],
) -> Result<(), Fault> {
    match rules(kind).update {
        Some(rule) => {
            touched::note(work, kind, Operation::Update);
            rule(work, updates)
        }
        None => Err(unsupported("Updating", kind)),
    }
}

/// Deletes objects of one kind; those that go to the trash give the deletion.
pub(super) fn delete(
    work: &mut Work<'_>,
    kind: Kind,
    numbers: &[Number],
    options: View<'_>,
) -> Result<Option<Number>, Fault> {
    touched::note(work, kind, Operation::CreateOrDelete);
    if let Some(Delete::Trash) = rules(kind).delete {
        return trash::put(work, numbers, options).map(Some);
    }
    events::deletion(work, numbers, options.text("reason").unwrap_or_default());
    match rules(kind).delete {
        Some(Delete::Plain(rule)) => rule(work, numbers),
        Some(Delete::Checked(rule)) => rule(work, numbers)?,
        Some(Delete::Told(rule)) => rule(work, numbers, options)?,
        Some(Delete::Trash) | None => return Err(unsupported("Deleting", kind)),
    }
    Ok(None)
}

fn unsupported(what: &str, kind: Kind) -> Fault {
    refused(format!("{what} {} is not supported.", kind.spec().nouns()))
}

/// The objects that updates name, where the caller may change them.
fn targets<'g>(
    work: &Work<'_>,
    kind: Kind,
    updates: &[View<'g>],
) -> Result<Vec<(Number, View<'g>)>, Fault> {
    let spec = kind.spec();
    let mut targets = Vec::with_capacity(updates.len());
    for &update in updates {
        let Some(id) = update.inner(spec.own_id) else {
            return Err(refused(format!("{} id cannot be null.", rules(kind).title)));
        };
        targets.push((ids::require(work, kind, id)?, id, update));
    }
    for &(number, id, _) in &targets {
        permit(work, Action::Update, number, id)?;
    }
    Ok(targets.into_iter().map(|(number, _, update)| (number, update)).collect())
}

/// Refuses what the caller may not do to an object; the refusal names the id.
pub(super) fn permit(
    work: &Work<'_>,
    action: Action,
    number: Number,
    id: View<'_>,
) -> Result<(), Fault> {
    let object = work.object(number)?;
    let text = ids::text(id);
    if owned(object.kind) {
        let own = work.rights.sees(&work.store, object);
        return if own { Ok(()) } else { Err(denied(id.name(), &text)) };
    }
    let there = place(&work.store, object);
    work.rights.check(action, object.kind, there, (id.name(), &text))
}

/// Kinds of which everybody has their own, to do with as they like.
fn owned(kind: Kind) -> bool {
    matches!(kind, Kind::Tag | Kind::OperationExecution | Kind::PersonalAccessToken)
}

/// Removes the roles that hold in a space or project.
fn remove_roles(work: &mut Work<'_>, field: &str, holder: Number) {
    let roles = work.store.linking(Kind::RoleAssignment, field, holder);
    for role in roles.map(|role| role.number).collect::<Vec<_>>() {
        work.store.remove(role);
    }
}
