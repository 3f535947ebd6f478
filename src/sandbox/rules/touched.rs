//! When objects of a kind were last made, deleted or changed: by that clients know whether
//! what they remember still holds.
use crate::model::{Kind, Timestamp};
use crate::sandbox::store::Store;
use crate::sandbox::work::Work;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sandbox) enum Operation {
    CreateOrDelete,
    Update,
}

/// Notes that it was done now.
pub(super) fn note(work: &mut Work<'_>, kind: Kind, operation: Operation) {
    note_at(&mut work.store, kind, operation, work.now);
}

fn note_at(store: &mut Store, kind: Kind, operation: Operation, now: Timestamp) {
    store.reach(&mark(kind, operation), u64::try_from(now.0).unwrap_or_default());
}

/// When it was done last, in milliseconds since 1970; when the server began, if never.
pub(in crate::sandbox) fn last(
    store: &Store,
    kind: Option<Kind>,
    operation: Operation,
) -> i64 {
    let noted = kind.and_then(|kind| store.reached(&mark(kind, operation)));
    let noted = noted.and_then(|millis| i64::try_from(millis).ok());
    noted.unwrap_or_else(|| beginning(store))
}

fn mark(kind: Kind, operation: Operation) -> String {
    format!("{} {operation:?}", kind.spec().name)
}

fn beginning(store: &Store) -> i64 {
    let people = store.all(Kind::Person);
    people.filter_map(|person| person.time("registrationDate")).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn a_kind_that_nobody_touched_is_as_old_as_the_server() {
        let mut store = Store::default();
        let born = [("registrationDate", crate::sandbox::store::Slot::Time(7))];
        store.add(Kind::Person, born);
        note_at(&mut store, Kind::Space, Operation::Update, Timestamp(50));
        assert_eq!(last(&store, Some(Kind::Space), Operation::Update), 50);
        assert_eq!(last(&store, Some(Kind::Space), Operation::CreateOrDelete), 7);
    }
}
