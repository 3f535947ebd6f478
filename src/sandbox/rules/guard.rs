//! Whether the caller may touch masterdata.
use crate::model::{IdForm, Kind};
use crate::sandbox::fault::{denied, refused};
use crate::sandbox::ids;
use crate::sandbox::rights::{Action, Place};
use crate::sandbox::store::Number;
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::View;

/// The user to whom internal things belong.
const SYSTEM: &str = "system";

/// Lets the caller make an object of this code, or refuses.
pub(super) fn create(work: &Work<'_>, kind: Kind, code: &str) -> Result<(), Fault> {
    let (class, text) = named(kind, code);
    work.rights.check(Action::Create, kind, Place::Server, (class, &text))
}

/// Refuses a new internal object to all but the system.
pub(super) fn internal(
    work: &Work<'_>,
    kind: Kind,
    code: &str,
    creation: View<'_>,
) -> Result<(), Fault> {
    if !creation.flag("managedInternally") || work.user() == SYSTEM {
        return Ok(());
    }
    let (class, text) = named(kind, code);
    Err(denied(class, &text))
}

/// Lets the caller change or delete an object, or refuses: internal ones are the system's.
pub(super) fn touch(
    work: &Work<'_>,
    action: Action,
    number: Number,
) -> Result<(), Fault> {
    let object = work.object(number)?;
    let (class, text) = match object.kind {
        Kind::VocabularyTerm => {
            ("VocabularyTermPermId", super::terms::name(&work.store, object))
        }
        kind => named(kind, &ids::perm_id(&work.store, number)),
    };
    work.rights.check(action, object.kind, Place::Server, (class, &text))?;
    if object.flag("managedInternally") && work.user() != SYSTEM {
        return Err(denied(class, &text));
    }
    Ok(())
}

/// Refuses what only the system may do with its own parts of internal things.
pub(super) fn part_of_internal(
    work: &Work<'_>,
    part: Number,
    whole: Number,
    text: &str,
) -> Result<(), Fault> {
    let made_by = work.object(part)?.one("registrator");
    let maker = made_by.and_then(|person| work.store.get(person));
    let by_system = maker.and_then(|person| person.text("userId")) == Some(SYSTEM);
    let internal = work.object(whole)?.flag("managedInternally");
    if by_system && internal && work.user() != SYSTEM {
        return Err(refused(format!("Authorization failure: {text}")));
    }
    Ok(())
}

/// An id as the server's refusals write it: its class and its text.
pub(super) fn named(kind: Kind, code: &str) -> (&'static str, String) {
    let class = kind.spec().ids.first().map_or("", |form: &IdForm| form.class());
    let class = class.rsplit('.').next().unwrap_or_default();
    match ids::entity_kind(kind) {
        Some(entity) if class == "EntityTypePermId" => {
            (class, format!("{code} ({entity})"))
        }
        Some(_) | None => (class, code.to_owned()),
    }
}
