//! What a deleted object held, as the text that its event keeps.
use std::collections::BTreeSet;

use crate::model::Kind;
use crate::sandbox::history;
use crate::sandbox::ids;
use crate::sandbox::store::{Entry, Number, Object, Relation, What};
use crate::sandbox::work::Work;
use crate::wire::bean;

/// One entry of the text: names with values that are JSON already.
type Part = Vec<(&'static str, String)>;

/// What the object held; what is destroyed together with it and before it is told as over.
pub(super) fn of(
    work: &Work<'_>,
    object: &Object,
    together: &BTreeSet<Number>,
) -> String {
    if object.kind == Kind::Attachment {
        return written(&[of_attachment(work, object)]);
    }
    let mut parts = attributes(work, object);
    for entry in history::whole(&work.store, object) {
        parts.push(match &entry.what {
            What::Value { code, text } => value(work, &entry, (code, text)),
            What::Link { relation, target } => {
                link(work, object, &entry, (*relation, *target), together)
            }
        });
    }
    let attachments = work.store.linking(Kind::Attachment, "holder", object.number);
    parts.extend(attachments.map(|file| {
        let mut part =
            since(work, file.one("registrator"), file.time("registrationDate"));
        part.extend(related("ATTACHMENT", "OWNER", &attachment(work, file)));
        part
    }));
    written(&parts)
}

/// `sample/20230926133701234-57/a.txt(1)`
pub(super) fn attachment(work: &Work<'_>, file: &Object) -> String {
    let holder = file.one("holder").and_then(|number| work.store.get(number));
    let (noun, perm_id) = holder.map_or(("", String::new()), |holder| {
        (holder.kind.spec().package, ids::perm_id(&work.store, holder.number))
    });
    let name = file.text("fileName").unwrap_or_default();
    format!("{noun}/{perm_id}/{name}({})", file.integer("version").unwrap_or(1))
}

fn of_attachment(work: &Work<'_>, file: &Object) -> Part {
    let holder = file.one("holder").and_then(|number| work.store.get(number));
    let kind = holder.map_or("UNKNOWN", |holder| name(holder.kind));
    let perm_id = holder.map(|holder| ids::perm_id(&work.store, holder.number));
    let mut part = since(work, file.one("registrator"), file.time("registrationDate"));
    part.extend([
        ("type", quote("ATTACHMENT")),
        ("entityType", quote(kind)),
        ("fileName", quote(file.text("fileName").unwrap_or_default())),
        ("version", file.integer("version").unwrap_or(1).to_string()),
        ("key", quote("OWNED")),
        ("value", quote(&perm_id.unwrap_or_default())),
    ]);
    part
}

fn attributes(work: &Work<'_>, object: &Object) -> Vec<Part> {
    let linked = |field| object.one(field).and_then(|number| work.store.get(number));
    let user = linked("registrator").and_then(|it| it.text("userId").map(quote));
    let made = object.time("registrationDate").map(|millis| quote(&time(millis)));
    let mut all = vec![("CODE", Some(quote(object.code())))];
    if object.kind == Kind::Project {
        all.push(("DESCRIPTION", object.text("description").map(quote)));
    }
    all.extend([("REGISTRATION_TIMESTAMP", made), ("REGISTRATOR", user)]);
    if object.kind == Kind::Experiment {
        all.push(("IS_PUBLIC", Some(quote("false"))));
    }
    all.extend(linked("type").map(|it| ("ENTITY_TYPE", Some(quote(it.code())))));
    let null = || "null".to_owned();
    all.into_iter()
        .map(|(key, value)| {
            let value = value.unwrap_or_else(null);
            vec![("type", quote("ATTRIBUTE")), ("value", value), ("key", quote(key))]
        })
        .collect()
}

fn value(work: &Work<'_>, entry: &Entry, (code, text): (&str, &str)) -> Part {
    let mut part = since(work, entry.author, Some(entry.from));
    part.extend(entry.to.map(|millis| ("validUntil", quote(&time(millis)))));
    let text = history::told_value(&work.store, code, text);
    part.extend([
        ("type", quote("PROPERTY")),
        ("key", quote(code)),
        ("value", quote(&text)),
    ]);
    part
}

fn link(
    work: &Work<'_>,
    object: &Object,
    entry: &Entry,
    (relation, target): (Relation, Number),
    together: &BTreeSet<Number>,
) -> Part {
    let other = work.store.get(target);
    let is_gone = other.is_none_or(|other| {
        together.contains(&target) && turn(other.kind) < turn(object.kind)
    });
    let kind = other.filter(|_| !is_gone).map_or("UNKNOWN", |other| name(other.kind));
    let end = entry.to.or(is_gone.then_some(work.now.0));
    let mut part = since(work, entry.author, Some(entry.from));
    part.extend(end.map(|millis| ("validUntil", quote(&time(millis)))));
    let perm_id = ids::perm_id(&work.store, target);
    part.extend(related(kind, key(object.kind, relation), &perm_id));
    part
}

fn related(kind: &str, key: &str, perm_id: &str) -> Part {
    vec![
        ("type", quote("RELATIONSHIP")),
        ("entityType", quote(kind)),
        ("key", quote(key)),
        ("value", quote(perm_id)),
    ]
}

/// What holds another object owns it; what is within one is owned.
fn key(kind: Kind, relation: Relation) -> &'static str {
    match (relation, kind) {
        (Relation::Space | Relation::Project, _)
        | (Relation::Experiment, Kind::Sample | Kind::DataSet)
        | (Relation::Sample, Kind::DataSet) => "OWNED",
        (Relation::Experiment | Relation::Sample | Relation::DataSet, _) => "OWNER",
        (
            Relation::Parent
            | Relation::Child
            | Relation::Container
            | Relation::Component,
            _,
        ) => relation.name(),
    }
}

fn name(kind: Kind) -> &'static str {
    super::NAMES.iter().find(|row| row.0 == kind).map_or("UNKNOWN", |row| row.1)
}

/// When the objects of a kind are destroyed, among others.
fn turn(kind: Kind) -> u8 {
    match kind {
        Kind::DataSet => 0,
        Kind::Sample => 1,
        _ => 2,
    }
}

fn since(work: &Work<'_>, who: Option<Number>, from: Option<i64>) -> Part {
    let person = who.and_then(|number| work.store.get(number));
    let user = person.and_then(|person| person.text("userId"));
    let user = user.map_or_else(|| "null".to_owned(), quote);
    let from = from.map_or_else(|| "null".to_owned(), |millis| quote(&time(millis)));
    vec![("userId", user), ("validFrom", from)]
}

fn time(millis: i64) -> String {
    let time = chrono::DateTime::from_timestamp_millis(millis).unwrap_or_default();
    time.format("%Y-%m-%d %H:%M:%S%.3f").to_string()
}

fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    bean::quote(text, &mut quoted);
    quoted
}

/// As the server's mapper lays it out.
fn written(parts: &[Part]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|part| {
            let lines = part.iter().map(|(name, json)| format!("  \"{name}\" : {json}"));
            format!("{{\n{}\n}}", lines.collect::<Vec<_>>().join(",\n"))
        })
        .collect();
    format!("[ {} ]", parts.join(", "))
}
