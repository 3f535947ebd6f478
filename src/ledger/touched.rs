//! What a change touches, and what of it cannot be taken back.
use std::collections::BTreeSet;

use super::entry::targets;
use crate::model::{Change, Edit, Id, Kind, Value, Verb};

/// The objects that have to be known as they are before the change is sent, with the fields
/// that matter: for [`Entry::before`](super::Entry::before). The date of the last change is
/// among them where the kind has one.
pub fn touched(change: &Change) -> Vec<(Id, BTreeSet<&'static str>)> {
    let fields = |id: &Id| match change {
        Change::Update { edits, .. } => edits.keys().copied().collect(),
        Change::Delete { .. } => whole(id.kind()),
        Change::Archive { .. }
        | Change::Unarchive { .. }
        | Change::Lock { .. }
        | Change::Unlock { .. } => ["physicalData"].into(),
        Change::Create(_)
        | Change::Confirm { .. }
        | Change::Revert { .. }
        | Change::Call(_) => BTreeSet::new(),
    };
    let dated = |id: &Id| {
        let mut fields: BTreeSet<&'static str> = fields(id);
        let spec = id.kind().spec();
        fields.extend(spec.field("modificationDate").map(|field| field.name));
        (id.clone(), fields)
    };
    targets(change).iter().map(dated).collect()
}

/// What an object is made of again that leaves nothing in the trash; nothing for others.
pub(super) fn whole(kind: Kind) -> BTreeSet<&'static str> {
    if has_trash(kind) {
        return BTreeSet::new();
    }
    let fields = kind.spec().fields.iter();
    fields.filter(|field| field.on_create && !field.sent_only).map(|f| f.name).collect()
}

/// Whether what is deleted can be taken out of the trash again.
pub(super) fn has_trash(kind: Kind) -> bool {
    [Kind::Sample, Kind::Experiment, Kind::DataSet].contains(&kind)
}

/// Why a change cannot be taken back, where it cannot: said before it is made.
pub fn irrevocable(change: &Change) -> Option<&'static str> {
    match change {
        Change::Create(record) => kept(record.kind()),
        Change::Update { edits, .. } => edits.iter().find_map(|(name, edit)| {
            if name.starts_with("frozen") {
                return Some("what is frozen stays so for good");
            }
            if *name == "immutableData" {
                return Some("immutable files stay so for good");
            }
            removes_a_file(name, edit).then_some("the content of the files is gone")
        }),
        Change::Delete { ids, .. } => {
            let kind = ids.first()?.kind();
            let gone = "it is gone at once: there is no trash for it";
            (!has_trash(kind) && !is_named_by_code(kind)).then_some(gone)
        }
        Change::Archive { .. } => Some("archiving has begun once it was sent"),
        Change::Unarchive { .. } => Some("unarchiving has begun once it was sent"),
        Change::Confirm { .. } => Some("what was in the trash is gone for good"),
        Change::Call(_) => {
            Some("it was called by its name: what it changed is not known")
        }
        Change::Lock { .. } | Change::Unlock { .. } | Change::Revert { .. } => None,
    }
}

/// Why what was made of a kind stays.
fn kept(kind: Kind) -> Option<&'static str> {
    if kind == Kind::PersonalAccessToken {
        return Some("tokens are not written down");
    }
    let deletes = kind.spec().offers(Verb::Delete);
    (!deletes).then_some("openBIS deletes none of its kind")
}

fn removes_a_file(name: &str, edit: &Edit) -> bool {
    match edit {
        Edit::Parts { remove, .. } => name == "attachments" && !remove.is_empty(),
        Edit::Set(Value::Many(_)) => name == "attachments",
        Edit::Set(_) | Edit::Properties(_) | Edit::Links(_) | Edit::AddRemove { .. } => {
            false
        }
    }
}

/// Whether it is the same object again when it is made anew under the same code.
pub(super) fn is_named_by_code(kind: Kind) -> bool {
    AS_BEFORE.contains(&kind)
}

const AS_BEFORE: &[Kind] = &[
    Kind::Space,
    Kind::VocabularyTerm,
    Kind::SampleType,
    Kind::ExperimentType,
    Kind::DataSetType,
    Kind::Plugin,
    Kind::Tag,
];
