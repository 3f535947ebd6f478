//! Projects: within a space, which they may leave for another one.
use super::{
    attachments, changes, entity, freezing, limits, stamps, targets, uniqueness,
};
use crate::model::Kind;
use crate::sandbox::fault::refused;
use crate::sandbox::ids;
use crate::sandbox::rights::{Action, Place};
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
    Ok(made)
}

fn create_one(work: &mut Work<'_>, creation: View<'_>) -> Result<Number, Fault> {
    let code = limits::code(creation.text("code"))?;
    let Some(space) = creation.inner("spaceId") else {
        return Err(refused("Space id cannot be null."));
    };
    let space = ids::require(work, Kind::Space, space)?;
    let in_space = Place::Space(space);
    let space_code = work.object(space)?.code();
    // Who sees the space for the sake of a project of it, does not know the space itself.
    work.rights.check(
        Action::Read,
        Kind::Space,
        in_space,
        ("SpacePermId", space_code),
    )?;
    let identifier = format!("/{space_code}/{code}");
    let named = ("ProjectIdentifier", &*identifier);
    work.rights.check(Action::Create, Kind::Project, in_space, named)?;
    let leader = creation.inner("leaderId");
    let leader = leader.map(|id| ids::require(work, Kind::Person, id)).transpose()?;
    let perm_id = work.perm_id();
    let mut fields = vec![
        ("code", Slot::from(code)),
        ("permId", Slot::from(perm_id)),
        ("space", Slot::One(space)),
    ];
    fields.extend(creation.text("description").map(|text| ("description", text.into())));
    fields.extend(leader.map(|leader| ("leader", Slot::One(leader))));
    let number = stamps::register(work, Kind::Project, fields);
    freezing::of_member(work, space, number, "SET SPACE")?;
    uniqueness::within(work, number, "space")?;
    attachments::create(work, number, creation)?;
    entity::note_creation_id(work, number, creation);
    Ok(number)
}

pub(super) fn update(work: &mut Work<'_>, updates: &[View<'_>]) -> Result<(), Fault> {
    for (number, update) in targets(work, Kind::Project, updates)? {
        if let Some(space) = changes::value(update, "spaceId") {
            let Some(space) = update.view_of(space) else {
                return Err(refused("Space id cannot be null"));
            };
            let space = ids::require(work, Kind::Space, space)?;
            move_to(work, number, space)?;
        }
        if update.has("description") && changes::value(update, "description").is_some() {
            freezing::of_object(work, number, "UPDATE")?;
        }
        changes::text(work, number, update, "description");
        attachments::update(work, number, update)?;
        freezing::freeze(work, number, update)?;
        stamps::touch(work, number);
    }
    Ok(())
}

/// Moves a project; its samples follow.
fn move_to(work: &mut Work<'_>, number: Number, space: Number) -> Result<(), Fault> {
    let before = work.object(number)?.one("space");
    if before == Some(space) {
        return Ok(());
    }
    for place in before.into_iter().chain([space]) {
        work.rights.check(Action::Move, Kind::Project, Place::Space(place), ("", ""))?;
    }
    freezing::of_object(work, number, "SET SPACE")?;
    work.store.set(number, "space", Slot::One(space));
    uniqueness::within(work, number, "space")?;
    let samples: Vec<Number> = work
        .store
        .linking(Kind::Sample, "project", number)
        .map(|sample| sample.number)
        .collect();
    for sample in samples {
        work.store.set(sample, "space", Slot::One(space));
    }
    Ok(())
}

/// Deletes projects that hold nothing, be it in the trash; their roles go along.
pub(super) fn delete(work: &mut Work<'_>, numbers: &[Number]) -> Result<(), Fault> {
    for &number in numbers {
        freezing::of_object(work, number, "DELETE")?;
        let code = work.object(number)?.code().to_owned();
        let experiments = work.store.linking(Kind::Experiment, "project", number);
        let (trashed, there): (Vec<_>, Vec<_>) =
            experiments.partition(|experiment| experiment.trashed.is_some());
        for (some, why) in [(there, "still exist"), (trashed, "are in the trash can")] {
            if !some.is_empty() {
                let codes: Vec<&str> =
                    some.iter().map(|experiment| experiment.code()).collect();
                return Err(refused(format!(
                    "Project '{code}' can not be deleted because the following experiments \
                     {why}: [{}]",
                    codes.join(", ")
                )));
            }
        }
        if work.store.linking(Kind::Sample, "project", number).next().is_some() {
            return Err(refused(format!(
                "Project '{code}' is being used. Delete all connected data  first."
            )));
        }
        super::remove_roles(work, "project", number);
        attachments::remove_all(work, number);
        work.store.remove(number);
    }
    Ok(())
}
