//! Links have two ends: what is changed at one is to be seen at the other.
use std::collections::BTreeMap;

use super::Step;
use crate::model::{Change, Edit, FieldType, Id, Kind, Link, Record, Value};

/// A field, and the field of the objects that it names which leads back.
const PAIRS: &[(Kind, &str, Kind, &str)] = &[
    (Kind::Sample, "parents", Kind::Sample, "children"),
    (Kind::Sample, "children", Kind::Sample, "parents"),
    (Kind::Sample, "container", Kind::Sample, "components"),
    (Kind::Sample, "components", Kind::Sample, "container"),
    (Kind::Sample, "experiment", Kind::Experiment, "samples"),
    (Kind::Sample, "project", Kind::Project, "samples"),
    (Kind::DataSet, "parents", Kind::DataSet, "children"),
    (Kind::DataSet, "children", Kind::DataSet, "parents"),
    (Kind::DataSet, "containers", Kind::DataSet, "components"),
    (Kind::DataSet, "components", Kind::DataSet, "containers"),
    (Kind::DataSet, "sample", Kind::Sample, "dataSets"),
    (Kind::DataSet, "experiment", Kind::Experiment, "dataSets"),
    (Kind::Experiment, "project", Kind::Project, "experiments"),
    (Kind::Project, "space", Kind::Space, "projects"),
    (Kind::VocabularyTerm, "vocabulary", Kind::Vocabulary, "terms"),
];

/// What a change edits at the other ends of its links.
pub(super) fn mirrored(
    step: &Step,
    name: Option<&Id>,
) -> Vec<(Id, BTreeMap<&'static str, Edit>)> {
    match (&step.change, name) {
        (Change::Create(record), Some(name)) => {
            let mut whole = record.clone();
            whole.apply(record.edits());
            let own = Link { id: name.clone(), record: None };
            let links =
                |field: &str| (links(whole.get(field).ok().flatten()), Vec::new());
            ends(record.kind(), &own, &links)
        }
        (Change::Update { id, edits }, _) => {
            let own = Link { id: id.clone(), record: None };
            let links = |field: &str| match edits.get(field) {
                Some(edit) => differing(edit, step.before.get(field)),
                None => (Vec::new(), Vec::new()),
            };
            ends(id.kind(), &own, &links)
        }
        (_, _) => Vec::new(),
    }
}

/// The links of a field that are new, and those that are gone.
type Differing<'d> = dyn Fn(&str) -> (Vec<Link>, Vec<Link>) + 'd;

fn ends(
    kind: Kind,
    own: &Link,
    differing: &Differing<'_>,
) -> Vec<(Id, BTreeMap<&'static str, Edit>)> {
    let mut all = Vec::new();
    for (_, field, other, back) in PAIRS.iter().filter(|row| row.0 == kind) {
        let Some(ty) = other.spec().field(back).map(|field| field.ty) else { continue };
        let (more, fewer) = differing(field);
        let mut tell = |links: Vec<Link>, is_more: bool| {
            let edits =
                links.into_iter().map(|link| (own_id(&link), edit(ty, own, is_more)));
            all.extend(edits.map(|(id, edit)| (id, BTreeMap::from([(*back, edit)]))));
        };
        tell(fewer, false);
        tell(more, true);
    }
    all
}

fn edit(ty: FieldType, own: &Link, is_more: bool) -> Edit {
    let own = own.clone();
    match (ty, is_more) {
        (FieldType::One(_), true) => Edit::Set(Value::One(own)),
        (FieldType::One(_), false) => Edit::Set(Value::Null),
        (_, true) => Edit::AddRemove { add: vec![own], remove: Vec::new() },
        (_, false) => Edit::AddRemove { add: Vec::new(), remove: vec![own] },
    }
}

fn differing(edit: &Edit, before: Option<&Value>) -> (Vec<Link>, Vec<Link>) {
    let old = links(before);
    let (more, fewer) = match edit {
        Edit::AddRemove { add, remove } => (add.clone(), remove.clone()),
        Edit::Links(new) => without(new, &old),
        Edit::Set(value) => without(&links(Some(value)), &old),
        Edit::Properties(_) | Edit::Parts { .. } => (Vec::new(), Vec::new()),
    };
    (more, fewer)
}

/// What is only in the new ones, and what only in the old ones.
fn without(new: &[Link], old: &[Link]) -> (Vec<Link>, Vec<Link>) {
    let only = |of: &[Link], others: &[Link]| {
        let is_other = |link: &&Link| {
            !others.iter().any(|o| crate::script::relations::same(link, o))
        };
        of.iter().filter(is_other).cloned().collect()
    };
    (only(new, old), only(old, new))
}

fn links(value: Option<&Value>) -> Vec<Link> {
    match value {
        Some(Value::One(link)) => vec![link.clone()],
        Some(Value::Many(links)) => links.clone(),
        Some(_) | None => Vec::new(),
    }
}

/// The lasting id, where the link was fetched with it.
fn own_id(link: &Link) -> Id {
    let fetched = link.record.as_deref().and_then(Record::id);
    fetched.unwrap_or(&link.id).clone()
}
