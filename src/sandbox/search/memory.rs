use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Question;
use crate::sandbox::store::Number;
use crate::wire::bean::{Node, View};

/// What the searches of one session found, by their criteria: pages of one search fit
/// together although objects come and go.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory(Arc<Mutex<HashMap<String, Vec<Number>>>>);

impl Memory {
    /// What was found at the first time, if the search may answer so.
    pub(super) fn recalled(&self, question: Question<'_>) -> Option<Vec<Number>> {
        match question.options.text("cacheMode") {
            Some("CACHE") => self.kept().get(&key(question)).cloned(),
            _ => None,
        }
    }

    /// Notes what was found, if the search asks for it.
    pub(super) fn keep(&self, question: Question<'_>, found: &[Number]) {
        if let Some("CACHE" | "RELOAD_AND_CACHE") = question.options.text("cacheMode") {
            self.kept().insert(key(question), found.to_vec());
        }
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<String, Vec<Number>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The same text for the same criteria.
fn key(question: Question<'_>) -> String {
    let mut text = String::new();
    write(&mut text, question.criteria);
    text
}

fn write(text: &mut String, bean: View<'_>) {
    text.push_str(bean.class());
    for (name, node) in bean.fields() {
        text.push(';');
        text.push_str(name);
        write_node(text, bean, node);
    }
    text.push('.');
}

fn write_node(text: &mut String, bean: View<'_>, node: &Node) {
    match node {
        Node::Bean(_) => {
            if let Some(inner) = bean.view_of(node) {
                write(text, inner);
            }
        }
        Node::List(items) => items.iter().for_each(|item| write_node(text, bean, item)),
        Node::Null
        | Node::Flag(_)
        | Node::Integer(_)
        | Node::Real(_)
        | Node::Text(_)
        | Node::Map(_) => {
            // Writing to a text cannot fail.
            let _ = write!(text, "{node:?}");
        }
    }
}
