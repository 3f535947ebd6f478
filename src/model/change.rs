use std::collections::{BTreeMap, HashSet};

use super::{Called, Id, Kind, Link, Record, Value};

/// A mutation as a value. Whatever calls for one, it goes through `client::changes`.
#[derive(Clone, Debug)]
pub enum Change {
    Create(Record),
    Update {
        id: Id,
        edits: BTreeMap<&'static str, Edit>,
    },
    Delete {
        ids: Vec<Id>,
        reason: String,
    },
    /// Files to the archive; with `remove`, out of the store.
    Archive {
        ids: Vec<Id>,
        remove: bool,
    },
    Unarchive {
        ids: Vec<Id>,
    },
    Lock {
        ids: Vec<Id>,
    },
    Unlock {
        ids: Vec<Id>,
    },
    /// Destroys what these deletions put into the trash.
    Confirm {
        ids: Vec<Id>,
    },
    /// Takes what these deletions put into the trash out again.
    Revert {
        ids: Vec<Id>,
    },
    /// Calls a method by its name; it goes alone.
    Call(Called),
}

/// What became of one change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Created(Id),
    Updated,
    /// To the trash, where the kind has one: the number of the deletion.
    Deleted(Option<Id>),
    Done,
    /// What a method gave that was called by its name, as a text that `wire` reads.
    Answered(String),
}

/// What shall become of one field.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// This value in place of the old one; `Value::Null` takes it away.
    Set(Value),
    /// These properties, by code; `None` takes one away.
    Properties(BTreeMap<String, Option<String>>),
    /// These links in place of all.
    Links(Vec<Link>),
    /// Links more and fewer; the others stay.
    AddRemove { add: Vec<Link>, remove: Vec<Link> },
    /// Objects that live inside, more and fewer: attachments (removed by file name).
    Parts { add: Vec<Record>, remove: Vec<String> },
}

impl Change {
    /// The kind of what is changed.
    pub fn kind(&self) -> Option<Kind> {
        match self {
            Self::Create(record) => Some(record.kind()),
            Self::Update { id, .. } => Some(id.kind()),
            Self::Delete { ids, .. } => ids.first().map(Id::kind),
            Self::Archive { .. }
            | Self::Unarchive { .. }
            | Self::Lock { .. }
            | Self::Unlock { .. } => Some(Kind::DataSet),
            Self::Confirm { .. } | Self::Revert { .. } => Some(Kind::Deletion),
            Self::Call(_) => None,
        }
    }

    /// The changes cut into what can go to the server in one call each, in order: creations
    /// of one kind, updates of one kind, anything else alone. No object is updated twice in
    /// one group, since it is left to chance there which update wins.
    pub fn groups(changes: &[Self], at_most: usize) -> Vec<&[Self]> {
        let mut groups = Vec::new();
        let mut rest = changes;
        while let Some(first) = rest.first() {
            let mut updated = HashSet::new();
            let fitting = rest.iter().take(at_most).take_while(|change| {
                first.goes_with(change) && change.is_new_in(&mut updated)
            });
            let length = fitting.count().max(1);
            let (group, others) = rest.split_at(length);
            groups.push(group);
            rest = others;
        }
        groups
    }

    fn goes_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Create(one), Self::Create(two)) => one.kind() == two.kind(),
            (Self::Update { id: one, .. }, Self::Update { id: two, .. }) => {
                one.kind() == two.kind()
            }
            (_, _) => false,
        }
    }

    fn is_new_in(&self, updated: &mut HashSet<Id>) -> bool {
        let Self::Update { id, .. } = self else { return true };
        updated.insert(id.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn create(kind: Kind) -> Change {
        Change::Create(Record::new(kind))
    }

    fn update(space: &str) -> Change {
        let id = Id::parse(Kind::Space, space).unwrap();
        Change::Update { id, edits: BTreeMap::new() }
    }

    fn sizes(changes: &[Change], at_most: usize) -> Vec<usize> {
        Change::groups(changes, at_most).into_iter().map(<[Change]>::len).collect()
    }

    #[test]
    fn neighbours_of_one_kind_and_verb_go_together() {
        let changes = [
            create(Kind::Space),
            create(Kind::Space),
            create(Kind::Project),
            update("A"),
            update("B"),
            Change::Lock { ids: Vec::new() },
            Change::Lock { ids: Vec::new() },
        ];
        assert_eq!(sizes(&changes, 1000), [2, 1, 2, 1, 1]);
    }

    #[test]
    fn a_group_has_a_largest_size() {
        let changes = [update("A"), update("B"), update("C")];
        assert_eq!(sizes(&changes, 2), [2, 1]);
    }

    #[test]
    fn an_object_is_updated_once_in_a_group() {
        let changes = [update("A"), update("B"), update("A"), update("C")];
        assert_eq!(sizes(&changes, 1000), [2, 2]);
    }
}
