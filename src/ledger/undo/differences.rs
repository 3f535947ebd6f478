use super::after::{after, texts};
use crate::ledger::Entry;
use crate::ledger::written::is_secret;
use crate::model::{Change, Edit, Link, Record, Value, several};

/// What a change makes of its object, for people: `description: old → new`. Nothing where its
/// verb says all.
pub fn differences(entry: &Entry) -> Vec<String> {
    match &entry.change {
        Change::Create(record) => created(record),
        Change::Update { edits, .. } => {
            let before = entry.before.first();
            let old =
                |name: &str| before.and_then(|record| record.get(name).ok().flatten());
            edits.iter().flat_map(|(name, edit)| edited(name, edit, old(name))).collect()
        }
        Change::Delete { reason, .. } => vec![format!("reason: {reason}")],
        Change::Archive { .. }
        | Change::Unarchive { .. }
        | Change::Lock { .. }
        | Change::Unlock { .. }
        | Change::Confirm { .. }
        | Change::Revert { .. } => Vec::new(),
        Change::Call(called) => vec![called.shown()],
    }
}

fn created(record: &Record) -> Vec<String> {
    let shown = |(name, value): (&str, &Value)| match value {
        Value::Null => Vec::new(),
        Value::Properties(texts) | Value::Map(texts) => texts
            .iter()
            .map(|(key, text)| {
                format!("{}: {}", key.to_lowercase(), several::shown(text))
            })
            .collect(),
        value => vec![format!("{name}: {}", shown(value))],
    };
    let kind = record.kind();
    let told = record.iter().filter(|(name, _)| !is_secret(kind, name));
    told.flat_map(shown).collect()
}

fn edited(name: &str, edit: &Edit, old: Option<&Value>) -> Vec<String> {
    let arrow = |name: &str, old: Option<String>, new: String| match old {
        Some(old) => format!("{name}: {old} → {new}"),
        None => format!("{name}: {new}"),
    };
    match edit {
        Edit::Set(value) => vec![arrow(name, old.map(shown), shown(value))],
        Edit::Properties(edits) => {
            let before = texts(old);
            let one = |(key, value): (&String, &Option<String>)| {
                let told = |text: Option<&String>| {
                    text.map_or(NOTHING.into(), |text| several::shown(text)).into_owned()
                };
                let was = old.map(|_| told(before.get(key)));
                arrow(&key.to_lowercase(), was, told(value.as_ref()))
            };
            edits.iter().map(one).collect()
        }
        Edit::Links(_) => vec![arrow(name, old.map(shown), shown(&after(edit, old)))],
        Edit::AddRemove { add, remove } => {
            let more = add.iter().map(|link| format!("+{}", link_name(link)));
            let fewer = remove.iter().map(|link| format!("-{}", link_name(link)));
            vec![format!("{name}: {}", more.chain(fewer).collect::<Vec<_>>().join(" "))]
        }
        Edit::Parts { add, remove } => {
            let more = add.iter().map(|part| format!("+{}", part.label()));
            let fewer = remove.iter().map(|part| format!("-{part}"));
            vec![format!("{name}: {}", more.chain(fewer).collect::<Vec<_>>().join(" "))]
        }
    }
}

const NOTHING: &str = "()";

fn shown(value: &Value) -> String {
    match value {
        Value::Null => NOTHING.to_owned(),
        Value::Text(text) => text.clone(),
        Value::Flag(flag) => flag.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Time(time) => time.0.to_string(),
        Value::Bytes(bytes) => format!("{} bytes", bytes.len()),
        Value::Texts(texts) => texts.join(", "),
        Value::Map(texts) | Value::Properties(texts) => {
            let pairs = texts.iter().map(|(key, text)| {
                format!("{}={}", key.to_lowercase(), several::shown(text))
            });
            pairs.collect::<Vec<_>>().join(", ")
        }
        Value::One(link) => link_name(link),
        Value::Many(links) => links.iter().map(link_name).collect::<Vec<_>>().join(", "),
    }
}

fn link_name(link: &Link) -> String {
    let known = link.record.as_deref();
    let name = known.and_then(|record| record.text("identifier").or(record.text("code")));
    match (name, known) {
        (Some(name), _) => name.to_owned(),
        (None, Some(part)) if link.id.text().is_empty() => part.label(),
        (None, _) => link.id.to_string(),
    }
}
