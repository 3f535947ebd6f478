//! What an argument of a search is about.
use crate::client::PropertyType;
use crate::model::{Field, FieldType, Kind};
use crate::script::{ScriptError, Session, attributes, type_sheet};
use crate::wire;

/// What is compared.
#[derive(Clone, Debug)]
pub(super) enum Target {
    /// A field of the object itself.
    Field(&'static Field),
    /// An object at the end of one or more ways; one way is enough.
    Linked { ways: Vec<&'static [&'static str]>, kind: Kind },
    /// A property, with its rules.
    Property(PropertyType),
    /// A property of a relative.
    Beyond { field: &'static str, kind: Kind, property: Box<Target> },
    /// A field of a data set's files.
    Physical(&'static Field),
    /// Any property or attribute.
    AnyField,
}

/// Arguments that mean relations under names of their own.
const WORDS: &[(&str, &str)] = &[
    ("withParents", "parents"),
    ("withChildren", "children"),
    ("parent", "parents"),
    ("child", "children"),
    ("component", "components"),
    ("containers", "container"),
    ("container", "containers"),
    ("tag", "tags"),
    ("user", "registrator"),
    ("person", "user"),
    ("group", "authorizationGroup"),
    ("vocabulary_code", "vocabulary"),
    ("term_code", "code"),
    ("user_id", "userId"),
    ("userId", "users"),
];

/// Relations that the server finds by a way of its own, none of them a field of the kind.
const WAYS: &[(Kind, &str, Kind, &[&[&str]])] = &[
    (
        Kind::DataSet,
        "space",
        Kind::Space,
        &[&["experiment", "project", "space"], &["sample", "space"]],
    ),
    (
        Kind::DataSet,
        "project",
        Kind::Project,
        &[&["experiment", "project"], &["sample", "project"]],
    ),
    (Kind::Experiment, "space", Kind::Space, &[&["project", "space"]]),
];

/// Prefixes for properties of relatives.
const RELATIVES: &[(&str, &str)] = &[
    ("parent_", "parents"),
    ("child_", "children"),
    ("container_", "container"),
    ("experiment_", "experiment"),
    ("collection_", "experiment"),
    ("sample_", "sample"),
    ("object_", "sample"),
];

/// What an argument is about; `None` when it is about nothing.
pub(super) fn find(
    session: &Session,
    kind: Kind,
    name: &str,
) -> Result<Option<Target>, ScriptError> {
    if let Some(target) = attribute(kind, name) {
        return Ok(Some(target));
    }
    if let Some(target) = property(session, kind, name)? {
        return Ok(Some(target));
    }
    beyond(session, kind, name)
}

/// Names that a search for the kind takes.
pub(super) fn names(kind: Kind) -> Vec<String> {
    let mut names = attributes::names(kind);
    names.retain(|name| attribute(kind, name).is_some());
    let words = WORDS.iter().filter(|row| attribute(kind, row.0).is_some());
    names.extend(words.map(|row| row.0.to_owned()));
    let ways = WAYS.iter().filter(|row| row.0 == kind);
    names.extend(ways.map(|row| row.1.to_owned()));
    names
}

fn attribute(kind: Kind, name: &str) -> Option<Target> {
    if name == "any" || name == "any_field" {
        return Some(Target::AnyField);
    }
    if name == "type" && kind.spec().name.ends_with("Type") {
        return attribute(kind, "code");
    }
    if let Some((_, _, to, ways)) = WAYS.iter().find(|row| row.0 == kind && row.1 == name)
    {
        return Some(Target::Linked { ways: ways.to_vec(), kind: *to });
    }
    let field = attributes::field(kind, name).or_else(|| {
        let words = WORDS.iter().filter(|row| row.0.eq_ignore_ascii_case(name));
        words.clone().find_map(|row| attributes::field(kind, row.1))
    });
    match field {
        Some(field) => of_field(kind, field),
        None if kind == Kind::DataSet => {
            let field = attributes::field(Kind::PhysicalData, name)?;
            let known = wire::is_searchable(Kind::PhysicalData, field.name);
            known.then_some(Target::Physical(field))
        }
        None => None,
    }
}

fn of_field(kind: Kind, field: &'static Field) -> Option<Target> {
    match field.ty {
        FieldType::One(kind) | FieldType::Many(kind) => {
            let way: &'static [&'static str] = std::slice::from_ref(&field.name);
            Some(Target::Linked { ways: vec![way], kind })
        }
        FieldType::Text
        | FieldType::Flag
        | FieldType::Integer
        | FieldType::Timestamp
        | FieldType::Choice(_) => {
            wire::is_searchable(kind, field.name).then_some(Target::Field(field))
        }
        FieldType::Texts
        | FieldType::Map
        | FieldType::Bytes
        | FieldType::Properties
        | FieldType::Part(_)
        | FieldType::Parts(_) => None,
    }
}

/// A property of the server, by its code as people write it.
pub(super) fn property(
    session: &Session,
    kind: Kind,
    name: &str,
) -> Result<Option<Target>, ScriptError> {
    if !kind.spec().has_properties() {
        return Ok(None);
    }
    let rules = session.properties()?;
    let rule = type_sheet::named(&rules, name);
    Ok(rule.cloned().map(Target::Property))
}

/// `parent_name`: the property of a relative.
fn beyond(
    session: &Session,
    kind: Kind,
    name: &str,
) -> Result<Option<Target>, ScriptError> {
    for (prefix, relation) in RELATIVES {
        let Some(rest) = name.strip_prefix(prefix) else { continue };
        let Some(field) = attributes::field(kind, relation) else { continue };
        let Some(to) = field.ty.kind() else { continue };
        if let Some(property) = property(session, to, rest)? {
            let property = Box::new(property);
            return Ok(Some(Target::Beyond { field: field.name, kind: to, property }));
        }
    }
    Ok(None)
}
