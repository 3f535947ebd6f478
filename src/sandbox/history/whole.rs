use super::links;
use super::noting::{holding, since};
use crate::sandbox::store::{Entry, Number, Object, Relation, Store, What};

/// The history of an object: its values, then its relations, each in the order they began
/// and ended.
pub(crate) fn whole(store: &Store, object: &Object) -> Vec<Entry> {
    let mut entries: Vec<Entry> = object.past().to_vec();
    entries.retain(|entry| entry.to.is_some());
    entries.extend(holding(object).iter().map(|what| since(object, what)));
    for (row, other) in links::to(store, object) {
        let Some(reverse) = row.reverse else { continue };
        let there = What::Link { relation: row.relation, target: object.number };
        let what = What::Link { relation: reverse, target: other.number };
        entries.push(Entry { what, ..since(other, &there) });
    }
    entries.sort_by(|a, b| order(a).cmp(&order(b)));
    entries
}

/// Values come before relations.
fn order(entry: &Entry) -> (Option<Relation>, i64, i64, &str, Option<Number>) {
    let to = entry.to.unwrap_or(i64::MAX);
    match &entry.what {
        What::Value { code, .. } => (None, entry.from, to, code, None),
        What::Link { relation, target } => {
            (Some(*relation), entry.from, to, "", Some(*target))
        }
    }
}
