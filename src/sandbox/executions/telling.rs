//! What an execution tells of itself when it is asked.
use super::packed::unpack;
use super::{Kept, ageing};
use crate::sandbox::store::Object;
use crate::wire::bean::{Graph, Node, View};

const SUMMARY: &str = "as.dto.operation.OperationExecutionSummary";
const DETAILS: &str = "as.dto.operation.OperationExecutionDetails";
const ERROR: &str = "as.dto.operation.OperationExecutionError";

/// A field of an execution that the fetch options ask for. The options have their copy in
/// the answer. The owner is never told.
pub(in crate::sandbox) fn tell(
    graph: &mut Graph,
    execution: &Object,
    field: &str,
    (options, copy): (View<'_>, usize),
) -> Node {
    if ageing::is_over(execution, field) {
        return Node::Null;
    }
    let parts: &[(&'static str, Part)] = match field {
        "summary" => &[
            ("operations", |_, it| texts(it, "operationTexts")),
            ("error", |_, it| it.text("error").into()),
            ("results", |_, it| texts(it, "resultTexts")),
        ],
        "details" => &[
            ("operations", |graph, it| kept(graph, it, "operations")),
            ("error", error),
            ("results", |graph, it| kept(graph, it, "results")),
        ],
        "notification" => return kept(graph, execution, "notification"),
        _ => return Node::Null,
    };
    let bean = graph.add(if field == "summary" { SUMMARY } else { DETAILS });
    graph.set(bean, "fetchOptions", Node::Bean(copy));
    for &(name, part) in parts {
        if options.inner(name).is_some() {
            let node = part(graph, execution);
            graph.set(bean, name, node);
        }
    }
    Node::Bean(bean)
}

type Part = fn(&mut Graph, &Object) -> Node;

fn texts(execution: &Object, field: &str) -> Node {
    let Some(text) = execution.bytes(field).and_then(unpack) else { return Node::Null };
    Node::List(text.lines().map(Node::from).collect())
}

fn kept(graph: &mut Graph, execution: &Object, field: &str) -> Node {
    Kept::read(execution.bytes(field)).put(graph)
}

fn error(graph: &mut Graph, execution: &Object) -> Node {
    let Some(text) = execution.text("error") else { return Node::Null };
    let bean = graph.add(ERROR);
    graph.set(bean, "message", text);
    Node::Bean(bean)
}
