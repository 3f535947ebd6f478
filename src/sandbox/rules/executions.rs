//! Executions of operations stay when they are deleted, marked as such.
use super::{changes, targets};
use crate::model::Kind;
use crate::sandbox::store::Number;
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::View;

const MARK: &str = "DELETE_PENDING";

pub(super) fn update(work: &mut Work<'_>, updates: &[View<'_>]) -> Result<(), Fault> {
    for (execution, update) in targets(work, Kind::OperationExecution, updates)? {
        changes::text(work, execution, update, "description");
        for (wish, field) in [
            ("deleteSummaryRequested", "summaryAvailability"),
            ("deleteDetailsRequested", "detailsAvailability"),
        ] {
            if update.flag(wish) {
                work.store.set(execution, field, MARK.into());
            }
        }
    }
    Ok(())
}

pub(super) fn delete(work: &mut Work<'_>, numbers: &[Number]) {
    for &execution in numbers {
        work.store.set(execution, "availability", MARK.into());
    }
}
