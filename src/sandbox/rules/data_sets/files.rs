//! Where and how the files of a physical data set lie.
use super::super::{changes, stamps};
use super::TAKEN;
use crate::model::Kind;
use crate::sandbox::fault::{not_found, refused};
use crate::sandbox::formats::FORMATS;
use crate::sandbox::ids;
use crate::sandbox::rights::{Action, place};
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

pub(super) fn create(
    work: &mut Work<'_>,
    holder: Number,
    data: View<'_>,
) -> Result<(), Fault> {
    let there = place(&work.store, work.object(holder)?);
    if !work.rights.may(Action::Create, Kind::PhysicalData, there) {
        return Err(refused(
            "Data set creation can be only executed by a system user or a user with at \
             least SPACE_ETL_SERVER role.",
        ));
    }
    let mut fields = vec![
        ("holder", Slot::One(holder)),
        ("status", Slot::from("AVAILABLE")),
        ("presentInArchive", Slot::Flag(false)),
        ("archivingRequested", Slot::Flag(false)),
        ("storageConfirmation", Slot::Flag(false)),
        ("complete", Slot::from(data.text("complete").unwrap_or("UNKNOWN"))),
        ("location", Slot::from(location(work, data)?)),
        ("speedHint", Slot::Integer(data.integer("speedHint").unwrap_or(-50))),
    ];
    fields.extend(data.text("shareId").map(|share| ("shareId", Slot::from(share))));
    fields.extend(data.integer("size").map(|size| ("size", Slot::Integer(size))));
    for format in FORMATS {
        let code = match data.inner(format.sent) {
            Some(id) if format.knows(&ids::text(id)) => ids::text(id),
            Some(id) => return Err(not_found(id.name(), &ids::text(id))),
            None => format.default().to_owned(),
        };
        fields.push((format.field, Slot::from(code)));
    }
    stamps::register(work, Kind::PhysicalData, fields);
    Ok(())
}

/// A place below the store that no other data set has.
fn location(work: &Work<'_>, data: View<'_>) -> Result<String, Fault> {
    let Some(location) = data.text("location") else {
        return Err(refused("Location is not relative, Location can not be null."));
    };
    if location.starts_with('/') {
        return Err(refused("Location is not relative"));
    }
    if work.store.holding(Kind::PhysicalData, "location", location).next().is_some() {
        return Err(refused(TAKEN));
    }
    Ok(location.to_owned())
}

/// Notes the wish that files be archived.
pub(super) fn update(work: &mut Work<'_>, number: Number, update: View<'_>) {
    let value = changes::value(update, "physicalData");
    let wanted = value
        .and_then(|value| update.view_of(value))
        .and_then(|data| changes::value(data, "archivingRequested"));
    let Some(Node::Flag(wanted)) = wanted else { return };
    let part = work.store.linking(Kind::PhysicalData, "holder", number).next();
    let Some(part) = part.map(|part| part.number) else { return };
    work.store.set(part, "archivingRequested", Slot::Flag(*wanted));
}
