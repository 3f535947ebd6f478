//! Who made or changed an object, and when.
use crate::model::Kind;
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;

/// Adds an object with its registration.
pub(crate) fn register(
    work: &mut Work<'_>,
    kind: Kind,
    fields: Vec<(&'static str, Slot)>,
) -> Number {
    let number = work.store.add(kind, fields);
    stamp(work, number, kind, ["registrationDate", "registrator"]);
    stamp(work, number, kind, ["modificationDate", "modifier"]);
    number
}

/// Notes that an object was changed.
pub(crate) fn touch(work: &mut Work<'_>, number: Number) {
    let Some(kind) = work.store.get(number).map(|object| object.kind) else { return };
    stamp(work, number, kind, ["modificationDate", "modifier"]);
}

fn stamp(
    work: &mut Work<'_>,
    number: Number,
    kind: Kind,
    [when, who]: [&'static str; 2],
) {
    if kind.spec().field(when).is_some() {
        work.store.set(number, when, Slot::Time(work.now.0));
    }
    if kind.spec().field(who).is_some() {
        work.store.set(number, who, Slot::One(work.caller));
    }
}
