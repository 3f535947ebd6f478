//! Codes that are unique within what holds them.
use crate::sandbox::fault::refused;
use crate::sandbox::store::Number;
use crate::sandbox::work::Work;
use crate::wire::Fault;

/// Refuses an object whose code another one has in the same holder, be it in the trash.
pub(super) fn within(work: &Work<'_>, number: Number, holder: &str) -> Result<(), Fault> {
    let object = work.object(number)?;
    let mut others = work.store.holding(object.kind, "code", object.code());
    let taken = others
        .any(|other| other.number != number && other.one(holder) == object.one(holder));
    if taken {
        return Err(refused(format!(
            "{} already exists in the database and needs to be unique.",
            object.kind.spec().name
        )));
    }
    Ok(())
}
