//! How the kinds behave: one file for each thing that openBIS does its own way.
//!
//! Here stands which rule is asked for which kind.
pub(super) mod archiving;

use super::fault::refused;
use super::store::Number;
use super::work::Work;
use crate::model::Kind;
use crate::wire::Fault;
use crate::wire::bean::View;

/// Makes objects of one kind, in the order of the creations.
pub(super) fn create(
    work: &mut Work<'_>,
    kind: Kind,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    let _ = (work, creations);
    Err(refused(format!("Creating {} is not supported.", kind.spec().nouns())))
}

/// Changes objects of one kind.
pub(super) fn update(
    work: &mut Work<'_>,
    kind: Kind,
    updates: &[View<'_>],
) -> Result<(), Fault> {
    let _ = (work, updates);
    Err(refused(format!("Updating {} is not supported.", kind.spec().nouns())))
}

/// Deletes objects of one kind; those that go to the trash give the deletion.
pub(super) fn delete(
    work: &mut Work<'_>,
    kind: Kind,
    numbers: &[Number],
    options: View<'_>,
) -> Result<Option<Number>, Fault> {
    let _ = (work, numbers, options);
    Err(refused(format!("Deleting {} is not supported.", kind.spec().nouns())))
}
