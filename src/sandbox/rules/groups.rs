//! Groups of persons who share roles.
use super::changes::Step;
use super::{changes, fields, guard, limits, stamps, wording};
use crate::model::Kind;
use crate::sandbox::fault::refused;
use crate::sandbox::ids::{self, Lookup};
use crate::sandbox::rights::Action;
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::View;

pub(super) fn create(
    work: &mut Work<'_>,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    creations.iter().map(|&creation| create_one(work, creation)).collect()
}

fn create_one(work: &mut Work<'_>, creation: View<'_>) -> Result<Number, Fault> {
    let given = creation.text("code").unwrap_or_default();
    guard::create(work, Kind::AuthorizationGroup, given)?;
    let code = wording::code(creation)?;
    limits::description(creation.text("description"))?;
    let users = ids::require_all(work, Kind::Person, creation, "userIds")?;
    if work.store.find(Kind::AuthorizationGroup, "code", &code).is_some() {
        return Err(refused(
            "Authorization group already exists in the database and needs to be unique.",
        ));
    }
    let mut all = fields::given(creation, &["description"]);
    all.push(("code", Slot::Text(code)));
    all.push(("users", Slot::Many(users)));
    Ok(stamps::register(work, Kind::AuthorizationGroup, all))
}

pub(super) fn update(work: &mut Work<'_>, updates: &[View<'_>]) -> Result<(), Fault> {
    for &update in updates {
        let Some(id) = update.inner("groupId") else {
            return Err(refused("Authorization id cannot be null."));
        };
        let group = ids::require(work, Kind::AuthorizationGroup, id)?;
        guard::touch(work, Action::Update, group)?;
        fields::change(work, group, update, &["description"]);
        change_users(work, group, update)?;
        stamps::touch(work, group);
    }
    Ok(())
}

/// Unknown persons are refused, except where they are removed.
fn change_users(
    work: &mut Work<'_>,
    group: Number,
    update: View<'_>,
) -> Result<(), Fault> {
    let mut users = work.object(group)?.many("users").to_vec();
    for step in changes::steps(update, "userIds") {
        let (nodes, removes) = match step {
            Step::Remove(nodes) => (nodes, true),
            Step::Add(nodes) => (nodes, false),
            Step::Set(nodes) => {
                users.clear();
                (nodes, false)
            }
        };
        for id in nodes.iter().filter_map(|node| update.view_of(node)) {
            if removes {
                let person = ids::find(work, Kind::Person, id, Lookup::Reference)?;
                users.retain(|&user| Some(user) != person);
                continue;
            }
            let person = ids::require(work, Kind::Person, id)?;
            if !users.contains(&person) {
                users.push(person);
            }
        }
    }
    work.store.set(group, "users", Slot::Many(users));
    Ok(())
}

/// Groups go with their roles.
pub(super) fn delete(work: &mut Work<'_>, numbers: &[Number]) {
    for &group in numbers {
        let roles = work.store.linking(Kind::RoleAssignment, "authorizationGroup", group);
        let roles: Vec<Number> = roles.map(|role| role.number).collect();
        for role in roles {
            work.store.remove(role);
        }
        work.store.remove(group);
    }
}
