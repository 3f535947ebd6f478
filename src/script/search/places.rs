//! When a search finds nothing: whether the places and types that it names are there at
//! all.
use std::collections::BTreeSet;

use super::criterion::is_type;
use crate::model::{Criteria, Criterion, Fetch, Kind, Operator, Test, TestValue};
use crate::script::{ScriptError, Session};

/// Refuses a search that names a space, project, collection or type that is not there.
pub(in crate::script) fn check(
    session: &Session,
    criteria: &Criteria,
) -> Result<(), ScriptError> {
    if criteria.negated {
        return Ok(());
    }
    // One of several need not be there, unless they are several ways to the same place.
    let items = match (criteria.any, criteria.items.as_slice()) {
        (false, items) => items,
        (true, items) => &items[..usize::from(are_ways(items))],
    };
    for item in items {
        match item {
            Criterion::Sub(inner) => check(session, inner)?,
            Criterion::Linked { criteria, .. } => check_place(session, criteria)?,
            Criterion::Field { .. }
            | Criterion::Ids(_)
            | Criterion::Property { .. }
            | Criterion::AnyProperty(_)
            | Criterion::AnyField(_)
            | Criterion::Without { .. } => {}
        }
    }
    Ok(())
}

/// Whether these lead to one place by different fields.
fn are_ways(items: &[Criterion]) -> bool {
    let fields: Option<BTreeSet<&str>> = items
        .iter()
        .map(|item| match item {
            Criterion::Linked { field, .. } => Some(*field),
            _ => None,
        })
        .collect();
    !items.is_empty() && fields.is_some_and(|fields| fields.len() == items.len())
}

fn check_place(session: &Session, place: &Criteria) -> Result<(), ScriptError> {
    let named = match place.items.as_slice() {
        [Criterion::Field { test, .. }] => exact(test),
        [Criterion::Linked { criteria, .. }] => return check_place(session, criteria),
        _ => None,
    };
    let Some(name) = named else { return Ok(()) };
    if is_type(place.kind) {
        return session.type_sheet(place.kind, name).map(|_| ());
    }
    if !is_place(place.kind) {
        return Ok(());
    }
    let fetch = Fetch { count: Some(1), ..Fetch::plain(place.kind) };
    if session.search(place, &fetch)?.total > 0 {
        return Ok(());
    }
    Err(session.missing(place.kind, name))
}

fn is_place(kind: Kind) -> bool {
    matches!(kind, Kind::Space | Kind::Project | Kind::Experiment)
}

/// The name that is wanted, if it is no pattern.
fn exact(test: &Test) -> Option<&str> {
    match (&test.operator, &test.value) {
        (Operator::Equal, TestValue::Text { text, .. }) => {
            (!text.contains(['*', '?'])).then_some(text)
        }
        (_, _) => None,
    }
}
