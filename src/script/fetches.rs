//! What comes along when scripts ask for objects.
use crate::model::{Fetch, Field, FieldType, Kind, Record};

/// What scripts usually look at: where it is, its type, who made it, its properties.
pub(super) fn usual(kind: Kind) -> Fetch {
    let mut fetch = Fetch::plain(kind);
    for field in kind.spec().fields.iter().filter(|field| is_usual(field)) {
        include(&mut fetch, field);
    }
    fetch
}

/// One relation, with as much of it as to know it by name.
pub(super) fn only(kind: Kind, field: &str) -> Fetch {
    let mut fetch = Fetch::plain(kind);
    if let Some(field) = kind.spec().field(field) {
        include(&mut fetch, field);
    }
    fetch
}

/// The usual, and whatever was fetched of this record before.
pub(super) fn again(record: &Record) -> Fetch {
    let kind = record.kind();
    let mut fetch = usual(kind);
    let known = record.iter().map(|(name, _)| name);
    let asked = known.filter_map(|name| kind.spec().field(name)).filter(|f| f.asked);
    for field in asked.filter(|f| !f.sent_only && f.name != "content") {
        include(&mut fetch, field);
    }
    fetch
}

fn is_usual(field: &Field) -> bool {
    if !field.asked || field.sent_only {
        return false;
    }
    match field.ty {
        FieldType::Properties | FieldType::One(_) => true,
        FieldType::Part(kind) => kind == Kind::PhysicalData,
        FieldType::Parts(kind) => kind == Kind::PropertyAssignment,
        FieldType::Many(kind) => kind == Kind::Tag,
        FieldType::Text
        | FieldType::Flag
        | FieldType::Integer
        | FieldType::Timestamp
        | FieldType::Choice(_)
        | FieldType::Texts
        | FieldType::Map
        | FieldType::Bytes => false,
    }
}

/// Adds a field and, of assignments, what the property type says.
pub(super) fn include(fetch: &mut Fetch, field: &Field) {
    // What is only ever sent cannot be asked for.
    if field.sent_only {
        return;
    }
    let inner = fetch.add(field.name);
    // What the type allows comes along: without it no property can be read.
    if field.name == "type" {
        let of_type = inner.kind.spec();
        of_type.field("propertyAssignments").into_iter().for_each(|f| include(inner, f));
    }
    if field.ty.kind() == Some(Kind::PropertyAssignment) {
        let property = inner.add("propertyType");
        property.add("vocabulary");
        property.add("sampleType");
        inner.add("plugin");
        inner.add("registrator");
    }
    if field.ty.kind() == Some(Kind::Attachment) {
        inner.add("registrator");
    }
}
