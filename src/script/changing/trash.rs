//! What a run would put into the trash, as `get_deletions()` would tell it.
use super::Step;
use crate::model::{Change, Id, Kind, Record, Timestamp, Value};

/// The deletion that a step would make.
pub(super) fn deletion(step: &Step, id: &Id, now: Timestamp) -> Option<Record> {
    let Change::Delete { ids, reason } = &step.change else { return None };
    let count = |kind: Kind| {
        let count = ids.iter().filter(|id| id.kind() == kind).count();
        Value::Integer(i64::try_from(count).unwrap_or(i64::MAX))
    };
    let values = [
        ("reason", Value::Text(reason.clone())),
        ("deletionDate", Value::Time(now)),
        ("totalExperimentsCount", count(Kind::Experiment)),
        ("totalSamplesCount", count(Kind::Sample)),
        ("totalDataSetsCount", count(Kind::DataSet)),
    ];
    Some(Record::told(Kind::Deletion, Some(id.clone()), values.into()))
}
