//! Fields of creations and updates on their way into the store.
use super::changes;
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::bean::{Node, View};

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

/// Changes the plain fields that an update names.
pub(super) fn change(
    work: &mut Work<'_>,
    number: Number,
    update: View<'_>,
    names: &[&'static str],
) {
    for &name in names {
        let Some(value) = changes::value(update, name) else { continue };
        match slot(value) {
            Some(slot) => work.store.set(number, name, slot),
            None => work.store.clear(number, name),
        }
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
