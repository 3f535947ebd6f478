//! Which properties a type has, and in which order.
use super::changes::Step;
use super::{
    changes, fields, guard, plugins, properties, semantic_annotations, stamps,
    unique_values, usage,
};
use crate::model::Kind;
use crate::sandbox::fault::refused;
use crate::sandbox::ids::{self, Lookup};
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::View;

const FLAGS: [&str; 4] = ["mandatory", "unique", "showInEditView", "showRawValueInForms"];
const SYSTEM_ONLY: &str = "Property assignments created by the system user for internal \
                           property types can be managed only by the system user.";

/// Gives a type a property, behind those that it has where no place is wished.
pub(super) fn add(
    work: &mut Work<'_>,
    entity_type: Number,
    creation: View<'_>,
) -> Result<(), Fault> {
    let end = last(work, entity_type);
    add_behind(work, entity_type, creation, end)
}

fn add_behind(
    work: &mut Work<'_>,
    entity_type: Number,
    creation: View<'_>,
    end: i64,
) -> Result<(), Fault> {
    let property = property_of(work, creation)?;
    if existing(work, entity_type, property).is_some() {
        let of_type = work.object(entity_type)?;
        let code = work.object(property)?.code();
        return Err(refused(format!(
            "Property type '{code}' is already assigned to {} type '{}'.",
            super::entity_types::entity(of_type.kind).spec().noun(),
            of_type.code()
        )));
    }
    let plugin = plugin_of(work, entity_type, creation)?;
    let ordinal = match ordinal_of(creation)? {
        Some(ordinal) if is_taken(work, entity_type, ordinal) => {
            make_room(work, entity_type, ordinal)
        }
        Some(ordinal) => ordinal,
        None => end + 1,
    };
    fill(work, entity_type, property, creation)?;
    check_unique(work, entity_type, property, creation)?;
    let mut all = fields::given(creation, &["section"]);
    all.extend(FLAGS.map(|flag| (flag, Slot::Flag(creation.flag(flag)))));
    all.push(("ordinal", Slot::Integer(ordinal)));
    all.push(("entityType", Slot::One(entity_type)));
    all.push(("propertyType", Slot::One(property)));
    all.extend(plugin.map(|plugin| ("plugin", Slot::One(plugin))));
    stamps::register(work, Kind::PropertyAssignment, all);
    Ok(())
}

/// Changes the assignments of a type: removes first, then adds, then the last whole list.
pub(super) fn change(
    work: &mut Work<'_>,
    entity_type: Number,
    update: View<'_>,
    list: View<'_>,
) -> Result<(), Fault> {
    let force = list.flag("forceRemovingAssignments");
    for step in changes::settled(changes::steps(update, "propertyAssignments")) {
        match step {
            Step::Remove(ids) => {
                for id in ids.iter().filter_map(|node| update.view_of(node)) {
                    let assignment = named(work, entity_type, id)?;
                    remove(work, entity_type, assignment, force)?;
                }
            }
            Step::Add(creations) => {
                for creation in creations.iter().filter_map(|node| update.view_of(node)) {
                    add(work, entity_type, creation)?;
                }
            }
            Step::Set(creations) => {
                let creations = creations.iter().filter_map(|node| update.view_of(node));
                replace(work, entity_type, &creations.collect::<Vec<_>>(), force)?;
            }
        }
    }
    Ok(())
}

/// Makes a list the whole list: what it does not name goes.
fn replace(
    work: &mut Work<'_>,
    entity_type: Number,
    creations: &[View<'_>],
    force: bool,
) -> Result<(), Fault> {
    let mut kept = Vec::new();
    for &creation in creations {
        kept.push(property_of(work, creation)?);
    }
    let old: Vec<(Number, Option<Number>, Option<i64>)> =
        usage::assignments(&work.store, entity_type)
            .map(|old| (old.number, old.one("propertyType"), old.integer("ordinal")))
            .collect();
    for &(assignment, property, _) in &old {
        if !property.is_some_and(|property| kept.contains(&property)) {
            remove(work, entity_type, Some(assignment), force)?;
        }
    }
    // What is new comes behind what there was, wherever that moves.
    let mut end = last(work, entity_type);
    for (&creation, property) in creations.iter().zip(kept) {
        let known = old.iter().find(|row| row.1 == Some(property));
        if let Some(&(assignment, _, ordinal)) = known {
            let place = ordinal_of(creation)?.or(ordinal.map(|ordinal| ordinal + 1));
            update_one(work, assignment, creation, place)?;
        } else {
            add_behind(work, entity_type, creation, end)?;
            end += 1;
        }
    }
    Ok(())
}

/// Changes an assignment into what the list says; what it does not say becomes false.
fn update_one(
    work: &mut Work<'_>,
    assignment: Number,
    creation: View<'_>,
    place: Option<i64>,
) -> Result<(), Fault> {
    let old = work.object(assignment)?;
    let (Some(entity_type), Some(property)) =
        (old.one("entityType"), old.one("propertyType"))
    else {
        return Ok(());
    };
    guard::part_of_internal(work, assignment, property, SYSTEM_ONLY)?;
    let plugin = plugin_of(work, entity_type, creation)?;
    check_dynamic(work, assignment, plugin)?;
    fill(work, entity_type, property, creation)?;
    check_unique(work, entity_type, property, creation)?;
    if let Some(place) = place {
        let place = make_room(work, entity_type, place);
        work.store.set(assignment, "ordinal", Slot::Integer(place));
    }
    for flag in FLAGS {
        work.store.set(assignment, flag, Slot::Flag(creation.flag(flag)));
    }
    match creation.text("section") {
        Some(section) => work.store.set(assignment, "section", Slot::from(section)),
        None => work.store.clear(assignment, "section"),
    }
    match plugin {
        Some(plugin) => work.store.set(assignment, "plugin", Slot::One(plugin)),
        None => work.store.clear(assignment, "plugin"),
    }
    Ok(())
}

/// A property that is computed stays so, and the reverse.
fn check_dynamic(
    work: &Work<'_>,
    assignment: Number,
    plugin: Option<Number>,
) -> Result<(), Fault> {
    let old = work.object(assignment)?;
    let is_dynamic = |plugin: Option<Number>| {
        let plugin = plugin.and_then(|number| work.store.get(number));
        plugin.and_then(|plugin| plugin.text("pluginType")) == Some("DYNAMIC_PROPERTY")
    };
    let (before, after) = (is_dynamic(old.one("plugin")), is_dynamic(plugin));
    if before == after {
        return Ok(());
    }
    let called = |dynamic| if dynamic { "dynamic" } else { "not dynamic" };
    let of_type = old.one("entityType").and_then(|number| work.store.get(number));
    Err(refused(format!(
        "Changing assignment from '{}' to '{}' for {}.{} is not allowed. Please create a \
         new assignment.",
        called(before),
        called(after),
        of_type.map_or("", |of_type| of_type.code()),
        usage::code_of(&work.store, old)
    )))
}

/// Takes a property from a type; values go with it only by force.
fn remove(
    work: &mut Work<'_>,
    entity_type: Number,
    assignment: Option<Number>,
    force: bool,
) -> Result<(), Fault> {
    let Some(assignment) = assignment else { return Ok(()) };
    let object = work.object(assignment)?;
    let Some(property) = object.one("propertyType") else { return Ok(()) };
    let code = work.object(property)?.code().to_owned();
    guard::part_of_internal(work, assignment, property, SYSTEM_ONLY)?;
    let users = entities(work, entity_type, &code, true)?;
    if !users.is_empty() && !force {
        return Err(refused(format!(
            "Can not remove property type {code} from type {} because {} entites using \
             this property. To force removal call \
             getPropertyAssignments().setForceRemovingAssignments(true) on the entity \
             update object.",
            work.object(entity_type)?.code(),
            users.len()
        )));
    }
    for entity in users {
        usage::set(work, entity, &code, None);
    }
    semantic_annotations::remove_with(work, assignment);
    Ok(())
}

/// Gives the entities that have no value the initial one; a mandatory property needs one.
fn fill(
    work: &mut Work<'_>,
    entity_type: Number,
    property: Number,
    creation: View<'_>,
) -> Result<(), Fault> {
    let code = work.object(property)?.code().to_owned();
    let empty = entities(work, entity_type, &code, false)?;
    if empty.is_empty() {
        return Ok(());
    }
    let initial = creation.text("initialValueForExistingEntities").unwrap_or_default();
    let Some(value) = properties::initial(work, work.object(property)?, initial)
        .or_else(|fault| if initial.is_empty() { Ok(None) } else { Err(fault) })?
    else {
        return missing_initial(work, entity_type, creation, empty.len());
    };
    for entity in empty {
        usage::set(work, entity, &code, Some(value.clone()));
    }
    Ok(())
}

/// Refuses to make unique what is not.
fn check_unique(
    work: &Work<'_>,
    entity_type: Number,
    property: Number,
    creation: View<'_>,
) -> Result<(), Fault> {
    match creation.flag("unique") {
        true => unique_values::check_all(work, entity_type, property),
        false => Ok(()),
    }
}

fn missing_initial(
    work: &Work<'_>,
    entity_type: Number,
    creation: View<'_>,
    count: usize,
) -> Result<(), Fault> {
    if !creation.flag("mandatory") {
        return Ok(());
    }
    let of_type = work.object(entity_type)?;
    let kind = super::entity_types::entity(of_type.kind);
    let nouns = if count == 1 { kind.spec().noun() } else { kind.spec().nouns() };
    Err(refused(format!(
        "Cannot create mandatory assignment. Please specify 'Initial Value', which will be \
         used for {count} {nouns} of type '{}' already existing in the database.",
        of_type.code()
    )))
}

/// The entities of a type, in the trash or not, that have a value or have none.
fn entities(
    work: &Work<'_>,
    entity_type: Number,
    code: &str,
    with_value: bool,
) -> Result<Vec<Number>, Fault> {
    let kind = super::entity_types::entity(work.object(entity_type)?.kind);
    Ok(work
        .store
        .linking(kind, "type", entity_type)
        .filter(|entity| entity.property(code).is_some() == with_value)
        .map(|entity| entity.number)
        .collect())
}

fn property_of(work: &Work<'_>, creation: View<'_>) -> Result<Number, Fault> {
    let Some(id) = creation.inner("propertyTypeId") else {
        return Err(refused("PropertyTypeId cannot be null."));
    };
    ids::require(work, Kind::PropertyType, id)
}

fn ordinal_of(creation: View<'_>) -> Result<Option<i64>, Fault> {
    match creation.integer("ordinal") {
        Some(ordinal) if ordinal <= 0 => Err(refused("Ordinal cannot be <= 0.")),
        ordinal => Ok(ordinal),
    }
}

fn plugin_of(
    work: &Work<'_>,
    entity_type: Number,
    creation: View<'_>,
) -> Result<Option<Number>, Fault> {
    let kind = work.object(entity_type)?.kind;
    plugins::for_property(work, kind, creation.inner("pluginId"))
}

fn existing(work: &Work<'_>, entity_type: Number, property: Number) -> Option<Number> {
    usage::assignments(&work.store, entity_type)
        .find(|assignment| assignment.one("propertyType") == Some(property))
        .map(|assignment| assignment.number)
}

/// The assignment of this type that an id names; ids of others are passed over.
fn named(
    work: &Work<'_>,
    entity_type: Number,
    id: View<'_>,
) -> Result<Option<Number>, Fault> {
    let (Some(of_type), Some(property)) =
        (id.inner("entityTypeId"), id.inner("propertyTypeId"))
    else {
        return Ok(None);
    };
    if of_type.text("permId") != Some(work.object(entity_type)?.code()) {
        return Ok(None);
    }
    let property = ids::find(work, Kind::PropertyType, property, Lookup::Reference)?;
    Ok(property.and_then(|property| existing(work, entity_type, property)))
}

fn last(work: &Work<'_>, entity_type: Number) -> i64 {
    let ordinals = usage::assignments(&work.store, entity_type);
    ordinals.filter_map(|assignment| assignment.integer("ordinal")).max().unwrap_or(0)
}

fn is_taken(work: &Work<'_>, entity_type: Number, place: i64) -> bool {
    let mut all = usage::assignments(&work.store, entity_type);
    all.any(|assignment| assignment.integer("ordinal") == Some(place))
}

/// Moves those from this place on by one, and gives the place.
fn make_room(work: &mut Work<'_>, entity_type: Number, place: i64) -> i64 {
    let moved: Vec<(Number, i64)> = usage::assignments(&work.store, entity_type)
        .filter_map(|assignment| {
            Some((assignment.number, assignment.integer("ordinal")?))
        })
        .filter(|row| row.1 >= place)
        .collect();
    for (assignment, ordinal) in moved {
        work.store.set(assignment, "ordinal", Slot::Integer(ordinal + 1));
    }
    place
}
