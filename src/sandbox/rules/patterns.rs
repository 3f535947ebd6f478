//! Patterns of property types: what values have to be like.
use super::changes;
use crate::sandbox::fault::refused;
use crate::sandbox::store::{Number, Object};
use crate::sandbox::values::Pattern;
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

/// Refuses a pattern that cannot be read, or that does not say how.
pub(super) fn check(sort: Option<&str>, pattern: Option<&str>) -> Result<(), Fault> {
    match (sort, pattern) {
        (None, None) => Ok(()),
        (Some(_), None) => Err(refused("Pattern type is specified but pattern is not.")),
        (None, Some(_)) => Err(refused("Pattern is specified but pattern type is not.")),
        (Some(sort), Some(pattern)) => {
            Pattern::read(sort, pattern).map(drop).map_err(|why| {
                refused(format!("Pattern '{pattern}' of type {sort} is invalid: {why}"))
            })
        }
    }
}

/// Refuses what an update would make of a pattern, where that is none.
pub(super) fn check_update(
    work: &Work<'_>,
    number: Number,
    update: View<'_>,
) -> Result<(), Fault> {
    let old = work.object(number)?;
    let after = |field| match changes::value(update, field) {
        Some(Node::Text(text)) => Some(text.as_str()),
        Some(_) => None,
        None => old.text(field),
    };
    check(after("patternType"), after("pattern"))
}

/// Refuses a value that is not like the pattern of its property.
pub(super) fn check_value(
    property_type: &Object,
    kept: Option<&str>,
) -> Result<(), Fault> {
    let (Some(kept), Some(sort), Some(text)) =
        (kept, property_type.text("patternType"), property_type.text("pattern"))
    else {
        return Ok(());
    };
    let pattern = Pattern::read(sort, text).map_err(refused)?;
    if pattern.fits(kept) {
        return Ok(());
    }
    Err(refused(format!(
        "Value '{kept}' of property '{}' does not match pattern '{text}' of type {sort}.",
        property_type.code()
    )))
}
