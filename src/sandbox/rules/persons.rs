//! Persons, who log in, and their home spaces.
use super::{changes, guard, limits, personal_tokens, stamps, web_apps};
use crate::model::Kind;
use crate::sandbox::fault::{masked, refused};
use crate::sandbox::ids;
use crate::sandbox::rights::{Action, Place, Role};
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

const LONGEST_USER_ID: usize = 50;
/// What makes it impossible to delete a person: things registered by it.
const REGISTERED: [Kind; 5] =
    [Kind::Space, Kind::Project, Kind::Experiment, Kind::Sample, Kind::DataSet];

pub(super) fn create(
    work: &mut Work<'_>,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    let made = creations.iter().map(|&creation| create_one(work, creation));
    let made = made.collect::<Result<Vec<_>, _>>()?;
    let users = creations.iter().filter_map(|creation| creation.text("userId"));
    let unknown: Vec<&str> = users.filter(|user| !work.knows_user(user)).collect();
    if unknown.is_empty() {
        return Ok(made);
    }
    Err(refused(format!(
        "Following persons unknown by the authentication service: [{}]",
        unknown.join(", ")
    )))
}

fn create_one(work: &mut Work<'_>, creation: View<'_>) -> Result<Number, Fault> {
    guard::create(work, Kind::Person, creation.text("userId").unwrap_or_default())?;
    let user = match creation.text("userId") {
        None | Some("") => return Err(refused("Unspecified user id.")),
        Some(user) => user,
    };
    if !user.chars().all(|c| c.is_ascii_alphanumeric() || "_.-@".contains(c)) {
        return Err(refused(
            "User code must not be empty and must contain only allowed characters: \
             letters, digits, '_', '.', '-', '@'. Note that whitespaces are not allowed.",
        ));
    }
    limits::length("user id", user, LONGEST_USER_ID)?;
    let space = creation.inner("spaceId");
    let space = space.map(|id| ids::require(work, Kind::Space, id)).transpose()?;
    if work.store.find(Kind::Person, "userId", user).is_some() {
        return Err(refused(
            "could not execute statement; SQL [n/a]; constraint [pers_bk_uk]; nested \
             exception is org.hibernate.exception.ConstraintViolationException: could not \
             execute statement",
        ));
    }
    let mut all = vec![
        ("userId", Slot::from(user)),
        ("firstName", Slot::from("")),
        ("lastName", Slot::from(user)),
        ("email", Slot::from("")),
        ("active", Slot::Flag(true)),
    ];
    all.extend(space.map(|space| ("space", Slot::One(space))));
    Ok(stamps::register(work, Kind::Person, all))
}

/// Changes persons; an update that names nobody is about the caller.
pub(super) fn update(work: &mut Work<'_>, updates: &[View<'_>]) -> Result<(), Fault> {
    for &update in updates {
        let person = match update.inner("userId") {
            Some(id) => ids::require(work, Kind::Person, id)?,
            None => work.caller,
        };
        if let Some(value) = changes::value(update, "active") {
            activate(work, person, value)?;
        }
        if let Some(value) = changes::value(update, "spaceId") {
            settle(work, person, update.view_of(value))?;
        }
        web_apps::update(work, person, update)?;
    }
    Ok(())
}

/// Whoever is deactivated loses all roles and groups.
fn activate(work: &mut Work<'_>, person: Number, value: &Node) -> Result<(), Fault> {
    if !work.rights.is_admin() {
        return Err(work.rights.lacks(&[Role::InstanceAdmin]));
    }
    match value {
        Node::Flag(true) => work.store.set(person, "active", Slot::Flag(true)),
        Node::Flag(false) if person == work.caller => {
            return Err(refused(
                "You can not deactivate yourself. Ask another instance admin to do that \
                 for you.",
            ));
        }
        Node::Flag(false) => {
            work.store.set(person, "active", Slot::Flag(false));
            leave(work, person);
        }
        Node::Null
        | Node::Integer(_)
        | Node::Real(_)
        | Node::Text(_)
        | Node::List(_)
        | Node::Map(_)
        | Node::Bean(_) => {}
    }
    Ok(())
}

/// Another home space, or none: one's own, or by whoever administrates the space.
fn settle(
    work: &mut Work<'_>,
    person: Number,
    space: Option<View<'_>>,
) -> Result<(), Fault> {
    let space = space.map(|id| ids::require_any(work, Kind::Space, id)).transpose()?;
    if person != work.caller {
        let place = space.map_or(Place::Server, Place::Space);
        let user = work.object(person)?.text("userId").unwrap_or_default().to_owned();
        let named = ("PersonPermId", user.as_str());
        work.rights.check(Action::Move, Kind::Person, place, named)?;
    }
    match space {
        Some(space) => work.store.set(person, "space", Slot::One(space)),
        None => work.store.clear(person, "space"),
    }
    Ok(())
}

pub(super) fn delete(work: &mut Work<'_>, numbers: &[Number]) -> Result<(), Fault> {
    if numbers.contains(&work.caller) {
        return Err(refused("You cannot remove your own user."));
    }
    for &person in numbers {
        let mut kinds = REGISTERED.iter();
        let is_needed =
            |&kind| work.store.linking(kind, "registrator", person).next().is_some();
        if kinds.any(is_needed) {
            return Err(masked(
                "Could not commit Hibernate transaction; nested exception is \
                 org.hibernate.TransactionException: Unable to commit against JDBC \
                 Connection",
            ));
        }
        leave(work, person);
        let tags = work.store.linking(Kind::Tag, "owner", person);
        let tags: Vec<Number> = tags.map(|tag| tag.number).collect();
        for tag in tags {
            for kind in [Kind::Experiment, Kind::Sample, Kind::DataSet] {
                work.store.unlink(kind, "tags", tag);
            }
            work.store.remove(tag);
        }
        work.store.remove(person);
    }
    Ok(())
}

/// Takes the roles and tokens of a person, and takes it out of its groups.
fn leave(work: &mut Work<'_>, person: Number) {
    let roles = work.store.linking(Kind::RoleAssignment, "user", person);
    let roles: Vec<Number> = roles.map(|role| role.number).collect();
    for role in roles {
        work.store.remove(role);
    }
    work.store.unlink(Kind::AuthorizationGroup, "users", person);
    personal_tokens::end(work, person);
}
