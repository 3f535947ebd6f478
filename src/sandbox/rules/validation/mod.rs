//! Validation plug-ins of types. Scripts are not run: those of the ELN that are plain enough
//! are built in, by name; all others find nothing wrong.
mod dates;
mod storage;

use crate::model::Kind;
use crate::sandbox::fault::{refused, refused_outright};
use crate::sandbox::ids::identifier;
use crate::sandbox::store::{Number, Object, Store};
use crate::sandbox::work::Work;
use crate::wire::Fault;

/// What a script says of an entity.
enum Verdict {
    Fine,
    /// It is wrong.
    Wrong(&'static str),
    /// The script threw this at the line where it asks the ELN's own service.
    Thrown(String),
}

type Check = fn(&Store, &Object) -> Verdict;

/// The scripts that are built in, by the end of the plug-in's name.
const BUILT_IN: &[(&str, Check)] = &[
    (".date_range_validation", dates::check),
    (".storage_position_validation", storage::check),
];

/// Refuses an entity that the validation plug-in of its type finds wrong.
pub(super) fn check(work: &Work<'_>, number: Number) -> Result<(), Fault> {
    let entity = work.object(number)?;
    let Some(entity_type) = linked(&work.store, entity, "type") else { return Ok(()) };
    let Some(plugin) = linked(&work.store, entity_type, "validationPlugin") else {
        return Ok(());
    };
    let name = plugin.text("name").unwrap_or_default();
    let Some((_, built_in)) = BUILT_IN.iter().find(|row| name.ends_with(row.0)) else {
        return Ok(());
    };
    let what = if entity.kind == Kind::Experiment { "experiment" } else { "sample" };
    let identifier = identifier::of(&work.store, entity);
    let named = format!("Validation of {what} {identifier} ({})", entity_type.code());
    match built_in(&work.store, entity) {
        Verdict::Fine => Ok(()),
        Verdict::Wrong(text) => Err(refused_outright(format!("{named} failed. {text}"))),
        Verdict::Thrown(text) => Err(refused(format!(
            "{named} resulted in error. Error occurred in line 32 of the script when \
             evaluating 'validate(__entity, __isNewEntity)': {THROWN}: {THROWN}: {text}"
        ))),
    }
}

const THROWN: &str = "ch.systemsx.cisd.common.exceptions.UserFailureException";

fn linked<'s>(store: &'s Store, object: &Object, field: &str) -> Option<&'s Object> {
    store.get(object.one(field)?).map(AsRef::as_ref)
}
