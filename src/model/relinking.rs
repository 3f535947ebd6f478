//! Other ids in place of those that a change names.
use std::collections::BTreeMap;

use super::{Argument, Change, Edit, Id, Link, Record, Value};

/// What is to stand in place of an id; none leaves it.
type Other<'a> = dyn FnMut(&Id) -> Option<Id> + 'a;

impl Change {
    /// Puts other ids in place of those that the change names.
    pub fn relink(&mut self, other: &mut Other<'_>) {
        match self {
            Self::Create(record) => record.relink(other),
            Self::Update { id, edits } => {
                replace(id, other);
                for edit in edits.values_mut() {
                    edit.relink(other);
                }
            }
            Self::Delete { ids, .. }
            | Self::Archive { ids, .. }
            | Self::Unarchive { ids }
            | Self::Lock { ids }
            | Self::Unlock { ids }
            | Self::Confirm { ids }
            | Self::Revert { ids } => ids.iter_mut().for_each(|id| replace(id, other)),
            Self::Call(called) => {
                called.params.iter_mut().for_each(|given| given.relink(other));
            }
        }
    }
}

impl Argument {
    fn relink(&mut self, other: &mut Other<'_>) {
        match self {
            Self::Id(id) => replace(id, other),
            Self::List(items) => items.iter_mut().for_each(|item| item.relink(other)),
            Self::Map(members) => {
                for (_, value) in members {
                    value.relink(other);
                }
            }
            Self::Null
            | Self::Flag(_)
            | Self::Integer(_)
            | Self::Real(_)
            | Self::Text(_)
            | Self::Bytes(_)
            | Self::Time(..)
            | Self::Hidden => {}
        }
    }
}

impl Record {
    /// Puts other ids in place of those that the fields and edits name.
    fn relink(&mut self, other: &mut Other<'_>) {
        let mut values: BTreeMap<&'static str, Value> =
            self.iter().map(|(name, value)| (name, value.clone())).collect();
        let mut edits = self.edits().clone();
        for value in values.values_mut() {
            relink_value(value, other);
        }
        for edit in edits.values_mut() {
            edit.relink(other);
        }
        let mut whole = Self::told(self.kind(), self.id().cloned(), values);
        for (name, edit) in edits {
            // The name comes from a record of the same kind.
            let _ = whole.edit(name, edit);
        }
        *self = whole;
    }
}

impl Edit {
    fn relink(&mut self, other: &mut Other<'_>) {
        match self {
            Self::Set(value) => relink_value(value, other),
            Self::Links(links) => relink_links(links, other),
            Self::AddRemove { add, remove } => {
                relink_links(add, other);
                relink_links(remove, other);
            }
            Self::Parts { add, .. } => add.iter_mut().for_each(|one| one.relink(other)),
            Self::Properties(_) => {}
        }
    }
}

fn relink_value(value: &mut Value, other: &mut Other<'_>) {
    match value {
        Value::One(link) => relink_links(std::slice::from_mut(link), other),
        Value::Many(links) => relink_links(links, other),
        Value::Null
        | Value::Text(_)
        | Value::Flag(_)
        | Value::Integer(_)
        | Value::Time(_)
        | Value::Bytes(_)
        | Value::Texts(_)
        | Value::Map(_)
        | Value::Properties(_) => {}
    }
}

fn relink_links(links: &mut [Link], other: &mut Other<'_>) {
    for link in links {
        replace(&mut link.id, other);
        // What lives inside comes along whole.
        if let Some(part) = link.record.as_mut().filter(|record| record.is_new()) {
            std::sync::Arc::make_mut(part).relink(other);
        }
    }
}

fn replace(id: &mut Id, other: &mut Other<'_>) {
    if let Some(new) = other(id) {
        *id = new;
    }
}
