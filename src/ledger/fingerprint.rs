//! By what a change is known again when a run goes on.
use super::written::{self, Contents};
use super::{Error, calls};
use crate::model::{Change, Edit, Kind};

/// What a change is about, and all of what it says.
pub(super) struct Fingerprint {
    /// For what is new and for calls by name, its content; else the object, the verb, and the names of the fields.
    pub(super) subject: String,
    pub(super) content: String,
}

/// The fingerprints of changes that go together.
pub(super) fn fingerprints(changes: &[&Change]) -> Result<Vec<Fingerprint>, Error> {
    changes.iter().map(|change| fingerprint(change)).collect()
}

fn fingerprint(change: &Change) -> Result<Fingerprint, Error> {
    let (content, _) = written::change(change, Contents::Hashed)?;
    let subject = match change {
        Change::Create(_) | Change::Call(_) => content.clone(),
        Change::Update { id, edits } => {
            let fields = edits.iter().map(|(name, edit)| field(name, edit));
            let fields: Vec<String> = fields.collect();
            about("update", id.kind(), &[written::id_text(id)], &fields)
        }
        Change::Delete { ids, .. }
        | Change::Archive { ids, .. }
        | Change::Unarchive { ids }
        | Change::Lock { ids }
        | Change::Unlock { ids }
        | Change::Confirm { ids }
        | Change::Revert { ids } => {
            let kind = change.kind().unwrap_or(Kind::DataSet);
            let ids: Vec<String> = ids.iter().map(written::id_text).collect();
            about(calls::verb(change), kind, &ids, &[])
        }
    };
    Ok(Fingerprint { subject, content })
}

fn about(verb: &str, kind: Kind, ids: &[String], fields: &[String]) -> String {
    format!("{verb} {} {} {}", kind.spec().name, ids.join(","), fields.join(","))
}

/// The name of a field; of properties, their codes.
fn field(name: &str, edit: &Edit) -> String {
    match edit {
        Edit::Properties(edits) => {
            let codes: Vec<&str> = edits.keys().map(String::as_str).collect();
            format!("{name}:{}", codes.join("+"))
        }
        Edit::Set(_) | Edit::Links(_) | Edit::AddRemove { .. } | Edit::Parts { .. } => {
            name.to_owned()
        }
    }
}
