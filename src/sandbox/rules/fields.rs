//! Fields of creations and updates on their way into the store.
use std::collections::BTreeMap;

use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::bean::{Node, View};

/// Who makes an object, and when.
pub(super) fn stamps(work: &Work<'_>) -> Vec<(&'static str, Slot)> {
    vec![
        ("registrator", Slot::One(work.caller)),
        ("registrationDate", Slot::Time(work.now.0)),
        ("modificationDate", Slot::Time(work.now.0)),
    ]
}

/// The plain fields of a creation, as far as they have a value.
pub(super) fn given(
    creation: View<'_>,
    names: &[&'static str],
) -> Vec<(&'static str, Slot)> {
    names
        .iter()
        .filter_map(|&name| slot(creation.get(name)).map(|slot| (name, slot)))
        .collect()
}

/// A flag of a creation; what it is where the creation does not tell.
pub(super) fn flag(creation: View<'_>, name: &str, otherwise: bool) -> bool {
    match creation.get(name) {
        Node::Flag(flag) => *flag,
        Node::Null
        | Node::Integer(_)
        | Node::Real(_)
        | Node::Text(_)
        | Node::List(_)
        | Node::Map(_)
        | Node::Bean(_) => otherwise && !creation.has(name),
    }
}

/// The new value of a field that an update changes; null takes the old one away.
pub(super) fn modified<'g>(update: View<'g>, name: &str) -> Option<&'g Node> {
    let change = update.inner(name)?;
    change.flag("isModified").then(|| change.get("value"))
}

/// Changes the plain fields that an update names.
pub(super) fn change(
    work: &mut Work<'_>,
    number: Number,
    update: View<'_>,
    names: &[&'static str],
) {
    for &name in names {
        let Some(value) = modified(update, name) else { continue };
        match slot(value) {
            Some(slot) => work.store.set(number, name, slot),
            None => work.store.clear(number, name),
        }
    }
}

/// Notes when and by whom an object was changed.
pub(super) fn touch(work: &mut Work<'_>, number: Number) {
    work.store.set(number, "modificationDate", Slot::Time(work.now.0));
}

/// The actions of a list update, by the end of their class: `Add`, `Remove`, `Set`.
pub(super) fn actions<'g>(
    update: View<'g>,
    name: &str,
) -> impl Iterator<Item = (&'static str, View<'g>)> {
    let actions = update.inner(name);
    actions.into_iter().flat_map(|list| list.inners("actions")).map(|action| {
        (action.name().strip_prefix("ListUpdateAction").unwrap_or_default(), action)
    })
}

/// Changes `metaData`: what is removed first, then what is added, then the last whole map,
/// unless that is empty.
pub(super) fn change_map(work: &mut Work<'_>, number: Number, update: View<'_>) {
    let old = work.store.get(number).and_then(|object| object.map("metaData"));
    let mut map = old.cloned().unwrap_or_default();
    let before = map.clone();
    let all: Vec<_> = actions(update, "metaData").collect();
    for (_, action) in all.iter().filter(|action| action.0 == "Remove") {
        for node in action.list("items") {
            if let Node::Text(key) = node {
                map.remove(key);
            }
        }
    }
    for (_, action) in all.iter().filter(|action| action.0 == "Add") {
        map.extend(action.list("items").iter().flat_map(texts));
    }
    let whole = all.iter().rfind(|action| action.0 == "Set");
    if let Some((_, action)) = whole {
        let set: BTreeMap<_, _> = action.list("items").iter().flat_map(texts).collect();
        if !set.is_empty() {
            map = set;
        }
    }
    if map != before {
        work.store.set(number, "metaData", Slot::Map(map));
    }
}

/// A node as it is kept; nothing for null.
fn slot(node: &Node) -> Option<Slot> {
    match node {
        Node::Flag(flag) => Some(Slot::Flag(*flag)),
        Node::Integer(number) => Some(Slot::Integer(*number)),
        Node::Text(text) => Some(Slot::Text(text.clone())),
        Node::Map(_) => Some(Slot::Map(texts(node).into_iter().collect())),
        Node::Null | Node::Real(_) | Node::List(_) | Node::Bean(_) => None,
    }
}

fn texts(node: &Node) -> Vec<(String, String)> {
    let Node::Map(items) = node else { return Vec::new() };
    items
        .iter()
        .filter_map(|(key, value)| match value {
            Node::Text(text) => Some((key.clone(), text.clone())),
            Node::Null
            | Node::Flag(_)
            | Node::Integer(_)
            | Node::Real(_)
            | Node::List(_)
            | Node::Map(_)
            | Node::Bean(_) => None,
        })
        .collect()
}
