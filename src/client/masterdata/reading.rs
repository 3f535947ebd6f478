//! From records to what is asked of types and vocabularies.
use super::{PropertyType, Term};
use crate::model::{DataType, Link, Record, Value};

/// The properties of a type; nothing where they were not fetched.
pub(super) fn assignments(found: &Record) -> Option<Vec<PropertyType>> {
    let Ok(Some(Value::Many(links))) = found.get("propertyAssignments") else {
        return None;
    };
    Some(links.iter().filter_map(assigned).collect())
}

/// A property as the type has it.
fn assigned(link: &Link) -> Option<PropertyType> {
    let assignment = link.record.as_deref()?;
    let property = linked(assignment, "propertyType")?;
    let mandatory = assignment.get("mandatory") == Ok(Some(&Value::Flag(true)));
    Some(PropertyType { mandatory, ..property_type(property)? })
}

/// A property type by itself.
pub fn property_type(property: &Record) -> Option<PropertyType> {
    let code_of = |field| linked(property, field)?.text("code").map(str::to_owned);
    Some(PropertyType {
        code: property.text("code")?.to_owned(),
        label: property.text("label").unwrap_or_default().to_owned(),
        data_type: DataType::named(property.text("dataType")?)?,
        vocabulary: code_of("vocabulary"),
        sample_type: code_of("sampleType"),
        mandatory: false,
        several: property.get("multiValue") == Ok(Some(&Value::Flag(true))),
    })
}

pub(super) fn term(record: &Record) -> Term {
    let text = |field| record.text(field).map(str::to_owned);
    Term {
        code: text("code").unwrap_or_default(),
        label: text("label"),
        description: text("description"),
    }
}

pub(super) fn linked<'r>(record: &'r Record, field: &str) -> Option<&'r Record> {
    let Ok(Some(Value::One(link))) = record.get(field) else { return None };
    link.record.as_deref()
}

/// The records behind a field that leads to several.
pub(super) fn many<'r>(
    record: &'r Record,
    field: &str,
) -> impl Iterator<Item = &'r Record> {
    let links = match record.get(field) {
        Ok(Some(Value::Many(links))) => links.as_slice(),
        Ok(_) | Err(_) => &[],
    };
    links.iter().filter_map(|link| link.record.as_deref())
}

pub(super) fn integer(record: &Record, field: &str) -> Option<i64> {
    let Ok(Some(Value::Integer(number))) = record.get(field) else { return None };
    Some(*number)
}
