use serde_json::{Value as Json, json};

use super::{Execution, changes, spec_of};
use crate::model::{Called, Change, Verb};
use crate::wire::{Asked, names};

/// The changes as operations: neighbours of one kind and verb in one.
pub(super) fn operations(changes: &[Change]) -> Json {
    Change::groups(changes, changes.len()).into_iter().map(operation).collect()
}

/// Carried out in the order given, before the answer; or after it, under an id that the
/// server makes: ours stands in the description then.
pub(super) fn options(execution: Execution<'_>) -> Json {
    let Execution { id: own, description, asynchronous } = execution;
    if asynchronous {
        return json!({
            "@type": "as.dto.operation.AsynchronousOperationExecutionOptions",
            "description": format!("{description} ({own})"),
            "executeInOrder": true,
        });
    }
    json!({
        "@type": "as.dto.operation.SynchronousOperationExecutionOptions",
        "description": description,
        "executeInOrder": true,
        "executionId": id(own),
    })
}

pub(in crate::wire) fn id(id: &str) -> Json {
    json!({ "@type": "as.dto.operation.id.OperationExecutionPermId", "permId": id })
}

/// Asks for all that the server remembers of an execution, but for the operations.
pub(super) fn remembered() -> Json {
    let part = |class: &str| {
        let empty = json!({ "@type": "as.dto.common.fetchoptions.EmptyFetchOptions" });
        json!({
            "@type": format!("as.dto.operation.fetchoptions.OperationExecution{class}"),
            "progress": empty, "error": empty, "results": empty,
        })
    };
    json!({
        "@type": "as.dto.operation.fetchoptions.OperationExecutionFetchOptions",
        "summary": part("SummaryFetchOptions"),
        "details": part("DetailsFetchOptions"),
    })
}

fn operation(changes: &[Change]) -> Json {
    let Some(first) = changes.first() else { return Json::Null };
    let written: Vec<Json> = changes.iter().filter_map(changes::written).collect();
    let mut params = changes::params(changes).into_iter();
    let (ids, options) = (params.next(), params.next());
    let data_sets = |class: &str| {
        let class = format!("as.dto.dataset.{class}Operation");
        json!({ "@type": class, "dataSetIds": ids, "options": options })
    };
    let deletions = |class: &str| json!({ "@type": format!("as.dto.deletion.{class}Operation"), "deletionIds": ids });
    let class = |verb| names::operation(spec_of(first), verb);
    match first {
        Change::Create(_) => {
            json!({ "@type": class(Verb::Create), "creations": written })
        }
        Change::Update { .. } => {
            json!({ "@type": class(Verb::Update), "updates": written })
        }
        Change::Delete { .. } => {
            json!({ "@type": class(Verb::Delete), "objectIds": ids, "options": options })
        }
        Change::Archive { .. } => data_sets("archive.ArchiveDataSets"),
        Change::Unarchive { .. } => data_sets("unarchive.UnarchiveDataSets"),
        Change::Lock { .. } => data_sets("lock.LockDataSets"),
        Change::Unlock { .. } => data_sets("unlock.UnlockDataSets"),
        Change::Confirm { .. } => deletions("confirm.ConfirmDeletions"),
        Change::Revert { .. } => deletions("revert.RevertDeletions"),
        Change::Call(called) => call(called),
    }
}

/// A call by name that was checked before.
fn call(called: &Called) -> Json {
    Asked::of(called).map_or(Json::Null, |asked| asked.to_operation())
}
