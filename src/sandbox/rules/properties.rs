//! The properties of entities: assigned to their type, of the right form, there where they
//! are mandatory.
use std::collections::BTreeMap;

use super::{freezing, given, patterns, unique_values};
use crate::model::{DataType, Kind};
use crate::sandbox::fault::{failed, refused};
use crate::sandbox::ids::{self, Lookup, identifier};
use crate::sandbox::store::{Number, Object, Slot};
use crate::sandbox::values::{
    Domain, Materials, Property, Refusal, Samples, Target, Terms, schema, stored,
};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::Node;

/// Sets the properties that are named and removes those without a value.
pub(super) fn set(
    work: &mut Work<'_>,
    number: Number,
    given: &[(String, Node)],
) -> Result<(), Fault> {
    if given.is_empty() {
        return Ok(());
    }
    let object = work.object(number)?;
    let mut properties: BTreeMap<String, String> =
        object.map("properties").cloned().unwrap_or_default();
    for (code, value) in given {
        let code = code.to_uppercase();
        let (property_type, assignment) = assigned(work, object, &code)?;
        let of = || type_code(work, object);
        let value = given::texts(property_type, value, of)?
            .kept(|text| checked(work, property_type, text))?;
        if let Some(value) = value.as_deref().filter(|_| assignment.flag("unique")) {
            unique_values::check(work, object, &code, value)?;
        }
        let operation = match (&value, properties.get(&code)) {
            (None, None) => continue,
            (Some(new), Some(old)) if new == old => continue,
            (Some(_), None) => "INSERT PROPERTY",
            (Some(_), Some(_)) => "UPDATE PROPERTY",
            (None, Some(_)) => "DELETE PROPERTY",
        };
        freezing::of_content(work, number, operation)?;
        match value {
            Some(value) => properties.insert(code, value),
            None => properties.remove(&code),
        };
    }
    work.store.set(number, "properties", Slot::Map(properties));
    Ok(())
}

/// What is kept of a value for those that have none.
pub(super) fn initial(
    work: &Work<'_>,
    property_type: &Object,
    text: &str,
) -> Result<Option<String>, Fault> {
    let given = given::texts(property_type, &Node::from(text), String::new)?;
    given.kept(|text| checked(work, property_type, text))
}

/// Refuses an object that lacks a mandatory value.
pub(super) fn check_mandatory(work: &Work<'_>, number: Number) -> Result<(), Fault> {
    let object = work.object(number)?;
    let Some(entity_type) = object.one("type") else { return Ok(()) };
    let assignments =
        work.store.linking(Kind::PropertyAssignment, "entityType", entity_type);
    for assignment in assignments.filter(|assignment| assignment.flag("mandatory")) {
        let Some(property_type) = assignment.one("propertyType") else { continue };
        let code = work.object(property_type)?.code();
        if object.property(code).is_none() {
            return Err(refused(format!(
                "Value of mandatory property '{code}' not specified."
            )));
        }
    }
    Ok(())
}

/// The property type of a code with its assignment, if the object's type has it.
fn assigned<'w>(
    work: &'w Work<'_>,
    object: &Object,
    code: &str,
) -> Result<(&'w Object, &'w Object), Fault> {
    let Some(property_type) = work.store.find(Kind::PropertyType, "code", code) else {
        return Err(refused(format!("Property type with code '{code}' does not exist!")));
    };
    let entity_type = object.one("type");
    let mut uses = work.store.linking(
        Kind::PropertyAssignment,
        "propertyType",
        property_type.number,
    );
    if let Some(found) =
        uses.find(|assignment| assignment.one("entityType") == entity_type)
    {
        return Ok((property_type, found));
    }
    Err(refused(format!(
        "No assigment between property type '{code}' and entity type '{}' could be found.",
        type_code(work, object)
    )))
}

fn type_code(work: &Work<'_>, object: &Object) -> String {
    let of = object.one("type").and_then(|number| work.store.get(number));
    of.map(|of| of.code().to_owned()).unwrap_or_default()
}

/// The value as it is kept.
pub(crate) fn checked(
    work: &Work<'_>,
    property_type: &Object,
    text: &str,
) -> Result<Option<String>, Fault> {
    let linked =
        |field| property_type.one(field).and_then(|number| work.store.get(number));
    let name = property_type.text("dataType").unwrap_or_default();
    let data_type = DataType::named(name).unwrap_or(DataType::Varchar);
    let vocabulary = linked("vocabulary");
    let has = |code: &str| {
        let mut terms = work.store.holding(Kind::VocabularyTerm, "code", code);
        terms.any(|term| term.one("vocabulary") == vocabulary.map(|holder| holder.number))
    };
    let find = |text: &str| sample(work, text);
    let has_material =
        |code: &str, of: &str| ids::material(&work.store, code, of).is_some();
    let domain = match data_type {
        DataType::Sample => Domain::Samples(Samples {
            wanted: linked("sampleType").map(|wanted| wanted.code()),
            find: &find,
        }),
        DataType::ControlledVocabulary => Domain::Terms(Terms {
            vocabulary: vocabulary.map(|holder| holder.code()).unwrap_or_default(),
            description: vocabulary
                .and_then(|holder| holder.text("description"))
                .unwrap_or_default(),
            has: &has,
        }),
        DataType::Material => Domain::Materials(Materials {
            wanted: linked("materialType").map(|wanted| wanted.code()),
            has: &has_material,
        }),
        _ => Domain::Any,
    };
    let property = Property { code: property_type.code(), data_type, domain };
    let kept = stored(&property, text).map_err(|refusal| match refusal {
        Refusal::User(message) => refused(message),
        Refusal::Runtime(message) => failed(message),
    })?;
    follows_schema(property_type, kept.as_deref())?;
    patterns::check_value(property_type, kept.as_deref())?;
    Ok(kept)
}

/// Refuses a document that does not follow the schema of its property.
fn follows_schema(property_type: &Object, kept: Option<&str>) -> Result<(), Fault> {
    let (Some(schema), Some(kept)) = (property_type.text("schema"), kept) else {
        return Ok(());
    };
    schema::check(schema, kept).map_err(|why| {
        let label = property_type.text("label").unwrap_or_default();
        refused(format!(
            "Provided value doesn't validate against schema of property type '{label}'. \
             {why}"
        ))
    })
}

/// The sample of a permId or identifier.
fn sample(work: &Work<'_>, text: &str) -> Option<Target> {
    let number = if text.starts_with('/') {
        identifier::find(work, Kind::Sample, text, Lookup::Reference).ok().flatten()?
    } else {
        work.store.find(Kind::Sample, "permId", text)?.number
    };
    let sample = work.store.get(number)?;
    let kind = sample.one("type").and_then(|number| work.store.get(number));
    Some(Target {
        perm_id: sample.text("permId").unwrap_or_default().to_owned(),
        type_code: kind.map(|kind| kind.code().to_owned()).unwrap_or_default(),
    })
}
