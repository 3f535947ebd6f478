//! Which links make a history, and what they are from the other end.
use crate::model::Kind;
use crate::sandbox::store::{Number, Object, Relation, Store};

/// A link that makes a history.
pub(super) struct Row {
    pub(super) kind: Kind,
    pub(super) field: &'static str,
    pub(super) relation: Relation,
    /// What the object is to the other one; nothing, if that one has no history of it.
    pub(super) reverse: Option<Relation>,
}

const fn row(
    kind: Kind,
    field: &'static str,
    relation: Relation,
    reverse: Option<Relation>,
) -> Row {
    Row { kind, field, relation, reverse }
}

/// Of the links that say where an object is the innermost one counts: the first one here.
const PLACES: &[Row] = &[
    row(Kind::Sample, "experiment", Relation::Experiment, Some(Relation::Sample)),
    row(Kind::Sample, "project", Relation::Project, Some(Relation::Sample)),
    row(Kind::Sample, "space", Relation::Space, None),
    row(Kind::DataSet, "sample", Relation::Sample, Some(Relation::DataSet)),
    row(Kind::DataSet, "experiment", Relation::Experiment, Some(Relation::DataSet)),
    row(Kind::Experiment, "project", Relation::Project, Some(Relation::Experiment)),
    row(Kind::Project, "space", Relation::Space, None),
];

const LINKS: &[Row] = &[
    row(Kind::Sample, "parents", Relation::Parent, Some(Relation::Child)),
    row(Kind::Sample, "container", Relation::Container, Some(Relation::Component)),
    row(Kind::DataSet, "parents", Relation::Parent, Some(Relation::Child)),
    row(Kind::DataSet, "components", Relation::Component, Some(Relation::Container)),
];

/// The links of an object that make its history.
pub(super) fn of(object: &Object) -> Vec<(&'static Row, Number)> {
    let mut found: Vec<(&Row, Number)> = place(object).into_iter().collect();
    for row in LINKS.iter().filter(|row| row.kind == object.kind) {
        let targets = object.many(row.field).iter().copied();
        found.extend(targets.chain(object.one(row.field)).map(|target| (row, target)));
    }
    found
}

fn place(object: &Object) -> Option<(&'static Row, Number)> {
    let mut rows = PLACES.iter().filter(|row| row.kind == object.kind);
    rows.find_map(|row| Some((row, object.one(row.field)?)))
}

/// The objects that lead to this one by links that make its history.
pub(super) fn to<'s>(
    store: &'s Store,
    object: &Object,
) -> Vec<(&'static Row, &'s Object)> {
    let from = |row: &Row| store.live_linking(row.kind, row.field, object.number);
    let mut found = Vec::new();
    for row in PLACES.iter().filter(|row| row.reverse.is_some()) {
        let innermost = from(row)
            .filter(|other| place(other).is_some_and(|it| it.0.field == row.field));
        found.extend(innermost.map(|other| (row, &**other)));
    }
    for row in LINKS {
        found.extend(from(row).map(|other| (row, &**other)));
    }
    found
}
