//! What experiments, samples and data sets have in common.
use super::{attachments, changes, freezing, properties, stamps, tags, validation};
use crate::model::Kind;
use crate::sandbox::fault::refused;
use crate::sandbox::ids;
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::View;

/// The type that a creation names.
pub(super) fn type_of(
    work: &Work<'_>,
    kind: Kind,
    creation: View<'_>,
) -> Result<Number, Fault> {
    let Some(id) = creation.inner("typeId") else {
        return Err(refused("Type id cannot be null."));
    };
    ids::require(work, kind, id)
}

/// Gives a new entity its properties, tags and attachments, and notes its `CreationId`.
pub(super) fn dress(
    work: &mut Work<'_>,
    number: Number,
    creation: View<'_>,
) -> Result<(), Fault> {
    work.store.set(number, "properties", Slot::Map([].into()));
    work.store.set(number, "metaData", changes::meta_data(creation));
    properties::set(work, number, creation.map("properties"))?;
    tags::create_on(work, number, creation)?;
    attachments::create(work, number, creation)?;
    note_creation_id(work, number, creation);
    Ok(())
}

/// Notes the `CreationId` that other creations may name the new object by.
pub(super) fn note_creation_id(work: &mut Work<'_>, number: Number, creation: View<'_>) {
    if let Some(id) = creation.inner("creationId") {
        work.made.insert(ids::text(id), number);
    }
}

/// Notes since when the files of an object may not change, where an update says so.
fn settle_data(
    work: &mut Work<'_>,
    number: Number,
    update: View<'_>,
) -> Result<(), Fault> {
    let field = "immutableDataDate";
    if update.flag("immutableData") && work.object(number)?.time(field).is_none() {
        let now = work.now.0;
        work.store.set(number, field, Slot::Time(now));
    }
    Ok(())
}

/// Changes properties, tags, metaData and attachments.
pub(super) fn redress(
    work: &mut Work<'_>,
    number: Number,
    update: View<'_>,
) -> Result<(), Fault> {
    freezing::freeze(work, number, update)?;
    settle_data(work, number, update)?;
    let given = update.map("properties");
    properties::set(work, number, given)?;
    if !given.is_empty() {
        properties::check_mandatory(work, number)?;
    }
    tags::update_on(work, number, update)?;
    changes::update_meta_data(work, number, update)?;
    attachments::update(work, number, update)?;
    stamps::touch(work, number);
    validation::check(work, number)
}
