//! Operations that are a verb of a kind.
use std::collections::HashMap;

use super::Outcome;
use crate::model::{Kind, Verb};
use crate::sandbox::answer;
use crate::sandbox::ids::{self, Lookup};
use crate::sandbox::store::Number;
use crate::sandbox::verbs::{self, Call};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node, View};

/// Carries out a verb; gives what its result holds and what it says.
pub(super) fn run(
    work: &mut Work<'_>,
    (verb, kind): (Verb, Kind),
    operation: View<'_>,
    out: &mut Graph,
) -> Result<Outcome, Fault> {
    let (objects, options) = fields(verb);
    let call = Call {
        verb,
        kind,
        graph: operation.graph(),
        objects: operation.get(objects),
        options: operation.get(options),
    };
    let updated = match verb {
        Verb::Update => updated(work, kind, operation)?,
        Verb::Create | Verb::Delete | Verb::Get | Verb::Search => Vec::new(),
    };
    let answer = verbs::run(work, call, out)?;
    Ok(match verb {
        Verb::Create => listed(answer, out),
        Verb::Update => {
            let mut ids = Vec::new();
            for number in updated {
                ids.push(answer::id(out, &work.store, work.object(number)?));
            }
            listed(Node::List(ids), out)
        }
        Verb::Delete => deleted(answer, out),
        Verb::Get => got(operation, answer, out),
        Verb::Search => (vec![("searchResult", answer)], String::new()),
    })
}

/// Where an operation holds its objects and its options.
fn fields(verb: Verb) -> (&'static str, &'static str) {
    match verb {
        Verb::Create => ("creations", ""),
        Verb::Update => ("updates", ""),
        Verb::Delete => ("objectIds", "options"),
        Verb::Get => ("objectIds", "fetchOptions"),
        Verb::Search => ("criteria", "fetchOptions"),
    }
}

/// The objects that updates name: looked up before they change.
fn updated(
    work: &Work<'_>,
    kind: Kind,
    operation: View<'_>,
) -> Result<Vec<Number>, Fault> {
    let mut numbers = Vec::new();
    for update in operation.inners("updates") {
        if let Some(id) = update.inner(kind.spec().own_id) {
            numbers.extend(ids::find(work, kind, id, Lookup::Reference)?);
        }
    }
    Ok(numbers)
}

fn listed(ids: Node, out: &Graph) -> Outcome {
    let Node::List(items) = &ids else { return (Vec::new(), "[]".to_owned()) };
    let texts: Vec<String> = items.iter().map(|id| id_text(out, id)).collect();
    (vec![("objectIds", ids)], format!("[{}]", texts.join(", ")))
}

fn deleted(deletion: Node, out: &Graph) -> Outcome {
    match deletion {
        Node::Null => (Vec::new(), String::new()),
        deletion => {
            let text = format!(" {}", id_text(out, &deletion));
            (vec![("deletionId", deletion)], text)
        }
    }
}

/// A get answers ids and objects side by side.
pub(super) fn got(operation: View<'_>, answer: Node, out: &mut Graph) -> Outcome {
    let Node::Map(items) = answer else { return (Vec::new(), String::new()) };
    let (mut ids, mut objects) = (Vec::new(), Vec::new());
    let named: HashMap<String, View<'_>> =
        operation.inners("objectIds").map(|id| (ids::key(id), id)).collect();
    for (key, object) in items {
        if let Some(&id) = named.get(&key) {
            ids.push(copy(id, out));
            objects.push(object);
        }
    }
    let text = format!(" {} object(s)", objects.len());
    (vec![("ids", Node::List(ids)), ("objects", Node::List(objects))], text)
}

fn copy(id: View<'_>, out: &mut Graph) -> Node {
    let bean = out.add(id.class());
    for (field, node) in id.fields() {
        out.set(bean, field, node.clone());
    }
    Node::Bean(bean)
}

fn id_text(out: &Graph, id: &Node) -> String {
    match id {
        Node::Bean(number) => ids::text(out.view(*number)),
        _ => "null".to_owned(),
    }
}
