//! What becomes of a record when edits are carried out.
use std::collections::BTreeMap;

use super::{Edit, FieldType, Link, Record, Value};

impl Record {
    /// Carries out edits on what is at hand, and marks nothing as changed.
    pub fn apply(&mut self, edits: &BTreeMap<&'static str, Edit>) {
        for (name, edit) in edits {
            let Some(field) = self.kind().spec().field(name) else { continue };
            let before = self.get(name).ok().flatten();
            let complete = before.is_some() || self.is_new() || edit.is_whole();
            if complete {
                let after = edit.after(field.ty, before);
                // The name comes from the record's own spec.
                let _ = self.set(name, after, None);
            }
        }
    }
}

impl Edit {
    /// Whether it says what a field holds, whatever it held before.
    pub fn is_whole(&self) -> bool {
        matches!(self, Self::Set(_) | Self::Links(_))
    }

    /// What a field holds after the edit; none before is an empty one.
    pub fn after(&self, ty: FieldType, before: Option<&Value>) -> Value {
        match self {
            Self::Set(value) => value.clone(),
            Self::Links(links) => Value::Many(links.clone()),
            Self::Properties(edits) => edited(ty, before, edits),
            Self::AddRemove { add, remove } => {
                let mut links = links(before);
                links.retain(|link| !remove.contains(link));
                let fresh = add.iter().filter(|link| !links.contains(link)).cloned();
                let fresh: Vec<Link> = fresh.collect();
                links.extend(fresh);
                Value::Many(links)
            }
            Self::Parts { add, remove } => {
                let mut links = links(before);
                links.retain(|link| !is_one_of(link, remove));
                links.extend(add.iter().cloned().map(Link::part));
                Value::Many(links)
            }
        }
    }
}

fn edited(
    ty: FieldType,
    before: Option<&Value>,
    edits: &BTreeMap<String, Option<String>>,
) -> Value {
    let mut all = match before {
        Some(Value::Properties(all) | Value::Map(all)) => all.clone(),
        Some(_) | None => BTreeMap::new(),
    };
    for (key, value) in edits {
        match value {
            Some(value) => all.insert(key.clone(), value.clone()),
            None => all.remove(key),
        };
    }
    if ty == FieldType::Map { Value::Map(all) } else { Value::Properties(all) }
}

fn links(before: Option<&Value>) -> Vec<Link> {
    match before {
        Some(Value::Many(links)) => links.clone(),
        Some(_) | None => Vec::new(),
    }
}

/// Whether a part goes by one of these names: of a file, or of a property.
fn is_one_of(link: &Link, names: &[String]) -> bool {
    let Some(part) = &link.record else { return false };
    let property = match part.get("propertyType") {
        Ok(Some(Value::One(property))) => Some(property.id.text()),
        Ok(_) | Err(_) => None,
    };
    let name = part.text("fileName").or(property);
    name.is_some_and(|name| names.iter().any(|other| other == name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Id, Kind};

    fn link(text: &str) -> Link {
        Link { id: Id::parse(Kind::Sample, text).unwrap(), record: None }
    }

    #[test]
    fn links_come_and_go_where_they_are_at_hand() {
        let told = [("parents", Value::Many(vec![link("/A/1"), link("/A/2")]))].into();
        let mut record = Record::told(Kind::Sample, Some(link("/A/0").id), told);
        let edit = Edit::AddRemove {
            add: vec![link("/A/2"), link("/A/3")],
            remove: vec![link("/A/1")],
        };
        record.apply(&[("parents", edit.clone()), ("children", edit)].into());
        let both = Value::Many(vec![link("/A/2"), link("/A/3")]);
        assert_eq!(record.get("parents"), Ok(Some(&both)));
        assert_eq!(record.get("children"), Ok(None), "nobody knows the others");
    }

    #[test]
    fn properties_are_edited_one_by_one() {
        let all = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
        };
        let before = Value::Properties(all(&[("A", "1"), ("B", "2")]));
        let edits = [("A".to_owned(), None), ("C".to_owned(), Some("3".to_owned()))];
        let after =
            Edit::Properties(edits.into()).after(FieldType::Properties, Some(&before));
        assert_eq!(after, Value::Properties(all(&[("B", "2"), ("C", "3")])));
    }
}
