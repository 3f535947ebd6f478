//! When a script runs: the rhythm of a job, the file that lists the jobs, and the loop
//! that runs them as processes of their own.
mod cron;
mod due;
mod plain;

pub use cron::{Cron, NotCron};
pub use due::{next, occurrences};
