//! Experiments: within a project; their samples go where they go.
use super::{
    changes, entity, freezing, limits, properties, stamps, targets, uniqueness,
    validation,
};
use crate::model::Kind;
use crate::sandbox::fault::refused;
use crate::sandbox::ids;
use crate::sandbox::rights::{Action, place};
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::View;

pub(super) fn create(
    work: &mut Work<'_>,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    let mut made = Vec::new();
    for &creation in creations {
        made.push(create_one(work, creation)?);
    }
    for &number in &made {
        properties::check_mandatory(work, number)?;
        validation::check(work, number)?;
    }
    Ok(made)
}

fn create_one(work: &mut Work<'_>, creation: View<'_>) -> Result<Number, Fault> {
    let code = limits::code(creation.text("code"))?;
    let entity_type = entity::type_of(work, Kind::ExperimentType, creation)?;
    let Some(project) = creation.inner("projectId") else {
        return Err(refused("Project id cannot be null."));
    };
    let project = ids::require(work, Kind::Project, project)?;
    let holder = work.object(project)?;
    let identifier = format!("{}/{code}", ids::identifier::of(&work.store, holder));
    let there = place(&work.store, holder);
    let named = ("ExperimentIdentifier", &*identifier);
    work.rights.check(Action::Create, Kind::Experiment, there, named)?;
    let perm_id = work.perm_id();
    let fields = vec![
        ("code", Slot::from(code)),
        ("permId", Slot::from(perm_id)),
        ("type", Slot::One(entity_type)),
        ("project", Slot::One(project)),
    ];
    let number = stamps::register(work, Kind::Experiment, fields);
    freezing::of_member(work, project, number, "SET PROJECT")?;
    uniqueness::within(work, number, "project")?;
    entity::dress(work, number, creation)?;
    Ok(number)
}

pub(super) fn update(work: &mut Work<'_>, updates: &[View<'_>]) -> Result<(), Fault> {
    for (number, update) in targets(work, Kind::Experiment, updates)? {
        if let Some(project) = changes::value(update, "projectId") {
            let Some(project) = update.view_of(project) else {
                return Err(refused("Project id cannot be null"));
            };
            let project = ids::require(work, Kind::Project, project)?;
            move_to(work, number, project)?;
        }
        entity::redress(work, number, update)?;
    }
    Ok(())
}

/// Moves an experiment; its samples follow into project and space.
fn move_to(work: &mut Work<'_>, number: Number, project: Number) -> Result<(), Fault> {
    let before = work.object(number)?.one("project");
    if before == Some(project) {
        return Ok(());
    }
    for holder in before.into_iter().chain([project]) {
        let there = place(&work.store, work.object(holder)?);
        work.rights.check(Action::Fill, Kind::Project, there, ("", ""))?;
    }
    freezing::of_object(work, number, "SET PROJECT")?;
    for holder in before.into_iter().chain([project]) {
        freezing::of_member(work, holder, number, "SET PROJECT")?;
    }
    work.store.set(number, "project", Slot::One(project));
    uniqueness::within(work, number, "project")?;
    let space = work.object(project)?.one("space");
    let samples: Vec<Number> = work
        .store
        .linking(Kind::Sample, "experiment", number)
        .map(|sample| sample.number)
        .collect();
    for sample in samples {
        work.store.set(sample, "project", Slot::One(project));
        if let Some(space) = space {
            work.store.set(sample, "space", Slot::One(space));
        }
    }
    Ok(())
}
