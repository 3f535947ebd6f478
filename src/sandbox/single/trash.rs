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

pub(super) fn revert_all(work: &mut Work<'_>, ids: &[View<'_>]) -> Result<(), Fault> {
    work.rights.check(Action::Revert, Kind::Deletion, Place::Server, ("", ""))?;
    let deletions = named(work, ids)?;
    for &deletion in &deletions {
        if !work.rights.sees(work.store, work.object(deletion)?) {
            return Err(denied("DeletionTechId", &deletion.0.to_string()));
        }
    }
    for deletion in deletions {
        trash::revert(work, deletion)?;
    }
    Ok(())
}

pub(super) fn confirm(
    work: &mut Work<'_>,
    asked: &Asked<'_>,
    _out: &mut Graph,
) -> Result<Node, Fault> {
    if matches!(asked.param(1), Node::Null) {
        return Err(refused("Deletion ids cannot be null."));
    }
    confirm_all(work, &asked.views(1))?;
    Ok(Node::Null)
}

pub(super) fn confirm_all(work: &mut Work<'_>, ids: &[View<'_>]) -> Result<(), Fault> {
    let deletions = named(work, ids)?;
    for &deletion in &deletions {
        let hidden = !work.rights.sees(work.store, work.object(deletion)?);
        for &member in work.object(deletion)?.many("members") {
            let there = place(work.store, work.object(member)?);
            if hidden || !work.rights.may(Action::Confirm, Kind::Deletion, there) {
                return Err(refused(format!(
                    "Access denied to at least one of the {} = [{}].",
                    deletions.len(),
                    deletion.0
                )));
            }
        }
    }
    trash::confirm(work, &deletions)
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
