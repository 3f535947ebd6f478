//! What is noted about a sample and one of its parents or children.
//!
//! It is kept with the child, in one map: the number of the parent and the side (`p` or
//! `c`) stand before each key.
use std::collections::BTreeMap;

use super::changes::{self, Step};
use crate::model::Kind;
use crate::sandbox::fault::null_pointer;
use crate::sandbox::ids::{Lookup, identifier};
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

const SIDES: &[(&str, char)] = &[("parentAnnotations", 'p'), ("childAnnotations", 'c')];

/// Notes what a creation or update says under `relationships`, by the other sample's id.
pub(super) fn set(
    work: &mut Work<'_>,
    sample: Number,
    given: View<'_>,
) -> Result<(), Fault> {
    for (id, notes) in given.map("relationships") {
        let other = find(work, id)?.ok_or_else(null_pointer)?;
        let Some(notes) = given.view_of(notes) else { continue };
        let is_child = |child, parent| {
            work.store
                .get(child)
                .is_some_and(|child| child.many("parents").contains(&parent))
        };
        if is_child(sample, other) {
            note(work, (sample, other), notes);
        } else if is_child(other, sample) {
            note(work, (other, sample), notes);
        }
    }
    Ok(())
}

fn find(work: &Work<'_>, id: &str) -> Result<Option<Number>, Fault> {
    if let Some(&made) = work.made.get(id) {
        return Ok(Some(made));
    }
    if id.starts_with('/') {
        return identifier::find(work, Kind::Sample, id, Lookup::Reference);
    }
    Ok(work.store.find(Kind::Sample, "permId", id).map(|sample| sample.number))
}

fn note(work: &mut Work<'_>, (child, parent): (Number, Number), notes: View<'_>) {
    let mut map = kept(work, child);
    for &(field, side) in SIDES {
        let prefix = format!("{}{side} ", parent.0);
        put(&mut map, &prefix, notes.map(field));
        // An update that says nothing of a side empties it.
        if notes.name() == "RelationshipUpdate"
            && !matches!(notes.get(field), Node::Bean(_))
        {
            map.retain(|key, _| !key.starts_with(&prefix));
        }
        for step in changes::settled(changes::steps(notes, field)) {
            change(&mut map, &prefix, step);
        }
    }
    work.store.set(child, "relationships", Slot::Map(map));
}

fn put(map: &mut BTreeMap<String, String>, prefix: &str, items: &[(String, Node)]) {
    for (key, node) in items {
        if let Node::Text(text) = node {
            map.insert(format!("{prefix}{key}"), text.clone());
        }
    }
}

fn change(map: &mut BTreeMap<String, String>, prefix: &str, step: Step<'_>) {
    let (Step::Set(items) | Step::Add(items) | Step::Remove(items)) = step;
    if matches!(step, Step::Set(_)) {
        map.retain(|key, _| !key.starts_with(prefix));
    }
    for item in items {
        match item {
            Node::Text(key) => {
                map.remove(&format!("{prefix}{key}"));
            }
            Node::Map(pairs) => put(map, prefix, pairs),
            Node::Null
            | Node::Flag(_)
            | Node::Integer(_)
            | Node::Real(_)
            | Node::List(_)
            | Node::Bean(_) => {}
        }
    }
}

/// Forgets what was noted about two samples that are no longer related.
pub(super) fn forget(work: &mut Work<'_>, child: Number, parent: Number) {
    let mut map = kept(work, child);
    let (one, other) = (format!("{}p ", parent.0), format!("{}c ", parent.0));
    map.retain(|key, _| !key.starts_with(&one) && !key.starts_with(&other));
    work.store.set(child, "relationships", Slot::Map(map));
}

fn kept(work: &Work<'_>, child: Number) -> BTreeMap<String, String> {
    let child = work.store.get(child);
    child.and_then(|child| child.map("relationships").cloned()).unwrap_or_default()
}
