//! Property types: what a property takes, before any type has it.
use super::{
    changes, fields, guard, limits, patterns, semantic_annotations, stamps, usage,
    wording,
};
use crate::model::Kind;
use crate::sandbox::fault::refused;
use crate::sandbox::ids;
use crate::sandbox::rights::Action;
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::values;
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

/// What goes with one data type only: the field that names it, what the refusal calls it,
/// and the data type.
const BELONGING: &[(&str, &str, &str)] = &[
    ("vocabularyId", "Vocabulary id has been", "CONTROLLEDVOCABULARY"),
    ("materialTypeId", "Material type id has been", "MATERIAL"),
    ("sampleTypeId", "Sample type id has been", "SAMPLE"),
    ("schema", "XML schema is", "XML"),
    ("transformation", "XSLT transformation is", "XML"),
];

/// What is kept as it was given.
const PLAIN: [&str; 8] = [
    "label",
    "description",
    "schema",
    "transformation",
    "metaData",
    "multiValue",
    "pattern",
    "patternType",
];

/// What a data type may not be changed into, except from one other.
const CONVERSIONS: &[(&str, &str)] = &[("DATE", "TIMESTAMP"), ("REAL", "INTEGER")];

pub(super) fn create(
    work: &mut Work<'_>,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    creations.iter().map(|&creation| create_one(work, creation)).collect()
}

fn create_one(work: &mut Work<'_>, creation: View<'_>) -> Result<Number, Fault> {
    let code = creation.text("code").unwrap_or_default();
    if code.is_empty() {
        return Err(refused("Code cannot be empty."));
    }
    guard::create(work, Kind::PropertyType, code)?;
    check_texts(creation.text("label"), creation.text("description"))?;
    let data_type = check_data_type(creation)?;
    patterns::check(creation.text("patternType"), creation.text("pattern"))?;
    check_prefix(code, creation.flag("managedInternally"))?;
    guard::internal(work, Kind::PropertyType, &code.to_uppercase(), creation)?;
    let vocabulary = reference(work, creation, "vocabularyId", Kind::Vocabulary)?;
    let sample_type = reference(work, creation, "sampleTypeId", Kind::SampleType)?;
    let material_type = reference(work, creation, "materialTypeId", Kind::MaterialType)?;
    let code = wording::checked_code(code)?;
    wording::label(creation.text("label").unwrap_or_default())?;
    limits::description(creation.text("description"))?;
    if work.store.find(Kind::PropertyType, "code", &code).is_some() {
        return Err(refused(
            "Property type already exists in the database and needs to be unique.",
        ));
    }
    let mut all: Vec<(&'static str, Slot)> = Vec::new();
    all.extend(fields::given(creation, &PLAIN));
    all.push(("code", Slot::Text(code)));
    all.push(("dataType", Slot::Text(data_type)));
    all.push(("managedInternally", Slot::Flag(creation.flag("managedInternally"))));
    all.extend(vocabulary.map(|number| ("vocabulary", Slot::One(number))));
    all.extend(sample_type.map(|number| ("sampleType", Slot::One(number))));
    all.extend(material_type.map(|number| ("materialType", Slot::One(number))));
    Ok(stamps::register(work, Kind::PropertyType, all))
}

fn check_texts(label: Option<&str>, description: Option<&str>) -> Result<(), Fault> {
    if label.unwrap_or_default().is_empty() {
        return Err(refused("Label cannot be empty."));
    }
    if description.unwrap_or_default().is_empty() {
        return Err(refused("Description cannot be empty."));
    }
    Ok(())
}

fn check_data_type(creation: View<'_>) -> Result<String, Fault> {
    let Some(data_type) = creation.text("dataType") else {
        return Err(refused("Data type not specified."));
    };
    if data_type == "CONTROLLEDVOCABULARY" && creation.inner("vocabularyId").is_none() {
        return Err(refused(
            "Data type has been specified as CONTROLLEDVOCABULARY but vocabulary id is \
             missing.",
        ));
    }
    for &(field, name, wanted) in BELONGING {
        let value = creation.get(field);
        if value != &Node::Null && data_type != wanted {
            return Err(refused(format!(
                "{name} specified but data type is {data_type}."
            )));
        }
        if let Node::Text(text) = value {
            check_document(field, text)?;
        }
    }
    Ok(data_type.to_owned())
}

/// Whether a schema or a transformation is what it has to be.
fn check_document(field: &str, text: &str) -> Result<(), Fault> {
    let (name, root) = match field {
        "schema" => ("XML Schema", "schema"),
        _ => ("XSLT", "stylesheet"),
    };
    let found = values::root_of_xml(text).map_err(refused)?;
    if found == root || found == "transform" {
        return Ok(());
    }
    Err(refused(format!(
        "Provided {name} isn't valid. cvc-elt.1.a: Cannot find the declaration of element \
         '{found}'."
    )))
}

fn check_prefix(code: &str, internal: bool) -> Result<(), Fault> {
    match (code.starts_with('$'), internal) {
        (false, true) => Err(refused(
            "Code of an internally managed property type has to start with '$' prefix.",
        )),
        (true, false) => Err(refused(
            "'$' code prefix can be only used for the internally managed property types.",
        )),
        (true, true) | (false, false) => Ok(()),
    }
}

fn reference(
    work: &Work<'_>,
    creation: View<'_>,
    field: &str,
    kind: Kind,
) -> Result<Option<Number>, Fault> {
    let Some(id) = creation.inner(field) else { return Ok(None) };
    if kind == Kind::SampleType && id.text("entityKind").is_some_and(|k| k != "SAMPLE") {
        let text = ids::text(id);
        return Err(refused(format!(
            "Specified entity type id ({text}) is not a SAMPLE type."
        )));
    }
    ids::require(work, kind, id).map(Some)
}

pub(super) fn update(work: &mut Work<'_>, updates: &[View<'_>]) -> Result<(), Fault> {
    for &update in updates {
        let Some(id) = update.inner("typeId") else {
            return Err(refused("Property type id cannot be null."));
        };
        let number = ids::require(work, Kind::PropertyType, id)?;
        guard::touch(work, Action::Update, number)?;
        update_one(work, number, update)?;
    }
    Ok(())
}

fn update_one(
    work: &mut Work<'_>,
    number: Number,
    update: View<'_>,
) -> Result<(), Fault> {
    let text = |name| match changes::value(update, name) {
        Some(Node::Text(text)) => Some(text.as_str()),
        Some(_) => Some(""),
        None => None,
    };
    check_texts(text("label").or(Some("as it was")), text("description").or(Some("-")))?;
    wording::label(text("label").unwrap_or_default())?;
    if let Some(data_type) = update.text("dataType") {
        convert(work, number, data_type)?;
    }
    let data_type = work.object(number)?.text("dataType").unwrap_or_default();
    for &(field, name, wanted) in BELONGING {
        let Some(document) = text(field).filter(|text| !text.is_empty()) else {
            continue;
        };
        if data_type != wanted {
            return Err(refused(format!(
                "{name} specified but data type is {data_type}."
            )));
        }
        check_document(field, document)?;
    }
    patterns::check_update(work, number, update)?;
    let names =
        ["label", "description", "schema", "transformation", "pattern", "patternType"];
    fields::change(work, number, update, &names);
    changes::update_meta_data(work, number, update)?;
    Ok(())
}

/// Another data type. Values are neither checked nor converted, but times become days.
fn convert(work: &mut Work<'_>, number: Number, to: &str) -> Result<(), Fault> {
    let old = work.object(number)?.text("dataType").unwrap_or_default().to_owned();
    if old == to {
        return Ok(());
    }
    let conversion = CONVERSIONS.iter().find(|row| row.0 == to);
    if let Some(&(_, from)) = conversion.filter(|row| row.1 != old) {
        return Err(refused(format!(
            "Only properties of type {from} can be converted to {to}, but not {old}."
        )));
    }
    if to == "CONTROLLEDVOCABULARY" {
        let code = work.object(number)?.code();
        return Err(refused(format!(
            "ERROR: Insert/Update of Property Type (Code: {code}) failed, as its Data Type \
             is CONTROLLEDVOCABULARY, but it is not linked to a Controlled Vocabulary.\n  \
             Where: PL/pgSQL function controlled_vocabulary_check() line 11 at RAISE"
        )));
    }
    if to == "DATE" {
        usage::cut_times(work, number)?;
    }
    work.store.set(number, "dataType", Slot::from(to));
    if old == "CONTROLLEDVOCABULARY" {
        work.store.clear(number, "vocabulary");
    }
    Ok(())
}

pub(super) fn delete(work: &mut Work<'_>, numbers: &[Number]) -> Result<(), Fault> {
    for &number in numbers {
        guard::touch(work, Action::Delete, number)?;
        let users = work.store.linking(Kind::PropertyAssignment, "propertyType", number);
        if users.count() > 0 {
            let code = work.object(number)?.code();
            return Err(refused(format!(
                "Property Type '{code}' is being used. Delete all connected data  first."
            )));
        }
        semantic_annotations::remove_with(work, number);
    }
    Ok(())
}
