//! Several operations in one transaction.
use std::collections::HashMap;

use super::{Asked, trash};
use crate::model::{Kind, Verb};
use crate::sandbox::dispatch::verb_of;
use crate::sandbox::fault::{failed, null_pointer, refused};
use crate::sandbox::ids::{self, Lookup};
use crate::sandbox::rules::archiving::{self, Wish};
use crate::sandbox::verbs::{self, Call};
use crate::sandbox::work::Work;
use crate::sandbox::{answer, interned};
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node, View};

/// The order in which kinds are created, so that each finds what it needs.
const ORDER: &[Kind] = &[
    Kind::Person,
    Kind::AuthorizationGroup,
    Kind::Space,
    Kind::Project,
    Kind::Vocabulary,
    Kind::VocabularyTerm,
    Kind::Plugin,
    Kind::SampleType,
    Kind::PropertyType,
    Kind::ExperimentType,
    Kind::DataSetType,
    Kind::RoleAssignment,
    Kind::Tag,
    Kind::Experiment,
    Kind::Sample,
    Kind::DataSet,
];

/// Carries out operations as their order wants; the results come in the order they were
/// asked for.
pub(super) fn execute(
    work: &mut Work<'_>,
    asked: &Asked<'_>,
    out: &mut Graph,
) -> Result<Node, Fault> {
    let options = asked.view(2).ok_or_else(no_options)?;
    let Node::List(items) = asked.param(1) else { return Err(null_pointer()) };
    let execution = options.inner("executionId").and_then(|id| id.text("permId"));
    if let Some(id) = execution
        && !asked.executions.borrow_mut().insert(id.to_owned())
    {
        return Err(refused_outright(id));
    }
    let operations: Vec<Option<View<'_>>> =
        items.iter().map(|item| options.view_of(item)).collect();
    let mut order: Vec<usize> = (0..operations.len()).collect();
    if !options.flag("executeInOrder") {
        order.sort_by_key(|&place| operations[place].map(rank));
    }
    let mut results = vec![Node::Null; operations.len()];
    for place in order {
        if let Some(operation) = operations[place] {
            results[place] = run(work, operation, out)?;
        }
    }
    Ok(answer_of(options, execution, results, out))
}

fn answer_of(
    options: View<'_>,
    execution: Option<&str>,
    results: Vec<Node>,
    out: &mut Graph,
) -> Node {
    if options.name() != "AsynchronousOperationExecutionOptions" {
        let bean = out.add("as.dto.operation.SynchronousOperationExecutionResults");
        out.set(bean, "results", results);
        return Node::Bean(bean);
    }
    let id = out.add("as.dto.operation.id.OperationExecutionPermId");
    out.set(id, "permId", execution.unwrap_or_default());
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

fn refused_outright(id: &str) -> Fault {
    let text = format!(
        "Operation execution {id} already exists in the database and needs to be unique."
    );
    Fault { context: None, ..refused(text) }
}

/// The method that an operation stands for: `createSamples`.
fn method(operation: View<'_>) -> String {
    let name = operation.name().trim_end_matches("Operation");
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

/// When an operation has its turn: deletions, creations, updates, the rest.
fn rank(operation: View<'_>) -> (usize, usize) {
    let Some((verb, kind)) = verb_of(&method(operation)) else { return (5, 0) };
    let place = ORDER.iter().position(|&other| other == kind).unwrap_or(ORDER.len());
    match verb {
        Verb::Delete => (0, 0),
        Verb::Create => (1, place),
        Verb::Update => (2, 0),
        Verb::Get => (3, 0),
        Verb::Search => (4, 0),
    }
}

fn run(work: &mut Work<'_>, operation: View<'_>, out: &mut Graph) -> Result<Node, Fault> {
    let method = method(operation);
    let result = out.add(interned(&format!("{}Result", operation.class())));
    let name = format!("{}Result", operation.name());
    let message = if let Some(verb_and_kind) = verb_of(&method) {
        let (fields, message) = verb(work, verb_and_kind, operation, out)?;
        for (field, node) in fields {
            out.set(result, field, node);
        }
        format!("{name}{message}")
    } else {
        other(work, &method, operation)?;
        name
    };
    out.set(result, "message", message);
    Ok(Node::Bean(result))
}

type Fields = Vec<(&'static str, Node)>;

/// Carries out a verb; gives what its result holds and what it says.
fn verb(
    work: &mut Work<'_>,
    (verb, kind): (Verb, Kind),
    operation: View<'_>,
    out: &mut Graph,
) -> Result<(Fields, String), Fault> {
    let (objects, options) = match verb {
        Verb::Create => ("creations", ""),
        Verb::Update => ("updates", ""),
        Verb::Delete => ("objectIds", "options"),
        Verb::Get => ("objectIds", "fetchOptions"),
        Verb::Search => ("criteria", "fetchOptions"),
    };
    let objects = operation.get(objects);
    let call = Call {
        verb,
        kind,
        graph: operation.graph(),
        objects,
        options: operation.get(options),
    };
    let updated = match verb {
        Verb::Update => updated(work, kind, operation)?,
        _ => Vec::new(),
    };
    let answer = verbs::run(work, call, out)?;
    Ok(match verb {
        Verb::Create => {
            let text = list_text(out, &answer);
            (vec![("objectIds", answer)], text)
        }
        Verb::Update => {
            let mut ids = Vec::new();
            for number in updated {
                ids.push(answer::id(out, work.store, work.object(number)?));
            }
            let ids = Node::List(ids);
            let text = list_text(out, &ids);
            (vec![("objectIds", ids)], text)
        }
        Verb::Delete => {
            let text = format!(" {}", id_text(out, &answer));
            match answer {
                Node::Null => (Vec::new(), text),
                deletion => (vec![("deletionId", deletion)], text),
            }
        }
        Verb::Get => got(operation, answer, out),
        Verb::Search => (vec![("searchResult", answer)], String::new()),
    })
}

/// The objects that updates name: looked up before they change.
fn updated(
    work: &Work<'_>,
    kind: Kind,
    operation: View<'_>,
) -> Result<Vec<crate::sandbox::store::Number>, Fault> {
    let mut numbers = Vec::new();
    for update in operation.inners("updates") {
        if let Some(id) = update.inner(kind.spec().own_id) {
            numbers.extend(ids::find(work, kind, id, Lookup::Reference)?);
        }
    }
    Ok(numbers)
}

/// A get answers ids and objects side by side.
fn got(operation: View<'_>, answer: Node, out: &mut Graph) -> (Fields, String) {
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

fn list_text(out: &Graph, ids: &Node) -> String {
    let Node::List(items) = ids else { return "[]".to_owned() };
    let texts: Vec<String> = items.iter().map(|id| id_text(out, id)).collect();
    format!("[{}]", texts.join(", "))
}

fn id_text(out: &Graph, id: &Node) -> String {
    match id {
        Node::Bean(number) => ids::text(out.view(*number)),
        _ => "null".to_owned(),
    }
}

/// Operations that are no verb of a kind.
fn other(work: &mut Work<'_>, method: &str, operation: View<'_>) -> Result<(), Fault> {
    let ids = |field| operation.inners(field).collect::<Vec<_>>();
    let removes = operation
        .inner("options")
        .is_some_and(|options| options.flag("removeFromDataStore"));
    let wish = match method {
        "confirmDeletions" => {
            let along = operation.flag("forceDeletionOfDependentDeletions");
            let force = operation.flag("forceDeletion");
            return trash::confirm_all(work, &ids("deletionIds"), (along, force));
        }
        "revertDeletions" => return trash::revert_all(work, &ids("deletionIds")),
        "archiveDataSets" if removes => Wish::Archive,
        "archiveDataSets" => Wish::Backup,
        "unarchiveDataSets" => Wish::Unarchive,
        "lockDataSets" => Wish::Lock,
        "unlockDataSets" => Wish::Unlock,
        _ => return Err(failed(format!("{method} is not supported."))),
    };
    archiving::begin(work, wish, &ids("dataSetIds"))
}
