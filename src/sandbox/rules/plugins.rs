//! Plugins: kept and assigned, but never run.
use super::{changes, fields, guard, jython, stamps};
use crate::model::Kind;
use crate::sandbox::fault::{failed, null_pointer, refused};
use crate::sandbox::ids;
use crate::sandbox::rights::Action;
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

/// What plugins are for, and what the refusals call that.
const PURPOSES: &[(&str, &str)] = &[
    ("DYNAMIC_PROPERTY", "Dynamic Property Evaluator"),
    ("MANAGED_PROPERTY", "Managed Property Handler"),
    ("ENTITY_VALIDATION", "Entity Validator"),
];
/// Where plugins are used, with the constraint that the data base names then.
const USES: &[(Kind, &str, &str)] = &[
    (Kind::PropertyAssignment, "plugin", "stpt_script_fk"),
    (Kind::SampleType, "validationPlugin", "saty_script_fk"),
    (Kind::ExperimentType, "validationPlugin", "exty_script_fk"),
    (Kind::DataSetType, "validationPlugin", "dsty_script_fk"),
];

pub(super) fn create(
    work: &mut Work<'_>,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    creations.iter().map(|&creation| create_one(work, creation)).collect()
}

fn create_one(work: &mut Work<'_>, creation: View<'_>) -> Result<Number, Fault> {
    let text = |name| creation.text(name).unwrap_or_default();
    let name = text("name");
    guard::create(work, Kind::Plugin, name)?;
    if name.is_empty() {
        return Err(refused("Name cannot be empty."));
    }
    if text("pluginType").is_empty() {
        return Err(refused("Plugin type cannot be unspecified."));
    }
    if text("script").is_empty() {
        return Err(refused("Script cannot be empty."));
    }
    jython::check(text("pluginType"), text("script"))?;
    if work.store.find(Kind::Plugin, "name", name).is_some() {
        return Err(refused(
            "Plugin already exists in the database and needs to be unique.",
        ));
    }
    let mut all: Vec<(&'static str, Slot)> = Vec::new();
    let names = ["name", "description", "pluginType", "script", "entityKind"];
    all.extend(fields::given(creation, &names));
    all.push(("pluginKind", Slot::from("JYTHON")));
    all.push(("available", Slot::Flag(fields::flag(creation, "available", true))));
    Ok(stamps::register(work, Kind::Plugin, all))
}

pub(super) fn update(work: &mut Work<'_>, updates: &[View<'_>]) -> Result<(), Fault> {
    for &update in updates {
        let Some(id) = update.inner("pluginId") else {
            return Err(refused("Plugin id cannot be null."));
        };
        let plugin = ids::require(work, Kind::Plugin, id)?;
        guard::touch(work, Action::Update, plugin)?;
        if changes::value(update, "script") == Some(&Node::Null) {
            return Err(refused("New script cannot be undefined."));
        }
        if let Some(Node::Text(script)) = changes::value(update, "script") {
            let purpose = work.object(plugin)?.text("pluginType");
            jython::check(purpose.unwrap_or_default(), script)?;
        }
        if changes::value(update, "available") == Some(&Node::Null) {
            return Err(null_pointer());
        }
        if changes::value(update, "available") == Some(&Node::Null) {
            return Err(null_pointer());
        }
        fields::change(work, plugin, update, &["description", "script", "available"]);
    }
    Ok(())
}

pub(super) fn delete(work: &mut Work<'_>, numbers: &[Number]) -> Result<(), Fault> {
    for &plugin in numbers {
        for &(kind, field, constraint) in USES {
            if work.store.linking(kind, field, plugin).next().is_some() {
                return Err(failed(format!(
                    "could not execute statement; SQL [n/a]; constraint [{constraint}]; \
                     nested exception is \
                     org.hibernate.exception.ConstraintViolationException: could not \
                     execute statement"
                )));
            }
        }
        work.store.remove(plugin);
    }
    Ok(())
}

/// The plugin that checks the entities of a type.
pub(super) fn for_validation(
    work: &Work<'_>,
    kind: Kind,
    id: Option<View<'_>>,
) -> Result<Option<Number>, Fault> {
    fitting(work, kind, id, ("Entity type validation plugin", &["ENTITY_VALIDATION"]))
}

/// The plugin that computes or shows a property.
pub(super) fn for_property(
    work: &Work<'_>,
    kind: Kind,
    id: Option<View<'_>>,
) -> Result<Option<Number>, Fault> {
    let purposes = &["DYNAMIC_PROPERTY", "MANAGED_PROPERTY"];
    fitting(work, kind, id, ("Property assignment plugin", purposes))
}

/// The plugin of an id, which has to be for one of these purposes and for this kind of type.
fn fitting(
    work: &Work<'_>,
    kind: Kind,
    id: Option<View<'_>>,
    (role, purposes): (&str, &[&str]),
) -> Result<Option<Number>, Fault> {
    let Some(id) = id else { return Ok(None) };
    let number = ids::require(work, Kind::Plugin, id)?;
    let plugin = work.object(number)?;
    let purpose = plugin.text("pluginType").unwrap_or_default();
    if !purposes.contains(&purpose) {
        let wanted: Vec<String> =
            purposes.iter().map(|purpose| format!("'{}'", called(purpose))).collect();
        return Err(refused(format!(
            "{role} has to be of type {}. The specified plugin with id '{}' is of type \
             '{}'.",
            wanted.join(" or "),
            ids::text(id),
            called(purpose)
        )));
    }
    let expected = ids::entity_kind(kind).unwrap_or_default();
    match plugin.text("entityKind") {
        Some(own) if own != expected => Err(refused(format!(
            "{role} has entity kind set to '{own}'. Expected a plugin where entity kind is \
             either '{expected}' or null."
        ))),
        Some(_) | None => Ok(Some(number)),
    }
}

fn called(purpose: &str) -> &'static str {
    PURPOSES.iter().find(|row| row.0 == purpose).map_or("", |row| row.1)
}
