//! Executions of operations, as they are recorded: each id counts once, and what was done
//! stands in the same transaction as what tells of it.
mod ageing;
mod kept;
mod packed;
mod telling;

use super::fault::{failed, refused_outright};
use super::random;
use super::store::{Number, Object, Slot, Store};
use super::work::Work;
use crate::model::{Kind, Timestamp};
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node, View};
use kept::Kept;
pub(super) use telling::tell;

/// For how long things are kept where nothing else was said, in seconds: the field of the
/// options and the default.
const TIMES: &[(&str, i64)] = &[
    ("availabilityTime", 31_536_000),
    ("summaryAvailabilityTime", 2_592_000),
    ("detailsAvailabilityTime", 86_400),
];

/// Whether things are still kept.
const AVAILABILITIES: &[&str] =
    &["availability", "summaryAvailability", "detailsAvailability"];

/// An execution that has begun and is not yet written down.
pub(super) struct Record {
    fields: Vec<(&'static str, Slot)>,
}

/// The id of an execution: the client's, or one of our own where it needs one.
pub(super) fn id(options: View<'_>, is_asynchronous: bool) -> Option<String> {
    match options.inner("executionId") {
        Some(id) => Some(id.text("permId").map_or_else(random::uuid, str::to_owned)),
        None => is_asynchronous.then(random::uuid),
    }
}

impl Record {
    /// Notes what is to be done.
    ///
    /// # Errors
    /// Where the id was used before: that execution counts as failed from then on, though
    /// what it did stays.
    pub(super) fn begin(
        work: &mut Work<'_>,
        id: &str,
        options: View<'_>,
        operations: &[Option<View<'_>>],
    ) -> Result<Self, Fault> {
        if let Some(known) = number(work, id) {
            return Err(used(work, known, id)?);
        }
        ageing::proceed(work);
        let mut fields = vec![
            ("permId", Slot::from(id)),
            ("code", Slot::from(id)),
            ("owner", Slot::One(work.caller)),
            ("creationDate", Slot::Time(work.now.0)),
        ];
        fields.extend(options.text("description").map(|it| ("description", it.into())));
        for &(field, default) in TIMES {
            let seconds = options.integer(field).unwrap_or(default);
            fields.push((field, Slot::Integer(seconds)));
        }
        fields.extend(AVAILABILITIES.iter().map(|&it| (it, Slot::from("AVAILABLE"))));
        if options.inner("notification").is_some() {
            let kept = Kept::of(options.graph(), options.get("notification"));
            fields.push(("notification", kept.slot()));
        }
        fields.extend(wanted(options.graph(), operations));
        Ok(Self { fields })
    }

    /// Writes down that it is to be done.
    pub(super) fn schedule(mut self, work: &mut Work<'_>) {
        self.fields.push(("state", "SCHEDULED".into()));
        work.store.add(Kind::OperationExecution, self.fields);
    }

    /// Writes down that all was done, along with what was done.
    pub(super) fn finish(self, work: &mut Work<'_>, out: &Graph, results: &[Node]) {
        let results = Node::List(results.to_vec());
        let texts = out_texts(out, &results);
        let kept = Kept::of(out, &results).slot();
        self.write(work, "FINISHED", [("resultTexts", texts), ("results", kept)]);
    }

    /// Takes back what was done, and writes down why.
    ///
    /// # Errors
    /// Where that cannot be written.
    pub(super) fn fail(self, work: &mut Work<'_>, fault: &Fault) -> Result<(), Fault> {
        work.store.rollback();
        let nothing = ("resultTexts", packed(&[]));
        self.write(work, "FAILED", [nothing, ("error", error(fault))]);
        work.store.commit().map_err(|error| failed(error.to_string()))
    }

    fn write<const N: usize>(
        mut self,
        work: &mut Work<'_>,
        state: &str,
        more: [(&'static str, Slot); N],
    ) {
        self.fields.push(("state", state.into()));
        self.fields.push(("startDate", Slot::Time(work.now.0)));
        self.fields.push(("finishDate", Slot::Time(work.now.0)));
        self.fields.extend(more);
        work.store.add(Kind::OperationExecution, self.fields);
    }
}

/// An execution that was written down before it is carried out.
#[derive(Clone, Copy)]
pub(super) struct Waiting<'i> {
    id: &'i str,
}

impl<'i> Waiting<'i> {
    pub(super) fn of(id: &'i str) -> Self {
        Self { id }
    }

    /// Writes down that all was done, along with what was done.
    pub(super) fn finish(self, work: &mut Work<'_>, out: &Graph, results: &[Node]) {
        let results = Node::List(results.to_vec());
        let (texts, kept) = (out_texts(out, &results), Kept::of(out, &results).slot());
        self.end(work, "FINISHED", [("resultTexts", texts), ("results", kept)]);
    }

    /// Takes back what was done, and writes down why.
    pub(super) fn fail(self, work: &mut Work<'_>, fault: &Fault) {
        work.store.rollback();
        let nothing = ("resultTexts", packed(&[]));
        self.end(work, "FAILED", [nothing, ("error", error(fault))]);
    }

    fn end<const N: usize>(
        self,
        work: &mut Work<'_>,
        state: &str,
        more: [(&'static str, Slot); N],
    ) {
        let Some(execution) = number(work, self.id) else { return };
        let (state, now) = (state.into(), Slot::Time(work.now.0));
        for (field, slot) in
            [("state", state), ("finishDate", now)].into_iter().chain(more)
        {
            work.store.set(execution, field, slot);
        }
    }
}

/// Writes down that it is being carried out.
pub(super) fn mark_running(work: &mut Work<'_>, id: &str) {
    let Some(execution) = number(work, id) else { return };
    let now = work.now.0;
    work.store.set(execution, "state", "RUNNING".into());
    work.store.set(execution, "startDate", Slot::Time(now));
}

/// Marks those as failed that a process has left undone.
pub(super) fn end_left_over(store: &mut Store, now: Timestamp) {
    let is_open = |it: &Object| matches!(it.text("state"), Some("SCHEDULED" | "RUNNING"));
    let all = store.all(Kind::OperationExecution);
    let open: Vec<Number> = all.filter(|it| is_open(it)).map(|it| it.number).collect();
    for execution in open {
        store.set(execution, "state", "FAILED".into());
        store.set(execution, "finishDate", Slot::Time(now.0));
        store.set(execution, "resultTexts", packed(&[]));
        store.set(execution, "error", Slot::from(LEFT_OVER));
    }
}

const LEFT_OVER: &str = "java.lang.IllegalStateException: The server was restarted.";

fn number(work: &Work<'_>, id: &str) -> Option<Number> {
    work.store.find(Kind::OperationExecution, "permId", id).map(|known| known.number)
}

fn used(work: &mut Work<'_>, known: Number, id: &str) -> Result<Fault, Fault> {
    let fault = refused_outright(format!(
        "Operation execution {id} already exists in the database and needs to be unique."
    ));
    work.store.set(known, "state", "FAILED".into());
    work.store.set(known, "error", error(&fault));
    work.store.commit().map_err(|error| failed(error.to_string()))?;
    Ok(fault)
}

fn error(fault: &Fault) -> Slot {
    Slot::from(format!("{}: {}", fault.class, fault.message))
}

/// The operations, and what they say of themselves.
fn wanted(graph: &Graph, operations: &[Option<View<'_>>]) -> [(&'static str, Slot); 2] {
    let nodes = operations
        .iter()
        .map(|operation| operation.map_or(Node::Null, |it| Node::Bean(it.number())));
    let mut kept = Kept::of(graph, &Node::List(nodes.collect()));
    let texts: Vec<String> =
        operations.iter().map(|operation| operation.map(message)).map(or_null).collect();
    for (place, text) in texts.iter().enumerate() {
        kept.set(place, "message", text);
    }
    [("operations", kept.slot()), ("operationTexts", packed(&texts))]
}

/// `CreateSamplesOperation 2 creation(s)`.
fn message(operation: View<'_>) -> String {
    let named = if operation.has("options") { "objects(s)" } else { "object(s)" };
    let count =
        [("creations", "creation(s)"), ("updates", "updates(s)"), ("objectIds", named)]
            .into_iter()
            .find_map(|(field, noun)| match operation.get(field) {
                Node::List(items) => Some(format!(" {} {noun}", items.len())),
                _ => None,
            });
    format!("{}{}", operation.name(), count.unwrap_or_default())
}

fn out_texts(out: &Graph, results: &Node) -> Slot {
    let Node::List(items) = results else { return packed(&[]) };
    let texts = items.iter().map(|item| match item {
        Node::Bean(number) => out.view(*number).text("message").map(str::to_owned),
        _ => None,
    });
    packed(&texts.map(or_null).collect::<Vec<_>>())
}

/// Texts of one line each.
fn packed(texts: &[String]) -> Slot {
    Slot::Bytes(packed::pack(&texts.join("\n")))
}

fn or_null(text: Option<String>) -> String {
    text.unwrap_or_else(|| "null".to_owned())
}
