//! What is frozen stays as it is.
use super::events;
use crate::model::{FieldType, Kind};
use crate::sandbox::fault::refused;
use crate::sandbox::rights::{Action, place};
use crate::sandbox::store::{Number, Object, Slot};
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
    let there = place(&work.store, object);
    work.rights.check(Action::Freeze, kind, there, ("", ""))?;
    let mut flags = Vec::new();
    for field in kind.spec().fields.iter().filter(|field| field.ty == FieldType::Flag) {
        let Some(rest) = field.name.strip_prefix("frozen") else { continue };
        let flag = format!("freeze{rest}");
        if update.flag(&flag) {
            work.store.set(number, field.name, Slot::Flag(true));
            flags.push(flag);
        }
    }
    events::freezing(work, number, &flags);
    Ok(())
}

/// Refuses an operation on a frozen object: `UPDATE`, `DELETE`, `TRASH`.
pub(super) fn of_object(
    work: &Work<'_>,
    number: Number,
    operation: &str,
) -> Result<(), Fault> {
    let object = work.object(number)?;
    if !object.flag("frozen") {
        return Ok(());
    }
    let text = format!("{} {}", noun(object), object.code());
    Err(frozen(operation, &text, "exception_frozen_entity_by_code() line 3"))
}

/// Refuses an operation on what a frozen object carries: `INSERT PROPERTY`.
pub(super) fn of_content(
    work: &Work<'_>,
    number: Number,
    operation: &str,
) -> Result<(), Fault> {
    let object = work.object(number)?;
    if !object.flag("frozen") {
        return Ok(());
    }
    let noun = noun(object);
    let function = format!("exception_frozen_{}() line 11", noun.replace(' ', "_"));
    Err(frozen(operation, &format!("{noun} {}", object.code()), &function))
}

/// Refuses to put a member into an object, or to take it out, that is frozen for such
/// members: `SET EXPERIMENT`.
pub(super) fn of_member(
    work: &Work<'_>,
    holder: Number,
    member: Number,
    operation: &str,
) -> Result<(), Fault> {
    let (holder, member) = (work.object(holder)?, work.object(member)?);
    let members = match holder.kind {
        Kind::Sample if member.kind == Kind::Sample => "Components",
        _ => member.kind.spec().plural,
    };
    if !holder.flag(&format!("frozenFor{members}")) {
        return Ok(());
    }
    let (outer, inner) = (noun(holder), noun(member));
    Err(refused(format!(
        "ERROR: Operation {operation} is not allowed because {outer} {} is frozen for {inner} \
         {}.\n  Where: PL/pgSQL function raise_exception_frozen_{}_relationship() line 14 at \
         RAISE",
        holder.code(),
        member.code(),
        outer.replace(' ', "_")
    )))
}

/// Refuses to relate parent and child, or to part them, where one is frozen for the other.
pub(super) fn of_kinship(
    work: &Work<'_>,
    family: (Number, Number),
    operation: &str,
) -> Result<(), Fault> {
    of_pair(work, family, operation, ("frozenForChildren", "frozenForParents"))
}

/// As [`of_kinship`], of data sets.
pub(super) fn of_relatives(
    work: &Work<'_>,
    family: (Number, Number),
    verb: &str,
) -> Result<(), Fault> {
    of_kinship(work, family, &format!("{verb} PARENT_CHILD"))
}

/// Refuses to put a data set into a container, or to take it out, where one is frozen for
/// the other.
pub(super) fn of_parts(
    work: &Work<'_>,
    pair: (Number, Number),
    verb: &str,
) -> Result<(), Fault> {
    let operation = format!("{verb} CONTAINER_COMPONENT");
    of_pair(work, pair, &operation, ("frozenForComponents", "frozenForContainers"))
}

fn of_pair(
    work: &Work<'_>,
    (outer, inner): (Number, Number),
    operation: &str,
    flags: (&str, &str),
) -> Result<(), Fault> {
    let (outer, inner) = (work.object(outer)?, work.object(inner)?);
    if !outer.flag(flags.0) && !inner.flag(flags.1) {
        return Ok(());
    }
    let text = format!("{} {} or {}", noun(outer), outer.code(), inner.code());
    let noun = noun(outer).replace(' ', "_");
    let function = format!("exception_frozen_{noun}_relationship() line 14");
    Err(frozen(operation, &text, &function))
}

/// Refuses to throw away what belongs to an object that is frozen for it.
pub(super) fn of_trash(work: &Work<'_>, number: Number) -> Result<(), Fault> {
    let object = work.object(number)?;
    for field in ["space", "project", "experiment", "sample", "container"] {
        let holder = object.one(field).and_then(|holder| work.store.get(holder));
        let Some(holder) = holder else { continue };
        if holder.flag(&format!("frozenFor{}", object.kind.spec().plural)) {
            let text = format!("{} {}", noun(holder), holder.code());
            let function = format!(
                "delete_from_{}_exception() line 3",
                noun(holder).replace(' ', "_")
            );
            let operation = format!("DELETE {}", noun(object).to_uppercase());
            return Err(frozen(&operation, &text, &function));
        }
    }
    for &parent in object.many("parents") {
        let parent = work.object(parent)?;
        if parent.flag("frozenForChildren") {
            let operation = format!("DELETE {} CHILD", noun(object).to_uppercase());
            let text = format!("{} {}", noun(parent), parent.code());
            return Err(frozen(
                &operation,
                &text,
                "delete_from_sample_exception() line 3",
            ));
        }
    }
    Ok(())
}

/// What the data base calls an object.
fn noun(object: &Object) -> &'static str {
    match object.kind {
        Kind::DataSet => "data set",
        kind => kind.spec().noun(),
    }
}

fn frozen(operation: &str, what: &str, function: &str) -> Fault {
    refused(format!(
        "ERROR: Operation {operation} is not allowed because {what} is frozen.\n  \
         Where: PL/pgSQL function raise_{function} at RAISE"
    ))
}
