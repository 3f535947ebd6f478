//! What was recorded is not kept for ever: details go first, then the summary; the oldest
//! first, where it gets to be too much.
use crate::model::Kind;
use crate::sandbox::store::{Number, Object};
use crate::sandbox::work::Work;

/// After how many new executions the old ones are looked at.
const PERIOD: u64 = 64;
const OVER: &str = "TIMED_OUT";
/// How many bytes of details may be kept, and of summaries.
const ROOM: usize = 64_000_000;
/// How many executions may be known.
const MOST: usize = 50_000;

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
        part.let_go(work, execution);
    }
    for part in PARTS {
        for execution in part.beyond(work, ROOM) {
            part.let_go(work, execution);
        }
    }
    let known: Vec<Number> =
        work.store.all(Kind::OperationExecution).map(|it| it.number).collect();
    for &execution in &known[..known.len().saturating_sub(MOST)] {
        work.store.remove(execution);
    }
}

/// Whether a part is no longer kept.
pub(super) fn is_over(execution: &Object, name: &str) -> bool {
    let part = PARTS.iter().find(|part| part.name == name);
    part.is_some_and(|part| execution.text(part.availability) == Some(OVER))
}

impl Part {
    fn let_go(&self, work: &mut Work<'_>, execution: Number) {
        work.store.set(execution, self.availability, OVER.into());
        for field in self.fields {
            work.store.clear(execution, field);
        }
    }

    /// The executions, the oldest ones, that have to let go of the part for the others to
    /// have room.
    fn beyond(&self, work: &Work<'_>, room: usize) -> Vec<Number> {
        let sizes = work.store.all(Kind::OperationExecution).map(|it| {
            let fields = self.fields.iter().filter_map(|field| it.bytes(field));
            (it.number, fields.map(<[u8]>::len).sum::<usize>())
        });
        let sizes: Vec<(Number, usize)> = sizes.filter(|it| it.1 > 0).collect();
        let mut left = sizes.iter().map(|it| it.1).sum::<usize>();
        let beyond = sizes.into_iter().take_while(|it| {
            let too_much = left > room;
            left = left.saturating_sub(it.1);
            too_much
        });
        beyond.map(|it| it.0).collect()
    }

    /// Milliseconds since 1970.
    fn ends(&self, execution: &Object) -> i64 {
        let seconds = execution.integer(self.time).unwrap_or_default();
        execution.time("finishDate").unwrap_or_default() + seconds.saturating_mul(1000)
    }
}
