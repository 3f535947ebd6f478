//! Files that go to the archive and come back, which takes a moment.
use crate::model::{Kind, Timestamp};
use crate::sandbox::ids;
use crate::sandbox::rights::Action;
use crate::sandbox::store::{Number, Slot, Store};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::View;

/// How long the archiver needs, in milliseconds.
const MOMENT: i64 = 1_000;

/// The states that end by themselves, and what they end in.
pub(super) const PENDING: &[(&str, &str)] = &[
    ("ARCHIVE_PENDING", "ARCHIVED"),
    ("BACKUP_PENDING", "AVAILABLE"),
    ("UNARCHIVE_PENDING", "AVAILABLE"),
];

/// What somebody wants with files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// A copy in the archive, and none in the store.
    Archive,
    /// A copy in the archive besides.
    Backup,
    Unarchive,
    Lock,
    Unlock,
}

impl Wish {
    fn action(self) -> Action {
        match self {
            Self::Archive | Self::Backup => Action::Archive,
            Self::Unarchive => Action::Unarchive,
            Self::Lock | Self::Unlock => Action::Lock,
        }
    }

    /// The state that the files have to be in, and the one that they get into.
    fn states(self) -> (&'static str, &'static str) {
        match self {
            Self::Archive => ("AVAILABLE", "ARCHIVE_PENDING"),
            Self::Backup => ("AVAILABLE", "BACKUP_PENDING"),
            Self::Unarchive => ("ARCHIVED", "UNARCHIVE_PENDING"),
            Self::Lock => ("AVAILABLE", "LOCKED"),
            Self::Unlock => ("LOCKED", "AVAILABLE"),
        }
    }
}

/// Begins what is wished with the files of data sets. Those in another state, and those
/// without files of their own, are passed over.
pub(crate) fn begin(
    work: &mut Work<'_>,
    wish: Wish,
    named: &[View<'_>],
) -> Result<(), Fault> {
    let mut data_sets = Vec::new();
    for &id in named {
        let number = ids::require(work, Kind::DataSet, id)?;
        super::permit(work, wish.action(), number, id)?;
        data_sets.push(number);
    }
    let (from, to) = wish.states();
    for data_set in data_sets {
        let mut parts = work.store.linking(Kind::PhysicalData, "holder", data_set);
        let data = parts.find(|data| data.text("status") == Some(from));
        let Some(data) = data.map(|data| data.number) else { continue };
        drop(parts);
        work.store.set(data, "status", Slot::from(to));
        work.store.set(data, "since", Slot::Time(work.now.0));
        if wish == Wish::Archive {
            work.store.set(data, "archivingRequested", Slot::Flag(false));
        }
    }
    Ok(())
}

/// Whether anything is under way.
pub(crate) fn is_under_way(store: &Store) -> bool {
    let waiting = |state| store.holding(Kind::PhysicalData, "status", state).next();
    PENDING.iter().any(|(pending, _)| waiting(pending).is_some())
}

/// Ends what was begun a moment ago.
pub(crate) fn proceed(store: &mut Store, now: Timestamp) {
    for &(pending, end) in PENDING {
        let waiting = store.holding(Kind::PhysicalData, "status", pending);
        let over = |since: Option<i64>| since.is_none_or(|since| now.0 - since >= MOMENT);
        let done: Vec<Number> = waiting
            .filter(|data| over(data.time("since")))
            .map(|data| data.number)
            .collect();
        for data in done {
            store.set(data, "status", Slot::from(end));
            store.set(data, "presentInArchive", Slot::Flag(true));
            store.clear(data, "since");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_archived_is_pending_for_a_moment() {
        let mut store = Store::default();
        let fields =
            [("status", Slot::from("ARCHIVE_PENDING")), ("since", Slot::Time(5_000))];
        let data = store.add(Kind::PhysicalData, fields);
        let status = |store: &Store| {
            store.get(data).and_then(|data| data.text("status")).map(str::to_owned)
        };
        proceed(&mut store, Timestamp(5_999));
        assert_eq!(status(&store).as_deref(), Some("ARCHIVE_PENDING"));
        proceed(&mut store, Timestamp(6_000));
        assert_eq!(status(&store).as_deref(), Some("ARCHIVED"));
    }
}
