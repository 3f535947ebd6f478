use serde_json::{Value as Json, json};

use super::{creation, ids, spec_of, update};
use crate::model::{Change, Verb};
use crate::wire::names;

/// The method that carries out changes of one kind and verb.
pub(super) fn method(changes: &[Change]) -> String {
    let Some(change) = changes.first() else { return String::new() };
    let spec = spec_of(change);
    match change {
        Change::Create(_) => names::method(spec, Verb::Create),
        Change::Update { .. } => names::method(spec, Verb::Update),
        Change::Delete { .. } => names::method(spec, Verb::Delete),
        Change::Archive { .. } => "archiveDataSets".to_owned(),
        Change::Unarchive { .. } => "unarchiveDataSets".to_owned(),
        Change::Lock { .. } => "lockDataSets".to_owned(),
        Change::Unlock { .. } => "unlockDataSets".to_owned(),
        Change::Confirm { .. } => "confirmDeletions".to_owned(),
        Change::Revert { .. } => "revertDeletions".to_owned(),
        Change::Call(called) => called.method.clone(),
    }
}

/// What the method takes behind the session token. Creations and updates go together;
/// of the others there is one to a call.
pub(super) fn params(changes: &[Change]) -> Vec<Json> {
    let Some(first) = changes.first() else { return Vec::new() };
    let spec = spec_of(first);
    match first {
        Change::Create(_) | Change::Update { .. } => {
            vec![changes.iter().filter_map(written).collect()]
        }
        Change::Delete { ids, reason } => {
            let class = names::dto(spec, Verb::Delete);
            vec![ids::list(ids), json!({ "@type": class, "reason": reason })]
        }
        Change::Archive { ids, remove } => {
            let class = "as.dto.dataset.archive.DataSetArchiveOptions";
            vec![ids::list(ids), json!({ "@type": class, "removeFromDataStore": remove })]
        }
        Change::Unarchive { ids } => {
            vec![ids::list(ids), options("unarchive.DataSetUnarchiveOptions")]
        }
        Change::Lock { ids } => vec![ids::list(ids), options("lock.DataSetLockOptions")],
        Change::Confirm { ids } | Change::Revert { ids } => vec![ids::list(ids)],
        Change::Unlock { ids } => {
            vec![ids::list(ids), options("unlock.DataSetUnlockOptions")]
        }
        // Goes by itself, as what it is.
        Change::Call(_) => Vec::new(),
    }
}

/// The creation or update that a change is.
pub(super) fn written(change: &Change) -> Option<Json> {
    match change {
        Change::Create(record) => Some(creation::creation(record)),
        Change::Update { id, edits } => Some(update::update(id, edits)),
        Change::Delete { .. }
        | Change::Archive { .. }
        | Change::Unarchive { .. }
        | Change::Lock { .. }
        | Change::Unlock { .. }
        | Change::Confirm { .. }
        | Change::Revert { .. }
        | Change::Call(_) => None,
    }
}

fn options(class: &str) -> Json {
    json!({ "@type": format!("as.dto.dataset.{class}") })
}
