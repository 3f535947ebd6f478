//! The names openBIS goes by, derived from a [`Spec`].
use crate::model::{Field, FieldType, Spec, Verb};

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

/// The name under which a field is sent: `space` as `spaceId`, `parents` as `parentIds`.
pub fn sent(field: &Field) -> String {
    if let Some(name) = field.sent_as {
        return name.to_owned();
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
