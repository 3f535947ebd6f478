//! Where a sample is: shared, in a space, a project, an experiment; an experiment brings
//! its project.
use super::{changes, freezing};
use crate::model::Kind;
use crate::sandbox::fault::refused;
use crate::sandbox::ids::{self, identifier};
use crate::sandbox::rights::{Action, place};
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::View;

/// The three links, with their kinds and the names they are sent under.
const LINKS: &[(&str, Kind, &str)] = &[
    ("space", Kind::Space, "spaceId"),
    ("project", Kind::Project, "projectId"),
    ("experiment", Kind::Experiment, "experimentId"),
];

/// The links that a creation names.
pub(super) fn of_creation(
    work: &Work<'_>,
    creation: View<'_>,
) -> Result<Vec<(&'static str, Slot)>, Fault> {
    let mut fields = Vec::new();
    for &(field, kind, sent) in LINKS {
        if let Some(id) = creation.inner(sent) {
            // A hidden space is refused later, by the name of the new sample.
            let found = match kind {
                Kind::Space => ids::require_any(work, kind, id)?,
                _ => ids::require(work, kind, id)?,
            };
            fields.push((field, Slot::One(found)));
        }
    }
    Ok(fields)
}

/// Refuses a new sample within something that is frozen for samples.
pub(super) fn check_holders(work: &Work<'_>, number: Number) -> Result<(), Fault> {
    for &(field, kind, _) in LINKS.iter().rev() {
        if let Some(holder) = work.object(number)?.one(field) {
            freezing::of_member(work, holder, number, operation(kind))?;
        }
    }
    Ok(())
}

/// What the data base calls a move.
fn operation(kind: Kind) -> &'static str {
    match kind {
        Kind::Experiment => "SET EXPERIMENT",
        Kind::Project => "SET PROJECT",
        _ => "SET SPACE",
    }
}

/// Moves a sample to where its update says; gives whether it says anything.
pub(super) fn update(
    work: &mut Work<'_>,
    number: Number,
    update: View<'_>,
) -> Result<bool, Fault> {
    let mut moved = false;
    let mut brings_project = false;
    for &(field, kind, sent) in LINKS {
        let Some(value) = changes::value(update, sent) else { continue };
        moved = true;
        match update.view_of(value) {
            Some(id) => {
                let target = ids::require(work, kind, id)?;
                check_move(work, number, (field, kind, target))?;
                work.store.set(number, field, Slot::One(target));
                brings_project |= kind == Kind::Experiment;
            }
            None => work.store.clear(number, field),
        }
    }
    brings_project |= moved && work.object(number)?.one("experiment").is_some();
    if brings_project && changes::value(update, "projectId").is_none() {
        work.store.clear(number, "project");
    }
    if moved {
        settle(work, number)?;
    }
    Ok(moved)
}

fn check_move(
    work: &Work<'_>,
    number: Number,
    (field, kind, target): (&str, Kind, Number),
) -> Result<(), Fault> {
    let sample = work.object(number)?;
    let before = sample.one(field);
    if before == Some(target) {
        return Ok(());
    }
    for holder in before.into_iter().chain([target]) {
        let there = place(&work.store, work.object(holder)?);
        let action = if kind == Kind::Space { Action::Move } else { Action::Fill };
        let checked = if kind == Kind::Space { Kind::Sample } else { kind };
        work.rights.check(action, checked, there, ("", ""))?;
        freezing::of_member(work, holder, number, operation(kind))?;
    }
    Ok(())
}

/// Checks that space, project and experiment agree, and lets the experiment bring its
/// project.
pub(super) fn settle(work: &mut Work<'_>, number: Number) -> Result<(), Fault> {
    let sample = work.object(number)?;
    let (space, project) = (sample.one("space"), sample.one("project"));
    let experiment = sample.one("experiment");
    let name = |holder: Number| describe(work, holder);
    let space_of = |project: Number| work.store.get(project)?.one("space");
    if let Some(project) = project {
        let text = format!("Sample: {}, Project: {}", name(number), name(project));
        if space.is_none() {
            let text = format!("Shared samples cannot be attached to projects. {text}");
            return Err(refused(text));
        }
        if space_of(project) != space {
            let text = format!("Sample space must be the same as project space. {text}");
            return Err(refused(text));
        }
    }
    let Some(experiment) = experiment else { return Ok(()) };
    let text = format!("Sample: {}, Experiment: {}", name(number), name(experiment));
    if space.is_none() {
        let text = format!("Shared samples cannot be attached to experiments. {text}");
        return Err(refused(text));
    }
    let own = work.object(experiment)?.one("project");
    if own.and_then(space_of) != space {
        let text = format!("Sample space must be the same as experiment space. {text}");
        return Err(refused(text));
    }
    match (project, own) {
        (Some(project), Some(own)) if project != own => Err(refused(format!(
            "Sample project must be the same as experiment project. Sample: {}, Project: {}, \
             Experiment: {}",
            name(number),
            name(project),
            name(experiment)
        ))),
        (None, Some(own)) => {
            work.store.set(number, "project", Slot::One(own));
            Ok(())
        }
        _ => Ok(()),
    }
}

/// `/LAB/S1 (perm id: 2023…-5)`.
pub(super) fn describe(work: &Work<'_>, number: Number) -> String {
    let Some(object) = work.store.get(number) else { return String::new() };
    let perm_id = object.text("permId").unwrap_or_default();
    format!("{} (perm id: {perm_id})", identifier::of(&work.store, object))
}
