//! Who gets which role where.
use super::stamps;
use crate::model::Kind;
use crate::sandbox::fault::{denied, refused};
use crate::sandbox::ids;
use crate::sandbox::rights::{Action, Place, place};
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::View;

/// What a role is given to and where it holds, with the fields of the creation.
const LINKS: [(&str, &str, Kind); 4] = [
    ("user", "userId", Kind::Person),
    ("authorizationGroup", "authorizationGroupId", Kind::AuthorizationGroup),
    ("space", "spaceId", Kind::Space),
    ("project", "projectId", Kind::Project),
];

pub(super) fn create(
    work: &mut Work<'_>,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    creations.iter().map(|&creation| create_one(work, creation)).collect()
}

fn create_one(work: &mut Work<'_>, creation: View<'_>) -> Result<Number, Fault> {
    let role = checked(creation)?;
    let mut links: Vec<(&'static str, Slot)> = Vec::new();
    for (field, sent, kind) in LINKS {
        if let Some(id) = creation.inner(sent) {
            links.push((field, Slot::One(ids::require(work, kind, id)?)));
        }
    }
    let has = |name| links.iter().any(|link| link.0 == name);
    let level = match (has("space"), has("project")) {
        (_, true) => "PROJECT",
        (true, false) => "SPACE",
        (false, false) => "INSTANCE",
    };
    let there = place_of(work, &links)?;
    let whom = creation.inner("userId").or(creation.inner("authorizationGroupId"));
    let text = whom.map_or_else(String::new, |id| {
        let noun = if has("user") { "user" } else { "group" };
        format!("{level}_{role} for {noun} {}", ids::text(id))
    });
    work.rights.check(Action::Create, Kind::RoleAssignment, there, ("", &text))?;
    if role == "DISABLED" {
        return Err(refused(
            "ERROR: value for domain authorization_role violates check constraint \
             \"authorization_role_check\"",
        ));
    }
    let mut all = vec![("role", Slot::from(role)), ("roleLevel", Slot::from(level))];
    all.extend(links);
    if exists(work, &all) {
        return Err(refused(
            "Role assignment already exists in the database and needs to be unique.",
        ));
    }
    Ok(stamps::register(work, Kind::RoleAssignment, all))
}

fn checked(creation: View<'_>) -> Result<&str, Fault> {
    let Some(role) = creation.text("role") else {
        return Err(refused("Unspecified role."));
    };
    let given = |name| creation.inner(name).is_some();
    match (given("userId"), given("authorizationGroupId")) {
        (true, true) => {
            let text = "A user and an authorization group have been specified.";
            return Err(refused(text));
        }
        (false, false) => {
            let text = "Either a user or an authorization group has to be specified.";
            return Err(refused(text));
        }
        (true, false) | (false, true) => {}
    }
    if given("spaceId") && given("projectId") {
        return Err(refused("A space and a project have been specified."));
    }
    Ok(role)
}

fn place_of(work: &Work<'_>, links: &[(&str, Slot)]) -> Result<Place, Fault> {
    let link = links.iter().find(|link| link.0 == "space" || link.0 == "project");
    match link {
        Some((_, Slot::One(number))) => Ok(place(&work.store, work.object(*number)?)),
        Some(_) | None => Ok(Place::Server),
    }
}

/// Whether there is a role with just these fields.
fn exists(work: &Work<'_>, fields: &[(&'static str, Slot)]) -> bool {
    let names = ["role", "roleLevel", "user", "authorizationGroup", "space", "project"];
    work.store.all(Kind::RoleAssignment).any(|known| {
        names.iter().all(|name| {
            let new = fields.iter().find(|field| field.0 == *name).map(|field| &field.1);
            known.fields.get(name) == new
        })
    })
}

/// Nobody takes the own administration away.
pub(super) fn delete(work: &mut Work<'_>, numbers: &[Number]) -> Result<(), Fault> {
    for &number in numbers {
        let object = work.object(number)?;
        if object.text("role") == Some("ADMIN") && object.one("user") == Some(work.caller)
        {
            return Err(denied(
                "RoleAssignmentTechId",
                &ids::perm_id(&work.store, number),
            ));
        }
        work.store.remove(number);
    }
    Ok(())
}
