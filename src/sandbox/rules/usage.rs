//! Where properties and terms are in use.
use crate::model::{Kind, several};
use crate::sandbox::store::{Number, Object, Slot, Store};
use crate::sandbox::work::Work;
use crate::wire::Fault;

/// The kinds that have properties.
const ENTITIES: [Kind; 3] = [Kind::Experiment, Kind::Sample, Kind::DataSet];

/// The assignments of a type, in no order.
pub(super) fn assignments(
    store: &Store,
    entity_type: Number,
) -> impl Iterator<Item = &Object> {
    store.linking(Kind::PropertyAssignment, "entityType", entity_type).map(AsRef::as_ref)
}

/// The code of the property that an assignment is about.
pub(super) fn code_of<'s>(store: &'s Store, assignment: &Object) -> &'s str {
    let property = assignment.one("propertyType").and_then(|number| store.get(number));
    property.map_or("", |property| property.code())
}

/// Gives one property a value, or takes it away, unchecked.
pub(super) fn set(
    work: &mut Work<'_>,
    entity: Number,
    code: &str,
    value: Option<String>,
) {
    let old = work.store.get(entity).and_then(|object| object.map("properties"));
    let mut all = old.cloned().unwrap_or_default();
    match value {
        Some(value) => all.insert(code.to_owned(), value),
        None => all.remove(code),
    };
    work.store.set(entity, "properties", Slot::Map(all));
}

/// Leaves only the day of each value of a property.
pub(super) fn cut_times(work: &mut Work<'_>, property: Number) -> Result<(), Fault> {
    let code = work.object(property)?.code().to_owned();
    let entities = ENTITIES.iter().flat_map(|&kind| work.store.all_with_trash(kind));
    let timed = entities.filter_map(|entity| {
        let kept = entity.property(&code)?;
        let day = |text: &str| text.split(' ').next().unwrap_or_default().to_owned();
        let days = match several::is_several(kept) {
            true => several::joined(several::each(kept).map(day)),
            false => day(kept),
        };
        (days != kept).then_some((entity.number, days))
    });
    for (entity, day) in timed.collect::<Vec<_>>() {
        set(work, entity, &code, Some(day));
    }
    Ok(())
}

/// Puts another value in the place of one, be it among several.
pub(super) fn replace(
    work: &mut Work<'_>,
    entity: Number,
    code: &str,
    [old, new]: [&str; 2],
) -> Result<(), Fault> {
    let Some(kept) = work.object(entity)?.property(code) else { return Ok(()) };
    let one = |text| if text == old { new } else { text };
    let value = match several::is_several(kept) {
        true => several::joined(several::each(kept).map(one)),
        false => one(kept).to_owned(),
    };
    set(work, entity, code, Some(value));
    Ok(())
}

/// All entities, those in the trash too, whose value is this term, with the property.
pub(super) fn having(
    store: &Store,
    vocabulary: Number,
    term: &str,
) -> Vec<(Number, String)> {
    let mut found = Vec::new();
    for property in store.linking(Kind::PropertyType, "vocabulary", vocabulary) {
        let code = property.code();
        for entity in ENTITIES.iter().flat_map(|&kind| store.all_with_trash(kind)) {
            if entity.has_value(code, term) {
                found.push((entity.number, code.to_owned()));
            }
        }
    }
    found
}
