//! What a field holds after an edit, and the edit that takes it back.
use std::collections::{BTreeMap, BTreeSet};

use super::same::same_link;
use crate::model::{Edit, Link, Record, Value};

/// What a field holds after the edit; of properties and maps, those that are known.
pub(super) fn after(edit: &Edit, before: Option<&Value>) -> Value {
    match edit {
        Edit::Set(value) => value.clone(),
        Edit::Links(links) => Value::Many(links.clone()),
        Edit::Properties(edits) => {
            let mut all = texts(before);
            for (key, value) in edits {
                match value {
                    Some(value) => all.insert(key.clone(), value.clone()),
                    None => all.remove(key),
                };
            }
            match before {
                Some(Value::Map(_)) => Value::Map(all),
                Some(_) | None => Value::Properties(all),
            }
        }
        Edit::AddRemove { add, remove } => changed(links(before), add, remove),
        Edit::Parts { add, remove } => {
            let add: Vec<Link> = add.iter().cloned().map(Link::part).collect();
            let mut parts = links(before);
            parts.retain(|part| {
                !part_name(part).is_some_and(|name| remove.contains(&name))
            });
            changed(parts, &add, &[])
        }
    }
}

/// The edit that makes a field hold again what it held before; nothing where that is not
/// known.
pub(super) fn inverse(edit: &Edit, before: Option<&Value>) -> Option<Edit> {
    let before = before?;
    Some(match edit {
        Edit::Set(Value::One(link)) if link.id.form().class().is_empty() => {
            Edit::Set(part_inverse(link, before)?)
        }
        Edit::Set(_) => Edit::Set(before.clone()),
        Edit::Properties(edits) => {
            let old = texts(Some(before));
            let back = edits.keys().map(|key| (key.clone(), old.get(key).cloned()));
            Edit::Properties(back.collect())
        }
        Edit::Links(_) => Edit::Links(links(Some(before))),
        Edit::AddRemove { add, remove } => {
            let old = links(Some(before));
            let had = |link: &&Link| old.iter().any(|other| same_link(link, other));
            Edit::AddRemove {
                add: remove.iter().filter(had).cloned().collect(),
                remove: add.iter().filter(|link| !had(link)).cloned().collect(),
            }
        }
        Edit::Parts { add, remove } => {
            let old = links(Some(before));
            let had: BTreeSet<String> = old.iter().filter_map(part_name).collect();
            let made = add.iter().cloned().map(Link::part);
            let made = made.filter_map(|part| part_name(&part));
            let gone = old.iter().filter(|part| {
                part_name(part).is_some_and(|name| remove.contains(&name))
            });
            Edit::Parts {
                add: gone
                    .filter_map(|part| Some(Record::clone(part.record.as_deref()?)))
                    .collect(),
                remove: made.filter(|name| !had.contains(name)).collect(),
            }
        }
    })
}

/// Whether the edit does nothing.
pub(super) fn is_idle(edit: &Edit) -> bool {
    match edit {
        Edit::Properties(edits) => edits.is_empty(),
        Edit::AddRemove { add, remove } => add.is_empty() && remove.is_empty(),
        Edit::Parts { add, remove } => add.is_empty() && remove.is_empty(),
        Edit::Set(_) | Edit::Links(_) => false,
    }
}

/// The edits of what lives inside an object, taken back.
fn part_inverse(edited: &Link, before: &Value) -> Option<Value> {
    let (part, Value::One(old)) = (edited.record.as_deref()?, before) else {
        return None;
    };
    let old = old.record.as_deref()?;
    let mut back = Record::new(part.kind());
    for name in part.edits().keys() {
        let value = old.get(name).ok()??.clone();
        back.set(name, value.clone(), Some(Edit::Set(value))).ok()?;
    }
    Some(Value::One(Link::part(back)))
}

fn changed(mut links: Vec<Link>, add: &[Link], remove: &[Link]) -> Value {
    links.retain(|link| !remove.iter().any(|other| same_link(link, other)));
    let fresh: Vec<Link> = add
        .iter()
        .filter(|link| !links.iter().any(|other| same_link(link, other)))
        .cloned()
        .collect();
    links.extend(fresh);
    Value::Many(links)
}

pub(super) fn texts(value: Option<&Value>) -> BTreeMap<String, String> {
    match value {
        Some(Value::Properties(texts) | Value::Map(texts)) => texts.clone(),
        Some(_) | None => BTreeMap::new(),
    }
}

fn links(value: Option<&Value>) -> Vec<Link> {
    match value {
        Some(Value::Many(links)) => links.clone(),
        Some(_) | None => Vec::new(),
    }
}

/// The file name of an attachment, the property of an assignment.
fn part_name(part: &Link) -> Option<String> {
    let record = part.record.as_deref()?;
    let property = match record.get("propertyType") {
        Ok(Some(Value::One(property))) => Some(property.id.text()),
        Ok(_) | Err(_) => None,
    };
    record.text("fileName").or(property).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Id, Kind};

    fn link(text: &str) -> Link {
        Link { id: Id::parse(Kind::Sample, text).unwrap(), record: None }
    }

    fn properties(pairs: &[(&str, &str)]) -> Value {
        let pairs = pairs.iter().map(|(key, value)| ((*key).into(), (*value).into()));
        Value::Properties(pairs.collect())
    }

    /// The edit, then its inverse, lead back to where it began.
    #[track_caller]
    fn leads_back(edit: &Edit, before: &Value) {
        let changed = after(edit, Some(before));
        assert_ne!(&changed, before);
        let back = inverse(edit, Some(before)).unwrap();
        assert_eq!(&after(&back, Some(&changed)), before);
    }

    #[test]
    fn what_was_set_is_set_back() {
        let edit = Edit::Set(Value::Text("new".into()));
        leads_back(&edit, &Value::Text("old".into()));
        leads_back(&edit, &Value::Null);
    }

    #[test]
    fn a_move_is_taken_back() {
        leads_back(&Edit::Set(Value::One(link("/A/2"))), &Value::One(link("/A/1")));
        leads_back(&Edit::Set(Value::Null), &Value::One(link("/A/1")));
    }

    #[test]
    fn properties_get_their_old_values_or_none() {
        let edits = [
            ("CHANGED".to_owned(), Some("2".to_owned())),
            ("NEW".to_owned(), Some("3".to_owned())),
            ("GONE".to_owned(), None),
        ];
        let before = properties(&[("CHANGED", "1"), ("GONE", "0"), ("OTHER", "9")]);
        leads_back(&Edit::Properties(edits.into()), &before);
    }

    #[test]
    fn links_that_were_there_before_stay() {
        let before = Value::Many(vec![link("/A/1"), link("/A/2")]);
        let add = vec![link("/A/2"), link("/A/3")];
        leads_back(
            &Edit::AddRemove { add, remove: vec![link("/A/1"), link("/A/9")] },
            &Value::Many(vec![link("/A/2"), link("/A/1")]),
        );
        leads_back(&Edit::Links(vec![link("/A/3")]), &before);
    }

    #[test]
    fn files_that_were_added_go_again() {
        let mut file = Record::new(Kind::Attachment);
        file.set("fileName", Value::Text("a.txt".into()), None).unwrap();
        let edit = Edit::Parts { add: vec![file], remove: Vec::new() };
        leads_back(&edit, &Value::Many(Vec::new()));
    }

    #[test]
    fn the_wish_for_archiving_is_taken_back() {
        let part = |wished: bool| {
            let mut part = Record::new(Kind::PhysicalData);
            let flag = Value::Flag(wished);
            part.set("archivingRequested", flag.clone(), Some(Edit::Set(flag))).unwrap();
            Value::One(Link::part(part))
        };
        let back = inverse(&Edit::Set(part(true)), Some(&part(false))).unwrap();
        let Edit::Set(Value::One(link)) = back else { panic!("{back:?}") };
        let record = link.record.unwrap();
        assert_eq!(record.get("archivingRequested"), Ok(Some(&Value::Flag(false))));
        assert!(record.has_changes());
    }

    #[test]
    fn what_was_not_known_before_cannot_be_taken_back() {
        assert_eq!(inverse(&Edit::Set(Value::Null), None), None);
    }
}
