//! The names openBIS goes by, derived from a [`Spec`].
use crate::model::{Field, FieldType, Id, IdForm, Kind, Spec, Verb};

/// `createSpaces`
pub fn method(spec: &Spec, verb: Verb) -> String {
    format!("{}{}", verb.word(), spec.plural)
}

/// `as.dto.space.Space`: the class of an answer.
pub fn entity(spec: &Spec) -> String {
    format!("as.dto.{}.{}", spec.package, spec.name)
}

/// `as.dto.space.create.SpaceCreation`: the class that goes with a verb.
pub fn dto(spec: &Spec, verb: Verb) -> String {
    let (folder, suffix) = match verb {
        Verb::Create => ("create", "Creation"),
        Verb::Get => ("fetchoptions", "FetchOptions"),
        Verb::Search => ("search", "SearchCriteria"),
        Verb::Update => ("update", "Update"),
        Verb::Delete => ("delete", "DeletionOptions"),
    };
    format!("as.dto.{}.{folder}.{}{suffix}", spec.package, spec.name)
}

/// `as.dto.space.fetchoptions.SpaceSortOptions`
pub fn sort_options(spec: &Spec) -> String {
    format!("as.dto.{}.fetchoptions.{}SortOptions", spec.package, spec.name)
}

/// `as.dto.space.create.CreateSpacesOperation`: a call as a part of a transaction.
pub fn operation(spec: &Spec, verb: Verb) -> String {
    let folder = match verb {
        Verb::Create => "create",
        Verb::Get => "get",
        Verb::Search => "search",
        Verb::Update => "update",
        Verb::Delete => "delete",
    };
    let word = &verb.word()[1..];
    let initial = verb.word()[..1].to_uppercase();
    let plural = match spec.plural {
        // The only kind whose operations go by another name than its methods.
        "ExternalDataManagementSystems" => "ExternalDms",
        plural => plural,
    };
    format!("as.dto.{}.{folder}.{initial}{word}{plural}Operation", spec.package)
}

/// Whether the field is one of the flags that freeze: `frozenForChildren` is sent as
/// `freezeForChildren`.
fn is_freezing(field: &Field) -> bool {
    field.name.starts_with("frozen")
}

/// Whether the field can be set once and for good. Such flags are sent bare.
pub fn is_for_good(field: &Field) -> bool {
    is_freezing(field) || field.name == "immutableData"
}

/// The name under which a field is sent: `space` as `spaceId`, `parents` as `parentIds`.
pub fn sent(field: &Field) -> String {
    if let Some(name) = field.sent_as {
        return name.to_owned();
    }
    if is_freezing(field) {
        return field.name.replacen("frozen", "freeze", 1);
    }
    match field.ty {
        FieldType::One(_) => format!("{}Id", field.name),
        FieldType::Many(_) => format!("{}Ids", singular(field.name)),
        FieldType::Text
        | FieldType::Flag
        | FieldType::Integer
        | FieldType::Timestamp
        | FieldType::Choice(_)
        | FieldType::Texts
        | FieldType::Map
        | FieldType::Bytes
        | FieldType::Properties
        | FieldType::Part(_)
        | FieldType::Parts(_) => field.name.to_owned(),
    }
}

fn singular(plural: &str) -> &str {
    match plural {
        "children" => "child",
        _ => plural.strip_suffix('s').unwrap_or(plural),
    }
}

/// Whether a new object of this kind can be referred to by others of the same call.
pub fn has_creation_id(spec: &Spec) -> bool {
    NAMED_IN_CALLS.contains(&spec.name)
}

const NAMED_IN_CALLS: &[&str] =
    &["DataSet", "Experiment", "ExternalDms", "Material", "Project", "Sample", "Space"];

/// The text by which the server tells whose object an answer holds: that of the id as it
/// was sent, with what else it takes to be unique.
pub fn key(id: &Id) -> String {
    if let IdForm::GroupedTypeId(_) = id.form() {
        return format!("{} (SAMPLE), {}", id.text(), id.scope().unwrap_or_default());
    }
    match entity_kind(id.kind()) {
        Some(kind) => format!("{} ({kind})", id.text()),
        None => id.to_string(),
    }
}

/// What the server calls the entities of a type: `SAMPLE`.
pub fn entity_kind(type_kind: Kind) -> Option<&'static str> {
    TYPE_KINDS.iter().find(|row| row.1 == type_kind).map(|row| row.0)
}

/// The kind of types for entities that the server calls `SAMPLE`.
pub fn type_kind(entity_kind: &str) -> Option<Kind> {
    TYPE_KINDS.iter().find(|row| row.0 == entity_kind).map(|row| row.1)
}

const TYPE_KINDS: &[(&str, Kind)] = &[
    ("SAMPLE", Kind::SampleType),
    ("EXPERIMENT", Kind::ExperimentType),
    ("DATA_SET", Kind::DataSetType),
    ("MATERIAL", Kind::MaterialType),
];
