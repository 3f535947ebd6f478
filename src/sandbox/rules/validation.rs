//! Validation plug-ins of types. Scripts are not run: those of the ELN that are plain enough
//! are built in, by name; all others find nothing wrong.
use crate::model::Kind;
use crate::sandbox::fault::refused_outright;
use crate::sandbox::ids::identifier;
use crate::sandbox::store::{Number, Object};
use crate::sandbox::work::Work;
use crate::wire::Fault;

/// What is wrong with an entity, if anything is.
type Check = fn(&Object) -> Option<&'static str>;

/// The scripts that are built in, by the end of the plug-in's name.
const BUILT_IN: &[(&str, Check)] = &[(".date_range_validation", dates)];

/// Refuses an entity that the validation plug-in of its type finds wrong.
pub(super) fn check(work: &Work<'_>, number: Number) -> Result<(), Fault> {
    let entity = work.object(number)?;
    let linked = |object: &Object, field| {
        object.one(field).and_then(|number| work.store.get(number)).cloned()
    };
    let Some(entity_type) = linked(entity, "type") else { return Ok(()) };
    let Some(plugin) = linked(&entity_type, "validationPlugin") else { return Ok(()) };
    let name = plugin.text("name").unwrap_or_default();
    let built_in = BUILT_IN.iter().find(|row| name.ends_with(row.0));
    let Some(wrong) = built_in.and_then(|row| row.1(entity)) else { return Ok(()) };
    let what = if entity.kind == Kind::Experiment { "experiment" } else { "sample" };
    Err(refused_outright(format!(
        "Validation of {what} {} ({}) failed. {wrong}",
        identifier::of(work.store, entity),
        entity_type.code()
    )))
}

/// The texts are compared, as the script does.
fn dates(entity: &Object) -> Option<&'static str> {
    let (start, end) = (entity.property("START_DATE")?, entity.property("END_DATE")?);
    (start > end).then_some("End date cannot be before start date!")
}
