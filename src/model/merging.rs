//! Two updates of one object made one: which of two wins in one call is left to chance.
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::mem::discriminant;

use super::{Change, Edit, Id, Link, Record, Value};

/// Changes of which no two that go together update the same object.
#[derive(Debug)]
pub struct Merged<'a> {
    pub changes: Cow<'a, [Change]>,
    /// Where each of the changes that were given is among them.
    pub places: Vec<usize>,
}

impl Change {
    /// The changes with neighbouring updates of one object made one, in the place of the
    /// first: what comes later wins. Neighbours are updates of one kind with nothing else
    /// in between.
    pub fn merged(changes: &[Self]) -> Merged<'_> {
        let places = places(changes);
        if places.last().is_none_or(|last| last + 1 == changes.len()) {
            return Merged { changes: Cow::Borrowed(changes), places };
        }
        let mut merged: Vec<Self> = Vec::new();
        for (change, &place) in changes.iter().zip(&places) {
            match (merged.get_mut(place), change) {
                (Some(Self::Update { edits, .. }), Self::Update { edits: later, .. }) => {
                    Edit::join(edits, later);
                }
                (_, change) => merged.push(change.clone()),
            }
        }
        Merged { changes: Cow::Owned(merged), places }
    }
}

/// The place of each change when updates of one object in one run share theirs.
fn places(changes: &[Change]) -> Vec<usize> {
    let mut run: HashMap<&Id, usize> = HashMap::new();
    let (mut places, mut next, mut before) = (Vec::new(), 0, None);
    for change in changes {
        let sort = (discriminant(change), change.kind());
        if before.replace(sort) != Some(sort) {
            run.clear();
        }
        let place = if let Change::Update { id, .. } = change {
            *run.entry(id).or_insert(next)
        } else {
            next
        };
        next = next.max(place + 1);
        places.push(place);
    }
    places
}

impl Edit {
    /// Puts later edits of the same object on top of earlier ones.
    pub fn join(
        edits: &mut BTreeMap<&'static str, Self>,
        later: &BTreeMap<&'static str, Self>,
    ) {
        for (&field, edit) in later {
            let joined = match edits.remove(field) {
                Some(earlier) => earlier.then(edit.clone()),
                None => edit.clone(),
            };
            edits.insert(field, joined);
        }
    }

    /// The one edit that does what this one and then the later one would do.
    #[must_use]
    pub fn then(self, later: Self) -> Self {
        match (self, later) {
            (Self::Properties(mut all), Self::Properties(more)) => {
                all.extend(more);
                Self::Properties(all)
            }
            (Self::Set(Value::Map(mut all)), Self::Properties(edits)) => {
                edit_map(&mut all, edits);
                Self::Set(Value::Map(all))
            }
            (Self::Set(Value::Properties(all)), Self::Properties(more)) => {
                let given = all.into_iter().map(|(code, value)| (code, Some(value)));
                Self::Properties(given.chain(more).collect())
            }
            (Self::Properties(mut all), Self::Set(Value::Properties(more))) => {
                all.extend(more.into_iter().map(|(code, value)| (code, Some(value))));
                Self::Properties(all)
            }
            (Self::Links(links), Self::AddRemove { add, remove }) => {
                Self::Links(with(without(links, &remove), add))
            }
            (Self::Set(Value::Many(links)), Self::AddRemove { add, remove }) => {
                Self::Set(Value::Many(with(without(links, &remove), add)))
            }
            (Self::Set(Value::Null), Self::AddRemove { add, .. }) => Self::Links(add),
            (
                Self::AddRemove { add: old, remove: gone },
                Self::AddRemove { add, remove },
            ) => Self::AddRemove {
                remove: with(without(gone, &add), remove.clone()),
                add: with(without(old, &remove), add),
            },
            (Self::Parts { add: old, remove: gone }, Self::Parts { add, remove }) => {
                let kept = old.into_iter().filter(|part| !is_named(part, &remove));
                let add = kept.chain(add).collect();
                Self::Parts { add, remove: [gone, remove].concat() }
            }
            (Self::Set(Value::Many(parts)), Self::Parts { add, remove }) => {
                let kept = parts.into_iter().filter(|part| {
                    part.record.as_deref().is_none_or(|part| !is_named(part, &remove))
                });
                let more = add.into_iter().map(Link::part);
                Self::Set(Value::Many(kept.chain(more).collect()))
            }
            // What is put in place of all leaves nothing of what was there before.
            (_, later) => later,
        }
    }
}

fn edit_map(all: &mut BTreeMap<String, String>, edits: BTreeMap<String, Option<String>>) {
    for (key, value) in edits {
        match value {
            Some(value) => drop(all.insert(key, value)),
            None => drop(all.remove(&key)),
        }
    }
}

fn without(mut links: Vec<Link>, remove: &[Link]) -> Vec<Link> {
    links.retain(|link| !remove.contains(link));
    links
}

fn with(mut links: Vec<Link>, add: Vec<Link>) -> Vec<Link> {
    for link in add {
        if !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

/// Whether the part is one of those: by its file name, or by its property.
fn is_named(part: &Record, names: &[String]) -> bool {
    let property = match part.get("propertyType") {
        Ok(Some(Value::One(link))) => Some(link.id.text()),
        _ => None,
    };
    let name = part.text("fileName").or(property);
    name.is_some_and(|name| names.iter().any(|other| other == name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    fn link(text: &str) -> Link {
        Link { id: Id::parse(Kind::Tag, text).unwrap(), record: None }
    }

    fn links(texts: &[&str]) -> Vec<Link> {
        texts.iter().map(|text| link(text)).collect()
    }

    fn more_and_fewer(add: &[&str], remove: &[&str]) -> Edit {
        Edit::AddRemove { add: links(add), remove: links(remove) }
    }

    fn properties(given: &[(&str, Option<&str>)]) -> Edit {
        let given = given
            .iter()
            .map(|(code, value)| ((*code).to_owned(), value.map(str::to_owned)));
        Edit::Properties(given.collect())
    }

    fn text(text: &str) -> Edit {
        Edit::Set(Value::Text(text.to_owned()))
    }

    fn update(space: &str, description: &str) -> Change {
        let id = Id::parse(Kind::Space, space).unwrap();
        Change::Update { id, edits: BTreeMap::from([("description", text(description))]) }
    }

    fn file(name: &str) -> Record {
        let mut file = Record::new(Kind::Attachment);
        file.set("fileName", Value::Text(name.to_owned()), None).unwrap();
        file
    }

    #[test]
    fn of_two_values_the_later_one_stays() {
        assert_eq!(text("a").then(text("b")), text("b"));
        let none = Edit::Set(Value::Null);
        assert_eq!(more_and_fewer(&["a"], &[]).then(none.clone()), none);
    }

    #[test]
    fn properties_are_joined_code_by_code() {
        let both = properties(&[("A", Some("1")), ("B", Some("1"))])
            .then(properties(&[("B", None), ("C", Some("2"))]));
        assert_eq!(both, properties(&[("A", Some("1")), ("B", None), ("C", Some("2"))]));
    }

    #[test]
    fn what_was_added_and_then_removed_is_removed() {
        let both = more_and_fewer(&["a", "b"], &["x", "y"])
            .then(more_and_fewer(&["y", "c"], &["b"]));
        assert_eq!(both, more_and_fewer(&["a", "y", "c"], &["x", "b"]));
    }

    #[test]
    fn what_comes_and_goes_changes_what_was_put_in_place_of_all() {
        let all = Edit::Links(links(&["a", "b"]));
        let both = all.then(more_and_fewer(&["c", "a"], &["b"]));
        assert_eq!(both, Edit::Links(links(&["a", "c"])));
        let none = Edit::Set(Value::Null).then(more_and_fewer(&["c"], &["b"]));
        assert_eq!(none, Edit::Links(links(&["c"])));
    }

    #[test]
    fn a_file_that_was_added_and_removed_is_not_sent() {
        let first = Edit::Parts { add: vec![file("a"), file("b")], remove: Vec::new() };
        let then = Edit::Parts { add: vec![file("c")], remove: vec!["a".to_owned()] };
        let Edit::Parts { add, remove } = first.then(then) else { panic!("no parts") };
        assert_eq!(add, [file("b"), file("c")]);
        assert_eq!(remove, ["a"]);
    }

    #[test]
    fn texts_by_key_are_changed_where_they_were_replaced() {
        let map = |key: &str| BTreeMap::from([(key.to_owned(), "1".to_owned())]);
        let both = Edit::Set(Value::Map(map("a")))
            .then(properties(&[("a", None), ("b", Some("1"))]));
        assert_eq!(both, Edit::Set(Value::Map(map("b"))));
    }

    #[test]
    fn updates_of_one_object_become_one_and_tell_where_they_are() {
        let changes = [update("A", "1"), update("B", "2"), update("A", "3")];
        let merged = Change::merged(&changes);
        assert_eq!(merged.places, [0, 1, 0]);
        let Change::Update { edits, .. } = &merged.changes[0] else { panic!() };
        assert_eq!(edits["description"], text("3"));
        assert_eq!(merged.changes.len(), 2);
    }

    #[test]
    fn what_stands_in_between_keeps_its_place() {
        let between = Change::Create(Record::new(Kind::Space));
        let changes = [update("A", "1"), between, update("A", "3")];
        let merged = Change::merged(&changes);
        assert_eq!(merged.places, [0, 1, 2]);
        assert!(matches!(merged.changes, Cow::Borrowed(_)));
    }
}
