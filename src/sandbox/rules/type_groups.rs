//! Groups of sample types, of newer servers, and the types that are in them.
use super::{changes, fields, guard, stamps, targets, wording};
use crate::model::Kind;
use crate::sandbox::fault::refused;
use crate::sandbox::ids;
use crate::sandbox::rights::Action;
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

pub(super) fn create(
    work: &mut Work<'_>,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    creations.iter().map(|&creation| create_one(work, creation)).collect()
}

fn create_one(work: &mut Work<'_>, creation: View<'_>) -> Result<Number, Fault> {
    let given = creation.text("code").unwrap_or_default();
    guard::create(work, Kind::TypeGroup, given)?;
    let code = free_code(work, &wording::code(creation)?)?;
    guard::internal(work, Kind::TypeGroup, &code, creation)?;
    let mut all = fields::given(creation, &["managedInternally"]);
    all.push(("code", Slot::Text(code)));
    all.push(("metaData", changes::meta_data(creation)));
    Ok(stamps::register(work, Kind::TypeGroup, all))
}

fn free_code(work: &Work<'_>, code: &str) -> Result<String, Fault> {
    if work.store.find(Kind::TypeGroup, "code", code).is_none() {
        return Ok(code.to_owned());
    }
    Err(refused("Type group already exists in the database and needs to be unique."))
}

pub(super) fn update(work: &mut Work<'_>, updates: &[View<'_>]) -> Result<(), Fault> {
    for (group, update) in targets(work, Kind::TypeGroup, updates)? {
        guard::touch(work, Action::Update, group)?;
        match changes::value(update, "code") {
            None => {}
            Some(Node::Text(text)) if !text.is_empty() => {
                let code = wording::checked_code(text)?;
                if work.object(group)?.code() != code {
                    let code = free_code(work, &code)?;
                    work.store.set(group, "code", code.into());
                }
            }
            Some(_) => return Err(refused("Code cannot be empty.")),
        }
        changes::update_meta_data(work, group, update)?;
        stamps::touch(work, group);
    }
    Ok(())
}

/// Groups go with what is in them; the types stay.
pub(super) fn delete(work: &mut Work<'_>, numbers: &[Number]) -> Result<(), Fault> {
    for &group in numbers {
        guard::touch(work, Action::Delete, group)?;
        remove_assignments(work, "typeGroup", group);
        work.store.remove(group);
    }
    Ok(())
}

/// Takes a type out of all groups, or all types out of a group.
pub(super) fn remove_assignments(work: &mut Work<'_>, side: &str, number: Number) {
    let assignments = work.store.linking(Kind::TypeGroupAssignment, side, number);
    for gone in assignments.map(|it| it.number).collect::<Vec<_>>() {
        work.store.remove(gone);
    }
}

pub(super) fn assign(
    work: &mut Work<'_>,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    creations.iter().map(|&creation| assign_one(work, creation)).collect()
}

fn assign_one(work: &mut Work<'_>, creation: View<'_>) -> Result<Number, Fault> {
    let id = creation.inner("sampleTypeId");
    let id = id.ok_or_else(|| refused("Sample type id cannot be null."))?;
    let of = ids::require(work, Kind::SampleType, id)?;
    let id = creation.inner("typeGroupId");
    let id = id.ok_or_else(|| refused("Type group id cannot be null."))?;
    let group = ids::require(work, Kind::TypeGroup, id)?;
    let code = work.object(of)?.code().to_owned();
    guard::create(work, Kind::TypeGroupAssignment, &code)?;
    guard::internal(work, Kind::TypeGroupAssignment, &code, creation)?;
    let mut inside = work.store.linking(Kind::TypeGroupAssignment, "typeGroup", group);
    let is_taken = inside.any(|known| known.one("sampleType") == Some(of));
    drop(inside);
    if is_taken {
        return Err(refused(
            "Type group assignment already exists in the database and needs to be unique.",
        ));
    }
    let mut all = fields::given(creation, &["managedInternally"]);
    all.push(("sampleType", Slot::One(of)));
    all.push(("typeGroup", Slot::One(group)));
    Ok(stamps::register(work, Kind::TypeGroupAssignment, all))
}

pub(super) fn unassign(work: &mut Work<'_>, numbers: &[Number]) -> Result<(), Fault> {
    for &assignment in numbers {
        guard::touch(work, Action::Delete, assignment)?;
        work.store.remove(assignment);
    }
    Ok(())
}
