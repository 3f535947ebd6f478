//! Properties whose values no two objects of a type may share.
use std::collections::HashSet;

use super::entity_types::entity;
use crate::model::several;
use crate::sandbox::fault::refused;
use crate::sandbox::store::{Number, Object};
use crate::sandbox::work::Work;
use crate::wire::Fault;

/// Refuses a value that another object of the type has, be it in the trash.
pub(super) fn check(
    work: &Work<'_>,
    object: &Object,
    code: &str,
    kept: &str,
) -> Result<(), Fault> {
    for value in several::each(kept) {
        let mut others = work.store.valued(object.kind, code, value);
        if others.any(|other| {
            other.number != object.number && other.one("type") == object.one("type")
        }) {
            return Err(not_unique(code, value));
        }
    }
    Ok(())
}

/// Refuses to make a property unique that is not.
pub(super) fn check_all(
    work: &Work<'_>,
    entity_type: Number,
    property: Number,
) -> Result<(), Fault> {
    let kind = entity(work.object(entity_type)?.kind);
    let code = work.object(property)?.code();
    let mut seen = HashSet::new();
    for object in work.store.linking(kind, "type", entity_type) {
        for value in object.property(code).into_iter().flat_map(several::each) {
            if !seen.insert(value) {
                return Err(not_unique(code, value));
            }
        }
    }
    Ok(())
}

fn not_unique(code: &str, value: &str) -> Fault {
    refused(format!(
        "Value '{value}' of property '{code}' is not unique: another entity of the same \
         type already has it."
    ))
}
