//! Files that go to the archive and come back, which takes a moment.
use crate::model::{Kind, Timestamp};
use crate::sandbox::store::{Number, Slot, Store};

/// How long the archiver needs, in milliseconds.
const MOMENT: i64 = 1_000;

/// The states that end by themselves, and what they end in.
const PENDING: &[(&str, &str, bool)] = &[
    ("ARCHIVE_PENDING", "ARCHIVED", true),
    ("BACKUP_PENDING", "AVAILABLE", true),
    ("UNARCHIVE_PENDING", "AVAILABLE", true),
];

/// Ends what was begun a moment ago.
pub(crate) fn proceed(store: &mut Store, now: Timestamp) {
    for &(pending, end, archived) in PENDING {
        let waiting = store.holding(Kind::PhysicalData, "status", pending);
        let over = |since: Option<i64>| since.is_none_or(|since| now.0 - since >= MOMENT);
        let done: Vec<Number> = waiting
            .filter(|data| over(data.time("since")))
            .map(|data| data.number)
            .collect();
        for data in done {
            store.set(data, "status", Slot::from(end));
            store.set(data, "presentInArchive", Slot::Flag(archived));
            store.clear(data, "since");
        }
    }
}
