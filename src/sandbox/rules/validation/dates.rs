//! Nothing ends before it begins.
use super::Verdict;
use crate::sandbox::store::{Object, Store};

/// The texts are compared, as the script does.
pub(super) fn check(_store: &Store, entity: &Object) -> Verdict {
    match (entity.property("START_DATE"), entity.property("END_DATE")) {
        (Some(start), Some(end)) if start > end => {
            Verdict::Wrong("End date cannot be before start date!")
        }
        _ => Verdict::Fine,
    }
}
