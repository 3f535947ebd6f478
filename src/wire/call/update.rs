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
    let known = known.filter(|(field, _)| field.name != FORCE);
    let mut fields: Map<String, Json> = known
        .map(|(field, edit)| (names::sent(field), self::edit(id, field, edit)))
        .collect();
    if edits.contains_key(FORCE)
        && let Some(Json::Object(list)) = fields.get_mut("propertyAssignments")
    {
        list.insert(FORCE.to_owned(), json!(true));
    }
    fields
}

/// Stands within the list of assignments.
const FORCE: &str = "forceRemovingAssignments";

fn edit(id: &Id, field: &Field, edit: &Edit) -> Json {
    match edit {
        Edit::Set(value) => set(field, value),
        Edit::Properties(edits) if field.ty == FieldType::Map => map_edits(field, edits),
        Edit::Properties(edits) => {
            let values = edits.iter().map(|(code, value)| {
                let sent = value.as_deref().map_or(Json::Null, creation::property);
                (code.clone(), sent)
            });
            values.collect::<Map<_, _>>().into()
        }
        Edit::Links(links) => all(field, &by_id(links)),
        Edit::AddRemove { add, remove } => add_remove(field, &by_id(add), &by_id(remove)),
        Edit::Parts { add, remove } => {
            let add: Vec<Json> = add.iter().map(creation::creation).collect();
            let remove = remove.iter().map(|name| removed(id, field, name));
            add_remove(field, &add, &remove.collect::<Vec<_>>())
        }
    }
}

/// A new value in place of the old one.
fn set(field: &Field, value: &Value) -> Json {
    if names::is_for_good(field) {
        return json!(*value == Value::Flag(true));
    }
    let sent = creation::value(field, value);
    match (field.ty, sent) {
        (FieldType::Properties, sent) => sent,
        // Sent bare by property types alone.
        (FieldType::Choice(_), sent) if field.name == "dataType" => sent,
        (FieldType::Map, sent) => all(field, &[sent]),
        (FieldType::Many(_) | FieldType::Parts(_), Json::Array(items)) => {
            all(field, &items)
        }
        (FieldType::Many(_) | FieldType::Parts(_), _) => all(field, &[]),
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
    add_remove(field, &add, &gone)
}

/// Items more and fewer; what does nothing is left out.
fn add_remove(field: &Field, add: &[Json], remove: &[Json]) -> Json {
    let actions = [("Add", add), ("Remove", remove)];
    let actions = actions.into_iter().filter(|(_, items)| !items.is_empty());
    let actions: Vec<Json> = actions.map(|(name, items)| action(name, items)).collect();
    json!({ "@type": list_class(field), "actions": actions })
}

/// These items in place of all, be they none.
fn all(field: &Field, items: &[Json]) -> Json {
    json!({ "@type": list_class(field), "actions": [action("Set", items)] })
}

fn action(name: &str, items: &[Json]) -> Json {
    let class = format!("as.dto.common.update.ListUpdateAction{name}");
    json!({ "@type": class, "items": items })
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
