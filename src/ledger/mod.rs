//! The memory of this machine: which scripts ran, what they changed, and what became of every
//! scheduled occurrence. One SQLite file; it knows nothing of openBIS's JSON, of Rhai or of
//! clocks.
mod calls;
mod entry;
mod error;
mod fingerprint;
mod journal;
mod occurrences;
mod plan;
mod recall;
mod runs;
mod schema;
mod touched;
mod undo;
mod written;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

pub use calls::{ASYNCHRONOUS, Call, CallId, CallState, verb};
pub use entry::{Entry, Recalled, Settlement, targets};
pub use error::Error;
pub use journal::{Journal, Written, execution};
pub use occurrences::{Filter, Occurrence, State};
pub use plan::{NotAPlan, Plan};
pub use runs::{About, Run, RunId, RunKind};
pub use touched::{irrevocable, touched};
pub use undo::{
    Done, Left, Present, Undoing, differences, made, outcome, seen, stale, undo, wanted,
    wanted_for, wanted_to_settle,
};

/// The hash of a script or plan, by which its text is kept.
pub fn hash(source: &str) -> String {
    written::sha256(source.as_bytes())
}

/// An open ledger. Several processes may have the same one open.
pub struct Ledger {
    connection: Mutex<Connection>,
}

impl Ledger {
    /// Opens the file, making it and its tables where they are missing. A file that a
    /// newer version of rhobis has written is refused.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::over(Connection::open(path)?)
    }

    /// A ledger that is gone when it is dropped.
    pub fn in_memory() -> Result<Self, Error> {
        Self::over(Connection::open_in_memory()?)
    }

    fn over(mut connection: Connection) -> Result<Self, Error> {
        schema::prepare(&mut connection)?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// A poisoned lock only says that another thread has panicked: SQLite itself has
    /// rolled its transaction back.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
