//! Data sets: of an experiment or a sample, with files, components or links.
mod demands;
mod files;
mod kin;
mod owners;
mod removal;

use super::{changes, entity, linked_data, properties, stamps, targets, wording};
use crate::model::Kind;
use crate::sandbox::fault::refused;
use crate::sandbox::ids;
use crate::sandbox::rights::{Action, place};
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::View;
use kin::Link;
pub(super) use removal::check as check_removal;

/// What is told of a second one, be it the code or the location that is taken.
const TAKEN: &str = "DataSet already exists in the database and needs to be unique.";

pub(super) fn create(
    work: &mut Work<'_>,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    for creation in creations {
        demands::check(*creation)?;
    }
    let mut made = Vec::with_capacity(creations.len());
    for &creation in creations {
        made.push(create_one(work, creation)?);
    }
    for (&number, &creation) in made.iter().zip(creations) {
        for link in Link::ALL {
            let others = ids::require_all(work, Kind::DataSet, creation, link.sent())?;
            link.add(work, number, &others)?;
        }
        properties::check_mandatory(work, number)?;
    }
    for &number in &made {
        kin::check_circles(work, number, "parents")?;
        kin::check_circles(work, number, "components")?;
    }
    Ok(made)
}

fn create_one(work: &mut Work<'_>, creation: View<'_>) -> Result<Number, Fault> {
    let entity_type = entity::type_of(work, Kind::DataSetType, creation)?;
    let Some(store) = creation.inner("dataStoreId") else {
        return Err(refused("Data store id cannot be null."));
    };
    let store = ids::require(work, Kind::DataStore, store)?;
    let code = match creation.text("code") {
        Some(code) if !code.is_empty() => wording::checked_code(code)?,
        _ => work.perm_id(),
    };
    if work.store.holding(Kind::DataSet, "code", &code).next().is_some() {
        return Err(refused(TAKEN));
    }
    let kind = demands::kind(creation);
    let mut fields = vec![
        ("code", Slot::from(code)),
        ("type", Slot::One(entity_type)),
        ("kind", Slot::from(kind)),
        ("dataStore", Slot::One(store)),
        ("measured", Slot::Flag(creation.flag("measured"))),
        ("postRegistered", Slot::Flag(true)),
        ("accessDate", Slot::Time(work.now.0)),
    ];
    fields
        .extend(creation.text("dataProducer").map(|text| ("dataProducer", text.into())));
    let date = creation.integer("dataProductionDate");
    fields.extend(date.map(|millis| ("dataProductionDate", Slot::Time(millis))));
    let number = stamps::register(work, Kind::DataSet, fields);
    owners::of_creation(work, number, creation)?;
    let object = work.object(number)?;
    let named = ("DataSetPermId", object.code());
    let there = place(&work.store, object);
    work.rights.check(Action::Create, Kind::DataSet, there, named)?;
    if let Some(data) = creation.inner("physicalData") {
        files::create(work, number, data)?;
    }
    if let Some(linked) = creation.inner("linkedData") {
        linked_data::create(work, number, linked)?;
    }
    entity::dress(work, number, creation)?;
    Ok(number)
}

pub(super) fn update(work: &mut Work<'_>, updates: &[View<'_>]) -> Result<(), Fault> {
    for (number, update) in targets(work, Kind::DataSet, updates)? {
        owners::of_update(work, number, update)?;
        files::update(work, number, update);
        linked_data::update(work, number, update)?;
        entity::redress(work, number, update)?;
        for link in Link::ALL {
            for step in changes::steps(update, link.sent()) {
                link.change(work, number, update, step)?;
            }
        }
        // Circles of parents are let through.
        kin::check_circles(work, number, "components")?;
    }
    Ok(())
}
