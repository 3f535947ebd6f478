//! What was deleted or frozen is remembered, for those who ask for events.
//!
//! What goes into the trash makes no event; being destroyed there does.
mod content;

use std::collections::BTreeSet;

use super::stamps;
use crate::model::Kind;
use crate::sandbox::ids::{self, identifier};
use crate::sandbox::rights::{Place, place};
use crate::sandbox::store::{Number, Object, Slot};
use crate::sandbox::work::Work;

/// How many events are kept.
const MOST: usize = 10_000;

type Fields = Vec<(&'static str, Slot)>;

/// The kinds whose deletions are events, as events name them.
const NAMES: &[(Kind, &str)] = &[
    (Kind::Attachment, "ATTACHMENT"),
    (Kind::DataSet, "DATA_SET"),
    (Kind::Experiment, "EXPERIMENT"),
    (Kind::Space, "SPACE"),
    (Kind::Material, "MATERIAL"),
    (Kind::Project, "PROJECT"),
    (Kind::PropertyType, "PROPERTY_TYPE"),
    (Kind::Sample, "SAMPLE"),
    (Kind::Vocabulary, "VOCABULARY"),
    (Kind::AuthorizationGroup, "AUTHORIZATION_GROUP"),
    (Kind::Tag, "TAG"),
];

/// The kinds of which the event tells who had made the object, and what it held.
const TOLD: &[Kind] =
    &[Kind::Project, Kind::Experiment, Kind::Sample, Kind::DataSet, Kind::Attachment];

/// Notes that objects are being destroyed, for as long as they are still there.
pub(super) fn deletion(work: &mut Work<'_>, numbers: &[Number], reason: &str) {
    let together: BTreeSet<Number> = numbers.iter().copied().collect();
    for &number in numbers {
        let Some(object) = work.store.get(number).cloned() else { continue };
        let Some(mut fields) = begun(&object, "DELETION") else { continue };
        fields.push(("reason", reason.into()));
        fields.extend(named(work, &object));
        fields.extend(placed(work, &object));
        if TOLD.contains(&object.kind) {
            fields.extend(made(work, &object));
            let text = content::of(work, &object, &together);
            fields.push(("content", text.into()));
        }
        keep(work, fields);
    }
}

/// Notes that an object was frozen, by these flags of its update.
pub(super) fn freezing(work: &mut Work<'_>, number: Number, flags: &[String]) {
    let Some(object) = work.store.get(number).cloned() else { return };
    let Some(mut fields) = begun(&object, "FREEZING") else { return };
    let flags: Vec<String> = flags.iter().map(|flag| format!("\"{flag}\"")).collect();
    let name = match object.kind {
        Kind::DataSet => object.code().to_owned(),
        _ => identifier::of(&work.store, &object),
    };
    fields.push(("identifier", name.into()));
    fields.push(("reason", format!("[{}]", flags.join(", ")).into()));
    keep(work, fields);
}

/// Keeps an event; the oldest ones make room.
fn keep(work: &mut Work<'_>, fields: Fields) {
    stamps::register(work, Kind::Event, fields);
    if work.store.count(Kind::Event) > MOST {
        let oldest = work.store.all(Kind::Event).next().map(|event| event.number);
        if let Some(oldest) = oldest {
            work.store.remove(oldest);
        }
    }
}

fn begun(object: &Object, event: &str) -> Option<Fields> {
    let name = NAMES.iter().find(|row| row.0 == object.kind)?.1;
    Some(vec![("eventType", event.into()), ("entityType", name.into())])
}

/// What it was called.
fn named(work: &Work<'_>, object: &Object) -> Fields {
    let name = match object.kind {
        Kind::Tag => object.code().to_owned(),
        Kind::Attachment => content::attachment(work, object),
        _ => ids::perm_id(&work.store, object.number),
    };
    let description = match object.kind {
        Kind::Project => identifier::of(&work.store, object),
        _ => name.clone(),
    };
    vec![("identifier", name.into()), ("description", description.into())]
}

/// Where it was.
fn placed(work: &Work<'_>, object: &Object) -> Fields {
    let (space, project) = match place(&work.store, object) {
        Place::Server => (None, None),
        Place::Space(space) => (Some(space), None),
        Place::Project { space, project } => (space, Some(project)),
    };
    let mut fields = Vec::new();
    if let Some(space) = space.and_then(|number| work.store.get(number)) {
        fields.push(("entitySpace", space.code().into()));
        fields.push(("entitySpaceId", space.number.0.to_string().into()));
    }
    if let Some(project) = project.and_then(|number| work.store.get(number)) {
        let name = identifier::of(&work.store, project);
        fields.push(("entityProject", name.into()));
        let perm_id = ids::perm_id(&work.store, project.number);
        fields.push(("entityProjectId", perm_id.into()));
    }
    fields
}

/// Who had made it, and when.
fn made(work: &Work<'_>, object: &Object) -> Fields {
    let mut fields = Vec::new();
    let person = object.one("registrator").and_then(|number| work.store.get(number));
    if let Some(user) = person.and_then(|person| person.text("userId")) {
        fields.push(("entityRegistrator", user.into()));
    }
    if let Some(time) = object.time("registrationDate") {
        fields.push(("entityRegistrationDate", Slot::Time(time)));
    }
    fields
}
