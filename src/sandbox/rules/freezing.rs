//! What is frozen stays as it is.
use crate::model::FieldType;
use crate::sandbox::fault::refused;
use crate::sandbox::interned;
use crate::sandbox::rights::{Action, place};
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::View;

/// Freezes an object where its update says so; without `freeze` the other flags are nothing.
pub(super) fn freeze(
    work: &mut Work<'_>,
    number: Number,
    update: View<'_>,
) -> Result<(), Fault> {
    if !update.flag("freeze") {
        return Ok(());
    }
    let object = work.object(number)?;
    let kind = object.kind;
    let there = place(work.store, object);
    work.rights.check(Action::Freeze, kind, there, ("", ""))?;
    for field in kind.spec().fields.iter().filter(|field| field.ty == FieldType::Flag) {
        let Some(rest) = field.name.strip_prefix("frozen") else { continue };
        if update.flag(&format!("freeze{rest}")) {
            work.store.set(number, field.name, Slot::Flag(true));
        }
    }
    Ok(())
}

/// Refuses an operation on a frozen object.
pub(super) fn unless_frozen(
    work: &Work<'_>,
    number: Number,
    operation: &str,
) -> Result<(), Fault> {
    let object = work.object(number)?;
    if !object.flag("frozen") {
        return Ok(());
    }
    Err(frozen(operation, object.kind.spec().noun(), object.code()))
}

/// Refuses an operation on what an object is frozen for: `Children`.
pub(super) fn unless_frozen_for(
    work: &Work<'_>,
    number: Number,
    members: &str,
    operation: &str,
) -> Result<(), Fault> {
    let object = work.object(number)?;
    if !object.flag(interned(&format!("frozenFor{members}"))) {
        return Ok(());
    }
    Err(frozen(operation, object.kind.spec().noun(), object.code()))
}

fn frozen(operation: &str, noun: &str, code: &str) -> Fault {
    let noun = if noun == "dataset" { "data set" } else { noun };
    refused(format!(
        "ERROR: Operation {operation} is not allowed because {noun} {code} is frozen.\n  \
         Where: PL/pgSQL function at RAISE"
    ))
}
