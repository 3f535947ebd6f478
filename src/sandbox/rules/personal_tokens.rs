//! Personal access tokens: who may make them for whom, and for how long they hold.
use super::{changes, stamps};
use crate::model::Kind;
use crate::sandbox::fault::{not_found, refused};
use crate::sandbox::ids::{self, Lookup};
use crate::sandbox::rights::{Place, Role};
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::sandbox::{random, tokens};
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

/// For how long one holds at most, in milliseconds; longer times are cut.
const LONGEST: i64 = 30 * 24 * 60 * 60 * 1000;
/// Who may note that somebody's token was used.
const NOTING: &[Role] =
    &[Role::SpaceEtlServer, Role::InstanceEtlServer, Role::InstanceAdmin];
/// Who may make tokens for others.
const LENDING: &[Role] = &[Role::InstanceAdmin, Role::InstanceEtlServer];

/// Each is made by itself: what comes before a refused one stays.
pub(super) fn create(
    work: &mut Work<'_>,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    creations.iter().map(|&creation| create_one(work, creation)).collect()
}

fn create_one(work: &mut Work<'_>, creation: View<'_>) -> Result<Number, Fault> {
    let name = creation.text("sessionName").filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| refused("Session name cannot be empty."))?;
    let (from, to) = period(work, creation)?;
    let owner = owner(work, creation)?;
    let user = work.object(owner)?.text("userId").unwrap_or_default();
    let token = format!("{}{}", tokens::PREFIX, random::token(user, work.now));
    let fields = vec![
        ("permId", Slot::from(token.as_str())),
        ("hash", Slot::from(token)),
        ("sessionName", Slot::from(name)),
        ("owner", Slot::One(owner)),
        ("validFromDate", Slot::Time(from)),
        ("validToDate", Slot::Time(to)),
    ];
    Ok(stamps::register(work, Kind::PersonalAccessToken, fields))
}

fn period(work: &Work<'_>, creation: View<'_>) -> Result<(i64, i64), Fault> {
    let Some(from) = creation.integer("validFromDate") else {
        return Err(refused("Valid from date cannot be null."));
    };
    let Some(to) = creation.integer("validToDate") else {
        return Err(refused("Valid to date cannot be null."));
    };
    if to <= from {
        return Err(refused("Valid to date has to be after valid from date."));
    }
    if to < work.now.0 {
        return Err(refused("Valid to date cannot be in the past."));
    }
    Ok((from, to.min(from.saturating_add(LONGEST))))
}

fn owner(work: &Work<'_>, creation: View<'_>) -> Result<Number, Fault> {
    let Some(id) = creation.inner("ownerId") else { return Ok(work.caller) };
    let owner = ids::require(work, Kind::Person, id)?;
    if owner == work.caller || work.rights.holds(LENDING, Place::Server) {
        return Ok(owner);
    }
    let other = work.object(owner)?.text("userId").unwrap_or_default();
    Err(refused(format!(
        "User '{}' is not allowed to create a personal access token for user '{other}'",
        work.user()
    )))
}

/// Notes when tokens were used.
pub(super) fn update(work: &mut Work<'_>, updates: &[View<'_>]) -> Result<(), Fault> {
    if !work.rights.holds_anywhere(NOTING) {
        return Err(work.rights.lacks(NOTING));
    }
    for update in updates {
        let Some(id) = update.inner("personalAccessTokenId") else {
            return Err(refused("Personal access token id cannot be null."));
        };
        let found = ids::find(work, Kind::PersonalAccessToken, id, Lookup::Reference)?;
        let token = found.ok_or_else(|| not_found(id.name(), &ids::text(id)))?;
        match changes::value(*update, "accessDate") {
            Some(Node::Integer(time)) => {
                work.store.set(token, "accessDate", Slot::Time(*time));
            }
            Some(_) => work.store.clear(token, "accessDate"),
            None => {}
        }
    }
    Ok(())
}

pub(super) fn delete(work: &mut Work<'_>, numbers: &[Number]) {
    for &token in numbers {
        work.store.remove(token);
    }
}

/// Ends the tokens of somebody who leaves.
pub(super) fn end(work: &mut Work<'_>, owner: Number) {
    let own = work.store.linking(Kind::PersonalAccessToken, "owner", owner);
    let own: Vec<Number> = own.map(|token| token.number).collect();
    delete(work, &own);
}
