//! What of a change only newer servers have: refused before anything is sent to another.
use super::Step;
use crate::model::{Change, Edit, Kind, Link, Record, Value};
use crate::script::{ScriptError, Session, calling, value};

/// Refuses what the server is too old for.
pub(super) fn require(session: &Session, steps: &[Step]) -> Result<(), ScriptError> {
    let Some(found) = steps.iter().find_map(|step| in_change(&step.change)) else {
        return Ok(());
    };
    if session.is_newer()? {
        return Ok(());
    }
    Err(calling::not_there(session, &found)?.hint("nothing of this was sent"))
}

fn in_change(change: &Change) -> Option<String> {
    match change {
        Change::Create(record) => in_record(record),
        Change::Update { id, edits } => edits
            .iter()
            .find_map(|(name, edit)| named(id.kind(), name).or_else(|| in_edit(edit))),
        Change::Delete { .. }
        | Change::Archive { .. }
        | Change::Unarchive { .. }
        | Change::Lock { .. }
        | Change::Unlock { .. }
        | Change::Confirm { .. }
        | Change::Revert { .. }
        // What it needs of the server was asked when it was called.
        | Change::Call(_) => None,
    }
}

/// The first field with a value; what is off is nothing that a server would miss.
fn in_record(record: &Record) -> Option<String> {
    let said = record.iter().find_map(|(name, value)| match value {
        Value::Null | Value::Flag(false) => None,
        value => named(record.kind(), name).or_else(|| in_value(value)),
    });
    said.or_else(|| record.edits().values().find_map(in_edit))
}

fn in_edit(edit: &Edit) -> Option<String> {
    match edit {
        Edit::Set(value) => in_value(value),
        Edit::Parts { add, .. } => add.iter().find_map(in_record),
        Edit::Properties(_) | Edit::Links(_) | Edit::AddRemove { .. } => None,
    }
}

fn in_value(value: &Value) -> Option<String> {
    let Value::Many(links) = value else { return None };
    links
        .iter()
        .filter(|link| is_part(link))
        .find_map(|link| in_record(link.record.as_deref()?))
}

/// Whether it is sent whole, and not by its name.
fn is_part(link: &Link) -> bool {
    link.id.kind() == Kind::PropertyAssignment
}

fn named(kind: Kind, name: &str) -> Option<String> {
    let field = kind.spec().field(name).filter(|field| field.newer)?;
    Some(format!("`{}` of {}", field.name, value::a(kind)))
}
