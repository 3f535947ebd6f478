//! Spaces: codes that are unique on the server.
use super::{changes, entity, freezing, limits, stamps, targets};
use crate::model::Kind;
use crate::sandbox::fault::refused;
use crate::sandbox::rights::{Action, Place, Role};
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

pub(super) fn create(
    work: &mut Work<'_>,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    let mut made = Vec::new();
    for &creation in creations {
        let code = limits::code(creation.text("code"))?;
        let named = ("SpacePermId", &*code);
        work.rights.check(Action::Create, Kind::Space, Place::Server, named)?;
        limits::description(creation.text("description"))?;
        let mut fields = vec![("code", Slot::from(code.as_str()))];
        fields.extend(
            creation.text("description").map(|text| ("description", text.into())),
        );
        if work.store.holding(Kind::Space, "code", &code).next().is_some() {
            return Err(refused(
                "Space already exists in the database and needs to be unique.",
            ));
        }
        let number = stamps::register(work, Kind::Space, fields);
        entity::note_creation_id(work, number, creation);
        hand_over(work, number);
        made.push(number);
    }
    Ok(made)
}

/// Whoever may not do everything anyway becomes the administrator of the own space.
fn hand_over(work: &mut Work<'_>, space: Number) {
    let roles = [Role::InstanceAdmin, Role::InstanceEtlServer];
    if work.rights.holds(&roles, Place::Server) {
        return;
    }
    let fields = vec![
        ("user", Slot::One(work.caller)),
        ("role", Slot::from("ADMIN")),
        ("roleLevel", Slot::from("SPACE")),
        ("space", Slot::One(space)),
    ];
    stamps::register(work, Kind::RoleAssignment, fields);
    work.rights.add(Role::SpaceAdmin, space);
}

pub(super) fn update(work: &mut Work<'_>, updates: &[View<'_>]) -> Result<(), Fault> {
    for (number, update) in targets(work, Kind::Space, updates)? {
        if let Some(Node::Text(text)) = changes::value(update, "description") {
            limits::description(Some(text))?;
        }
        freezing::of_object(work, number, "UPDATE")?;
        changes::text(work, number, update, "description");
        freezing::freeze(work, number, update)?;
        stamps::touch(work, number);
    }
    Ok(())
}

/// Deletes spaces that hold nothing; their roles go along.
pub(super) fn delete(work: &mut Work<'_>, numbers: &[Number]) -> Result<(), Fault> {
    for &number in numbers {
        freezing::of_object(work, number, "DELETE")?;
        let holds = |kind| work.store.linking(kind, "space", number).next().is_some();
        if holds(Kind::Project) || holds(Kind::Sample) {
            return Err(refused(format!(
                "Space '{}' is being used. Delete all connected data  first.",
                work.object(number)?.code()
            )));
        }
        super::remove_roles(work, "space", number);
        work.store.unlink(Kind::Person, "space", number);
        work.store.remove(number);
    }
    Ok(())
}
