//! Orders that the server does not know, made here of all that it gave.
use std::cmp::Ordering;

use rhai::Dynamic;

use super::{Entity, ScriptError, attributes, sieve};

/// By which attribute, and whether the smallest comes first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Order {
    pub(super) field: &'static str,
    pub(super) ascending: bool,
}

/// Sorts by the first order, what is alike by the next; what has no value comes last.
pub(super) fn sort(
    entities: &mut Vec<Entity>,
    orders: &[Order],
) -> Result<(), ScriptError> {
    let keyed = entities.drain(..).map(|entity| {
        let keys = orders.iter().map(|order| attributes::get(&entity, order.field));
        Ok((keys.collect::<Result<Vec<Dynamic>, ScriptError>>()?, entity))
    });
    let mut keyed = keyed.collect::<Result<Vec<_>, ScriptError>>()?;
    keyed.sort_by(|one, other| {
        let mut keys = orders.iter().zip(one.0.iter().zip(&other.0));
        let unlike = |(order, (one, other)): (&Order, _)| compare(*order, one, other);
        keys.find_map(|key| Some(unlike(key)).filter(|it| it.is_ne()))
            .unwrap_or(Ordering::Equal)
    });
    entities.extend(keyed.into_iter().map(|(_, entity)| entity));
    Ok(())
}

fn compare(order: Order, one: &Dynamic, other: &Dynamic) -> Ordering {
    match (one.is_unit(), other.is_unit()) {
        (false, false) => {
            let found = sieve::order(one, other).unwrap_or(Ordering::Equal);
            if order.ascending { found } else { found.reverse() }
        }
        (none, other) => none.cmp(&other),
    }
}
