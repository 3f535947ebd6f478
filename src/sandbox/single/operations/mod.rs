//! Several operations in one transaction.
mod order;
mod other;
mod verb;

use super::Asked;
use crate::sandbox::dispatch::verb_of;
use crate::sandbox::executions::{self, Record};
use crate::sandbox::fault::{null_pointer, refused_outright};
use crate::sandbox::interned;
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node, View};

const ASYNCHRONOUS: &str = "AsynchronousOperationExecutionOptions";

/// What an operation's result holds, and what its message says behind its name.
type Outcome = (Vec<(&'static str, Node)>, String);

/// Carries out operations as their order wants; the results come in the order they were
/// asked for. What has an id is recorded, be it done or not; what is asynchronous is only
/// taken over.
pub(super) fn execute(
    work: &mut Work<'_>,
    asked: &Asked<'_>,
    out: &mut Graph,
) -> Result<Node, Fault> {
    let options = asked.view(2).ok_or_else(no_options)?;
    let Node::List(items) = asked.param(1) else { return Err(null_pointer()) };
    let is_asynchronous = options.name() == ASYNCHRONOUS;
    let id = executions::id(options, is_asynchronous);
    if id.is_none() && options.inner("notification").is_some() {
        return Err(refused_outright(
            "Synchronous operation execution must have an execution id specified for a \
             notification to work.",
        ));
    }
    let operations: Vec<Option<View<'_>>> =
        items.iter().map(|item| options.view_of(item)).collect();
    let record = match &id {
        Some(id) => Some(Record::begin(work, id, options, &operations)?),
        None => None,
    };
    if let (Some(id), true) = (&id, is_asynchronous) {
        if let Some(record) = record {
            record.schedule(work);
        }
        return Ok(taken_over(id, out));
    }
    let outcome = run_all(work, asked, &operations, out);
    match (outcome, record) {
        (Ok(results), record) => {
            if let Some(record) = record {
                record.finish(work, out, &results);
            }
            let bean = out.add("as.dto.operation.SynchronousOperationExecutionResults");
            out.set(bean, "results", results);
            Ok(Node::Bean(bean))
        }
        (Err(fault), Some(record)) => {
            record.fail(work, &fault)?;
            Err(fault)
        }
        (Err(fault), None) => Err(fault),
    }
}

fn run_all(
    work: &mut Work<'_>,
    asked: &Asked<'_>,
    operations: &[Option<View<'_>>],
    out: &mut Graph,
) -> Result<Vec<Node>, Fault> {
    let as_given = asked.view(2).is_some_and(|options| options.flag("executeInOrder"));
    let mut results = vec![Node::Null; operations.len()];
    for place in order::order(operations, as_given) {
        if let Some(operation) = operations[place] {
            results[place] = run(work, operation, asked, out)?;
        }
    }
    Ok(results)
}

/// Carries out what was taken over.
pub(in crate::sandbox) fn carry_out(
    work: &mut Work<'_>,
    asked: &Asked<'_>,
    out: &mut Graph,
) -> Result<Vec<Node>, Fault> {
    let options = asked.view(2).ok_or_else(no_options)?;
    let Node::List(items) = asked.param(1) else { return Err(null_pointer()) };
    let operations: Vec<Option<View<'_>>> =
        items.iter().map(|item| options.view_of(item)).collect();
    run_all(work, asked, &operations, out)
}

/// The id under which the results can be asked for.
fn taken_over(execution: &str, out: &mut Graph) -> Node {
    let id = out.add("as.dto.operation.id.OperationExecutionPermId");
    out.set(id, "permId", execution);
    let bean = out.add("as.dto.operation.AsynchronousOperationExecutionResults");
    out.set(bean, "executionId", Node::Bean(id));
    Node::Bean(bean)
}

fn no_options() -> Fault {
    Fault {
        class: "java.lang.IllegalArgumentException".to_owned(),
        message: "Operation execution options null are not supported".to_owned(),
        context: None,
    }
}

/// The method that an operation stands for: `createSamples`.
fn method(operation: View<'_>) -> String {
    let name = operation.name().trim_end_matches("Operation");
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    let method: String = first.into_iter().chain(letters).collect();
    // The only kind whose operations go by another name than its methods.
    method.replace("ExternalDms", "ExternalDataManagementSystems")
}

fn run(
    work: &mut Work<'_>,
    operation: View<'_>,
    asked: &Asked<'_>,
    out: &mut Graph,
) -> Result<Node, Fault> {
    let method = method(operation);
    let (fields, text) = match verb_of(&method) {
        Some(verb_and_kind) => verb::run(work, verb_and_kind, operation, out)?,
        None => other::run(work, (&method, operation), asked, out)?,
    };
    let result = out.add(interned(&format!("{}Result", operation.class())));
    for (field, node) in fields {
        out.set(result, field, node);
    }
    out.set(result, "message", format!("{}Result{text}", operation.name()));
    Ok(Node::Bean(result))
}
