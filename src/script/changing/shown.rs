//! How a new object would be read.
use super::overlay::{Known, Overlay};
use crate::model::{FieldType, Id, IdForm, Kind, Record, Timestamp, Value};

/// What reading an object would give that is made like this.
pub(super) fn shown(
    creation: &Record,
    id: &Id,
    now: Timestamp,
    overlay: &Overlay,
) -> Record {
    let mut made = creation.clone();
    made.apply(creation.edits());
    let told = made.iter().map(|(name, value)| (name, value.clone())).collect();
    let mut record = Record::told(made.kind(), Some(id.clone()), told);
    let name = Value::Text(id.text().to_owned());
    if let Some(IdForm::Coded(_, field)) = made.kind().spec().ids.first()
        && let Some(code) = made.text(field)
    {
        put(&mut record, "permId", Value::Text(code.to_owned()));
    }
    put(&mut record, "permId", name.clone());
    put(&mut record, "code", name);
    if let Some(path) = path(&record, overlay) {
        put(&mut record, "identifier", Value::Text(path));
    }
    for date in ["registrationDate", "modificationDate"] {
        put(&mut record, date, Value::Time(now));
    }
    for field in record.kind().spec().fields {
        put(&mut record, field.name, nothing(field.ty));
    }
    record
}

/// Fills a field that holds nothing yet, if the kind has it.
fn put(record: &mut Record, field: &str, value: Value) {
    if let Ok(None | Some(Value::Null)) = record.get(field) {
        let _ = record.set(field, value, None);
    }
}

fn nothing(ty: FieldType) -> Value {
    match ty {
        FieldType::Many(_) | FieldType::Parts(_) => Value::Many(Vec::new()),
        FieldType::Texts => Value::Texts(Vec::new()),
        FieldType::Map => Value::Map([].into()),
        FieldType::Properties => Value::Properties([].into()),
        FieldType::Text
        | FieldType::Flag
        | FieldType::Integer
        | FieldType::Timestamp
        | FieldType::Choice(_)
        | FieldType::Bytes
        | FieldType::One(_)
        | FieldType::Part(_) => Value::Null,
    }
}

/// The fields that say where an object lies; the innermost first.
const HOLDERS: &[(Kind, &[&str])] = &[
    (Kind::Project, &["space"]),
    (Kind::Experiment, &["project"]),
    (Kind::Sample, &["project", "space"]),
];

/// `/SPACE/PROJECT/CODE`, where its places tell that.
fn path(record: &Record, overlay: &Overlay) -> Option<String> {
    let code = record.text("code")?;
    let place = |field: &str| match record.get(field) {
        Ok(Some(Value::One(link))) => path_of(&link.id, overlay),
        Ok(_) | Err(_) => None,
    };
    let (_, places) = HOLDERS.iter().find(|row| row.0 == record.kind())?;
    let holder = places.iter().find_map(|field| place(field));
    if holder.is_none() && record.kind() != Kind::Sample {
        return None;
    }
    let holder = holder.unwrap_or_default();
    Some(format!("{holder}/{code}"))
}

fn path_of(id: &Id, overlay: &Overlay) -> Option<String> {
    if let Known::New(record) = overlay.known(id) {
        let path = record.text("identifier").map(str::to_owned);
        return path.or_else(|| Some(format!("/{}", record.text("code")?)));
    }
    match id.form() {
        IdForm::Identifier(_) => Some(id.text().to_owned()),
        IdForm::Coded(..) => Some(format!("/{}", id.text())),
        IdForm::PermId(_)
        | IdForm::Opaque(_)
        | IdForm::TechId(_)
        | IdForm::Code(_)
        | IdForm::TypePermId(_)
        | IdForm::TermPermId(_)
        | IdForm::AssignmentPermId(_)
        | IdForm::MaterialPermId(_)
        | IdForm::GroupedTypeId(_) => None,
    }
}
