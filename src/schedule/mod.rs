//! When a script runs: the rhythm of a job, the file that lists the jobs, and the loop
//! that runs them as processes of their own.
mod cron;
mod due;
mod error;
mod file;
mod job;
mod keys;
mod lock;
mod period;
mod plain;
mod process;
mod runner;
mod upcoming;
mod world;

pub use cron::{Cron, NotCron};
pub use due::{next, occurrences};
pub use error::Error;
pub use file::read;
pub use job::{Job, Script};
pub use keys::Problem;
pub use lock::alone;
pub use process::{Processes, Stopper};
pub use runner::{GRACE_MILLIS, Note, TOLERANCE_MILLIS, serve};
pub use upcoming::{Upcoming, upcoming};
pub use world::{Event, Force, World};

#[cfg(test)]
mod runner_tests;
