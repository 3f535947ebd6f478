use std::io;

use crate::ledger::RunId;
use crate::model::Timestamp;

use super::Job;

/// What the loop needs of the world around it.
pub trait World {
    fn now(&self) -> Timestamp;

    /// Waits until something happens, at most until this moment.
    fn wait(&mut self, until: Option<Timestamp>) -> Event;

    /// Starts the process of a job.
    fn start(&mut self, run: RunId, job: &Job) -> io::Result<()>;

    /// Tells a process to end; that it has ended comes as an event.
    fn end(&mut self, run: RunId, force: Force);
}

/// What happens to a scheduler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The moment has come that was waited for; or nothing has happened for a while.
    Time,
    /// A process has ended, with this exit code as the shell would show it.
    Ended { run: RunId, exit_code: i32 },
    /// The scheduler is to end; the second time: at once.
    Stop,
}

/// How a process is told to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Force {
    /// It may still put things in order.
    Ask,
    Kill,
}
