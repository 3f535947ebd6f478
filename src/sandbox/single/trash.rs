//! What becomes of deletions.
use super::Asked;
use crate::model::Kind;
use crate::sandbox::fault::{denied, failed, not_found, refused};
use crate::sandbox::ids::{self, Lookup};
use crate::sandbox::rights::{Action, Place, place};
use crate::sandbox::rules::trash;
use crate::sandbox::store::Number;
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node, View};

pub(super) fn revert(
    work: &mut Work<'_>,
    asked: &Asked<'_>,
    _out: &mut Graph,
) -> Result<Node, Fault> {
    if matches!(asked.param(1), Node::Null) {
        return Err(failed("Deletion ids cannot be null"));
    }
    revert_all(work, &asked.views(1))?;
    Ok(Node::Null)
}

fn revert_all(work: &mut Work<'_>, ids: &[View<'_>]) -> Result<(), Fault> {
    work.rights.check(Action::Revert, Kind::Deletion, Place::Server, ("", ""))?;
    let deletions = named(work, ids)?;
    for &deletion in &deletions {
        if !works_with(work, deletion)? {
            return Err(denied_among(work, &deletions));
        }
        if !work.rights.sees(&work.store, work.object(deletion)?) {
            return Err(denied("DeletionTechId", &ids::perm_id(&work.store, deletion)));
        }
    }
    for deletion in deletions {
        trash::revert(work, deletion)?;
    }
    Ok(())
}

/// Whether the caller may work wherever the deletion took something from.
fn works_with(work: &Work<'_>, deletion: Number) -> Result<bool, Fault> {
    for &member in work.object(deletion)?.many("members") {
        let there = place(&work.store, work.object(member)?);
        if there != Place::Server && !work.rights.may(Action::Update, Kind::Sample, there)
        {
            return Ok(false);
        }
    }
    Ok(true)
}

pub(super) fn confirm(
    work: &mut Work<'_>,
    asked: &Asked<'_>,
    _out: &mut Graph,
) -> Result<Node, Fault> {
    if matches!(asked.param(1), Node::Null) {
        return Err(refused("Deletion ids cannot be null."));
    }
    let options = (asked.flag(2), asked.flag(3));
    confirm_all(work, &asked.views(1), options)?;
    Ok(Node::Null)
}

/// Destroys what the deletions put into the trash, along with what depends on it if that is
/// wished. Nobody may force it.
fn confirm_all(
    work: &mut Work<'_>,
    ids: &[View<'_>],
    (along, force): (bool, bool),
) -> Result<(), Fault> {
    let mut deletions = named(work, ids)?;
    for &deletion in &deletions {
        let hidden = !work.rights.sees(&work.store, work.object(deletion)?);
        for &member in work.object(deletion)?.many("members") {
            let there = place(&work.store, work.object(member)?);
            let may = work.rights.may(Action::Confirm, Kind::Deletion, there);
            if hidden || force || !may {
                return Err(denied_among(work, &deletions));
            }
        }
    }
    if along {
        trash::add_dependents(work, &mut deletions)?;
    }
    trash::confirm(work, &deletions)
}

fn denied_among(work: &Work<'_>, deletions: &[Number]) -> Fault {
    let numbers: Vec<String> =
        deletions.iter().map(|&deletion| ids::perm_id(&work.store, deletion)).collect();
    refused(format!(
        "Access denied to at least one of the {} = [{}].",
        numbers.len(),
        numbers.join(", ")
    ))
}

/// The deletions that the ids name.
fn named(work: &Work<'_>, ids: &[View<'_>]) -> Result<Vec<Number>, Fault> {
    let mut found = Vec::new();
    for &id in ids {
        let number = ids::find(work, Kind::Deletion, id, Lookup::Reference)?;
        let number = number.ok_or_else(|| not_found(id.name(), &ids::text(id)))?;
        if !found.contains(&number) {
            found.push(number);
        }
    }
    Ok(found)
}
