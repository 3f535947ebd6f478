//! Where properties and terms are in use.
use std::collections::BTreeMap;

use crate::model::{DataType, Kind};
use crate::sandbox::fault::{failed, refused};
use crate::sandbox::store::{Number, Object, Slot, Store};
use crate::sandbox::values::{self, Domain, Property, Refusal, Samples, Target, Terms};
use crate::sandbox::work::Work;
use crate::wire::Fault;

/// The kinds that have properties.
const ENTITIES: [Kind; 3] = [Kind::Experiment, Kind::Sample, Kind::DataSet];

/// The text that a property keeps for a value; nothing for no value.
pub(super) fn checked(
    work: &Work<'_>,
    property: Number,
    text: &str,
) -> Result<Option<String>, Fault> {
    let object = work.object(property)?;
    let name = object.text("dataType").unwrap_or_default();
    let has = |code: &str| {
        let vocabulary = object.one("vocabulary");
        vocabulary
            .is_some_and(|list| super::vocabularies::term(work, list, code).is_some())
    };
    let find = |name: &str| target(work, name);
    let linked = |field| object.one(field).and_then(|number| work.store.get(number));
    let data_type = DataType::named(name).unwrap_or(DataType::Varchar);
    let domain = match (data_type, linked("vocabulary")) {
        (DataType::ControlledVocabulary, Some(vocabulary)) => Domain::Terms(Terms {
            vocabulary: vocabulary.code(),
            description: vocabulary.text("description").unwrap_or_default(),
            has: &has,
        }),
        (DataType::Sample, _) => Domain::Samples(Samples {
            wanted: linked("sampleType").map(|wanted| wanted.code()),
            find: &find,
        }),
        (_, _) => Domain::Any,
    };
    let label = object.text("label").unwrap_or_default();
    let property = Property { code: object.code(), label, data_type, domain };
    values::stored(&property, text).map_err(|refusal| match refusal {
        Refusal::User(text) => refused(text),
        Refusal::Runtime(text) => failed(text),
    })
}

/// The sample of a permId, if the caller sees it.
fn target(work: &Work<'_>, name: &str) -> Option<Target> {
    let sample = work.store.find(Kind::Sample, "permId", name)?;
    if !work.rights.sees(work.store, sample) {
        return None;
    }
    let of_type = sample.one("type").and_then(|number| work.store.get(number))?;
    Some(Target {
        perm_id: sample.text("permId").unwrap_or_default().to_owned(),
        type_code: of_type.code().to_owned(),
    })
}

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
    keep(work, entity, all);
}

fn keep(work: &mut Work<'_>, entity: Number, all: BTreeMap<String, String>) {
    work.store.set(entity, "properties", Slot::Map(all));
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
            if entity.property(code) == Some(term) {
                found.push((entity.number, code.to_owned()));
            }
        }
    }
    found
}
