//! In which space something lies, as far as that can be told without asking.
use crate::model::{Change, Id, IdForm, Kind, Record, Value};

/// Whether the change is of what lies in no space at all.
pub(super) fn is_nowhere(change: &Change) -> bool {
    if let Change::Call(_) = change {
        return false;
    }
    let placed =
        [Kind::Space, Kind::Project, Kind::Experiment, Kind::Sample, Kind::DataSet];
    change.kind().is_none_or(|kind| !placed.contains(&kind))
}

/// The space of an object.
pub(super) fn space_of(record: &Record) -> Option<String> {
    if record.kind() == Kind::Space {
        return record.text("code").or(record.id().map(Id::text)).map(str::to_owned);
    }
    let own = record.text("identifier").and_then(first);
    own.or_else(|| {
        let fields = ["space", "project", "experiment", "sample"];
        fields.into_iter().find_map(|field| match record.get(field) {
            Ok(Some(Value::One(link))) => {
                link.record.as_deref().and_then(space_of).or_else(|| named(&link.id))
            }
            Ok(_) | Err(_) => None,
        })
    })
}

/// The space that an id tells.
pub(super) fn named(id: &Id) -> Option<String> {
    match (id.kind(), id.form()) {
        (Kind::Space, IdForm::Coded(..)) => Some(id.text().to_owned()),
        (_, IdForm::Identifier(_)) => first(id.text()),
        (_, _) => None,
    }
}

/// The space of `/SPACE/…/CODE`.
fn first(identifier: &str) -> Option<String> {
    let (space, _) = identifier.trim_start_matches('/').split_once('/')?;
    Some(space.to_owned())
}
