//! Relations followed over generations.
use std::collections::BTreeSet;

use rhai::{Array, Dynamic, INT, Map};

use super::{Entity, ScriptError, search, value};
use crate::model::{Criteria, Criterion, Test};

/// Everything of the same kind that is linked by `back`, over and over, each once: circles
/// come to an end.
pub(super) fn trace(
    of: &Entity,
    back: &'static str,
    generations: Option<INT>,
) -> Result<Array, ScriptError> {
    let (kind, session) = (of.kind(), of.session());
    if kind.spec().field(back).is_none() {
        return Err(ScriptError::invalid(format!("{} has no {back}", value::a(kind))));
    }
    let mut front = vec![of.id()?];
    let mut seen: BTreeSet<String> =
        front.iter().map(|id| id.text().to_owned()).collect();
    let mut found = Array::new();
    let mut left = generations.unwrap_or(INT::MAX);
    while left > 0 && !front.is_empty() {
        let mut any = Criteria::any(kind);
        for id in &front {
            let test = Test::exactly(id.text());
            any = any.with(Criterion::Field { name: "permId", test });
        }
        let linked = Criterion::Linked { field: back, criteria: any };
        let next = search::results(session, kind, &Map::new())?.also(linked).to_vec()?;
        front.clear();
        for entity in next {
            let id = entity.id()?;
            if seen.insert(id.text().to_owned()) {
                front.push(id);
                found.push(Dynamic::from(entity));
            }
        }
        left -= 1;
    }
    Ok(found)
}
