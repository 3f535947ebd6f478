use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::{creation, ids};
use crate::model::{Edit, Field, FieldType, Id, Link, Record, Value, Verb};
use crate::wire::names;

/// An update that sends these edits, and nothing else.
pub(super) fn update(id: &Id, edits: &BTreeMap<&'static str, Edit>) -> Json {
    let spec = id.kind().spec();
    let mut update = fields(id, edits);
    update.insert("@type".into(), names::dto(spec, Verb::Update).into());
    update.insert(spec.own_id.into(), ids::id(id));
    update.into()
}

/// An update of an object that lives inside another.
pub(super) fn part(part: &Record) -> Json {
    let spec = part.kind().spec();
    let id = part.id().cloned().unwrap_or_else(|| Link::part(part.clone()).id);
    let mut update = fields(&id, part.edits());
    update.insert("@type".into(), names::dto(spec, Verb::Update).into());
    update.into()
}

fn fields(id: &Id, edits: &BTreeMap<&'static str, Edit>) -> Map<String, Json> {
    let spec = id.kind().spec();
    let known = edits.iter().filter_map(|(name, edit)| Some((spec.field(name)?, edit)));
    known.map(|(field, edit)| (names::sent(field), self::edit(id, field, edit))).collect()
}

fn edit(id: &Id, field: &Field, edit: &Edit) -> Json {
    match edit {
        Edit::Set(value) => set(field, value),
        Edit::Properties(edits) if field.ty == FieldType::Map => map_edits(field, edits),
        Edit::Properties(edits) => json!(edits),
        Edit::Links(links) => list(field, &[all(by_id(links))]),
        Edit::AddRemove { add, remove } => {
            let actions = [action("Add", by_id(add)), action("Remove", by_id(remove))];
            list(field, &actions)
        }
        Edit::Parts { add, remove } => {
            let add = add.iter().map(creation::creation).collect();
            let remove = remove.iter().map(|name| removed(id, field, name)).collect();
            list(field, &[action("Add", add), action("Remove", remove)])
        }
    }
}

/// A new value in place of the old one.
fn set(field: &Field, value: &Value) -> Json {
    if names::is_freezing(field) {
        return json!(*value == Value::Flag(true));
    }
    let sent = creation::value(field, value);
    match (field.ty, sent) {
        (FieldType::Properties, sent) => sent,
        // Sent bare by property types alone.
        (FieldType::Choice(_), sent) if field.name == "dataType" => sent,
        (FieldType::Map, sent) => list(field, &[action("Set", vec![sent])]),
        (FieldType::Many(_) | FieldType::Parts(_), Json::Array(items)) => {
            list(field, &[all(items)])
        }
        (FieldType::Many(_) | FieldType::Parts(_), _) => list(field, &[all(Vec::new())]),
        (_, sent) => json!({
            "@type": "as.dto.common.update.FieldUpdateValue",
            "isModified": true,
            "value": sent,
        }),
    }
}

/// Texts by key, more and fewer.
fn map_edits(field: &Field, edits: &BTreeMap<String, Option<String>>) -> Json {
    let given: BTreeMap<&String, &String> =
        edits.iter().filter_map(|(key, value)| Some((key, value.as_ref()?))).collect();
    let gone: Vec<Json> = edits
        .iter()
        .filter(|(_, value)| value.is_none())
        .map(|(key, _)| json!(key))
        .collect();
    let add = if given.is_empty() { Vec::new() } else { vec![json!(given)] };
    list(field, &[action("Add", add), action("Remove", gone)])
}

/// The actions on a list; those that do nothing are left out.
fn list(field: &Field, actions: &[Option<Json>]) -> Json {
    let actions: Vec<&Json> = actions.iter().flatten().collect();
    json!({ "@type": list_class(field), "actions": actions })
}

fn list_class(field: &Field) -> &'static str {
    match (field.ty, field.name) {
        (FieldType::Map, _) => "as.dto.common.update.ListUpdateMapValues",
        (_, "attachments") => "as.dto.attachment.update.AttachmentListUpdateValue",
        (_, "propertyAssignments") => {
            "as.dto.entitytype.update.PropertyAssignmentListUpdateValue"
        }
        _ => "as.dto.common.update.IdListUpdateValue",
    }
}

fn action(name: &str, items: Vec<Json>) -> Option<Json> {
    let class = format!("as.dto.common.update.ListUpdateAction{name}");
    (!items.is_empty()).then(|| json!({ "@type": class, "items": items }))
}

/// These items in place of all, be they none.
fn all(items: Vec<Json>) -> Option<Json> {
    Some(json!({ "@type": "as.dto.common.update.ListUpdateActionSet", "items": items }))
}

fn by_id(links: &[Link]) -> Vec<Json> {
    links.iter().map(|link| ids::id(&link.id)).collect()
}

/// What lives inside is named by its file name, or by its property.
fn removed(id: &Id, field: &Field, name: &str) -> Json {
    match field.name {
        "propertyAssignments" => ids::assignment(id, name),
        _ => {
            json!({ "@type": "as.dto.attachment.id.AttachmentFileName", "fileName": name })
        }
    }
}
