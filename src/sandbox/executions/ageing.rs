//! What was recorded is not kept for ever: details go first, then the summary.
use crate::model::Kind;
use crate::sandbox::store::{Number, Object};
use crate::sandbox::work::Work;

/// After how many new executions the old ones are looked at.
const PERIOD: u64 = 64;
const OVER: &str = "TIMED_OUT";

/// A part of what is recorded of an execution.
struct Part {
    name: &'static str,
    availability: &'static str,
    /// For how many seconds it is kept.
    time: &'static str,
    fields: &'static [&'static str],
}

const PARTS: &[Part] = &[
    Part {
        name: "details",
        availability: "detailsAvailability",
        time: "detailsAvailabilityTime",
        fields: &["operations", "results"],
    },
    Part {
        name: "summary",
        availability: "summaryAvailability",
        time: "summaryAvailabilityTime",
        fields: &["operationTexts", "resultTexts", "error"],
    },
];

/// Now and then lets go what was kept for long enough.
pub(super) fn proceed(work: &mut Work<'_>) {
    if !work.store.next("execution").is_multiple_of(PERIOD) {
        return;
    }
    let now = work.now.0;
    let old: Vec<(Number, &Part)> = work
        .store
        .all(Kind::OperationExecution)
        .flat_map(|it| PARTS.iter().map(move |part| (it, part)))
        .filter(|(it, part)| !is_over(it, part.name) && part.ends(it) < now)
        .map(|(it, part)| (it.number, part))
        .collect();
    for (execution, part) in old {
        work.store.set(execution, part.availability, OVER.into());
        for field in part.fields {
            work.store.clear(execution, field);
        }
    }
}

/// Whether a part is no longer kept.
pub(super) fn is_over(execution: &Object, name: &str) -> bool {
    let part = PARTS.iter().find(|part| part.name == name);
    part.is_some_and(|part| execution.text(part.availability) == Some(OVER))
}

impl Part {
    /// Milliseconds since 1970.
    fn ends(&self, execution: &Object) -> i64 {
        let seconds = execution.integer(self.time).unwrap_or_default();
        execution.time("finishDate").unwrap_or_default() + seconds.saturating_mul(1000)
    }
}
