//! Transactions that are carried out after their answer, by a thread of their own.
use super::dispatch;
use super::executions::{self, Waiting};
use super::fault::failed;
use super::sandbox::Sandbox;
use super::session::Session;
use super::single::{Asked, carry_out};
use super::work::{Held, Work};
use super::{history, rules};
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node, Request};

/// A transaction that was taken over.
pub(super) struct Job {
    /// The id of its execution.
    pub(super) id: String,
    pub(super) session: Session,
    pub(super) request: Request,
}

/// The id of the execution that a call has only taken over.
pub(super) fn taken_over(out: &Graph, root: &Node) -> Option<String> {
    let Node::Bean(number) = root else { return None };
    let answer = out.view(*number);
    let is_later = answer.name() == "AsynchronousOperationExecutionResults";
    let id = answer.inner("executionId").filter(|_| is_later)?;
    id.text("permId").map(str::to_owned)
}

/// Has a thread carry it out. What a process leaves undone that ends before counts as failed
/// when the sandbox is opened again.
pub(super) fn begin(sandbox: &Sandbox, job: Job) {
    let sandbox = sandbox.same();
    let work = move || {
        // What goes wrong stands in the record of the execution.
        let _ = mark_running(&sandbox, &job).and_then(|()| run(&sandbox, &job));
    };
    drop(std::thread::Builder::new().name("execution".to_owned()).spawn(work));
}

fn mark_running(sandbox: &Sandbox, job: &Job) -> Result<(), Fault> {
    let now = sandbox.clock().now();
    let mut state = sandbox.alone();
    let held = Held::Alone(&mut state.store);
    let mut work = Work::new(held, &job.session, &sandbox.settings, now);
    executions::mark_running(&mut work, &job.id);
    work.store.commit().map_err(|error| failed(error.to_string()))
}

fn run(sandbox: &Sandbox, job: &Job) -> Result<(), Fault> {
    let now = sandbox.clock().now();
    let mut guard = sandbox.alone();
    let state = &mut *guard;
    rules::archiving::proceed(&mut state.store, now);
    let held = Held::Alone(&mut state.store);
    let mut work = Work::new(held, &job.session, &sandbox.settings, now);
    let asked = Asked {
        sandbox,
        graph: &job.request.graph,
        params: &job.request.params,
        session: &job.session,
        is_personal: dispatch::is_personal(&job.request),
        sessions: &state.sessions,
    };
    let mut out = Graph::new();
    let waiting = Waiting::of(&job.id);
    match carry_out(&mut work, &asked, &mut out) {
        Ok(results) => {
            history::note(&mut work);
            waiting.finish(&mut work, &out, &results);
        }
        Err(fault) => waiting.fail(&mut work, &fault),
    }
    if let Err(error) = work.store.commit() {
        work.store.rollback();
        waiting.fail(&mut work, &failed(error.to_string()));
        return work.store.commit().map_err(|error| failed(error.to_string()));
    }
    Ok(())
}
