use std::cmp::Ordering;

use super::{Hit, KINDS};
use crate::model::Kind;
use crate::sandbox::fault::{failed, nameless};
use crate::sandbox::ids::{self, identifier};
use crate::sandbox::store::{Number, Store};
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

/// What hits are compared by.
#[derive(Clone, Copy)]
enum By {
    Score,
    Kind,
    PermId,
    Identifier,
}

const FIELDS: &[(&str, By)] = &[
    ("SCORE", By::Score),
    ("OBJECT_KIND", By::Kind),
    ("OBJECT_PERM_ID", By::PermId),
    ("OBJECT_IDENTIFIER", By::Identifier),
];

/// Puts hits into the order that the fetch options ask for; without one it stays.
pub(crate) fn sort(
    store: &Store,
    hits: &mut [Hit],
    options: View<'_>,
) -> Result<(), Fault> {
    let Some(sort) = options.inner("sort") else { return Ok(()) };
    if sort.has("sortings") && *sort.get("sortings") == Node::Null {
        return Err(nameless());
    }
    let sortings: Vec<_> = sort.inners("sortings").collect();
    for sorting in sortings.into_iter().rev() {
        let field = sorting.text("field").unwrap_or_default();
        let row = FIELDS.iter().find(|row| row.0.eq_ignore_ascii_case(field));
        let unknown = || failed(format!("Comparator for field {field} not found"));
        let by = row.ok_or_else(unknown)?.1;
        let ascending = sorting.inner("order").is_none_or(|order| order.flag("asc"));
        hits.sort_by(|one, two| {
            let order = compare(store, by, one, two);
            if ascending { order } else { order.reverse() }
        });
    }
    Ok(())
}

fn compare(store: &Store, by: By, one: &Hit, two: &Hit) -> Ordering {
    match by {
        By::Score => one.score.total_cmp(&two.score),
        By::Kind => kind(store, one.number).cmp(&kind(store, two.number)),
        By::PermId => {
            ids::perm_id(store, one.number).cmp(&ids::perm_id(store, two.number))
        }
        By::Identifier => {
            identifier_of(store, one.number).cmp(&identifier_of(store, two.number))
        }
    }
}

fn kind(store: &Store, number: Number) -> Option<&'static str> {
    let kind = store.get(number).map(|object| object.kind);
    kind.filter(|kind| KINDS.contains(kind)).and_then(ids::entity_kind)
}

fn identifier_of(store: &Store, number: Number) -> String {
    match store.get(number) {
        Some(object) if matches!(object.kind, Kind::Sample | Kind::Experiment) => {
            identifier::of(store, object)
        }
        Some(_) | None => ids::perm_id(store, number),
    }
}
