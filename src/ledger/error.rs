use super::RunId;

/// What went wrong with the ledger.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the ledger could not be read or written")]
    Database(#[from] rusqlite::Error),
    #[error("the ledger is of version {found}, this program knows up to {known}")]
    TooNew { found: i64, known: i64 },
    #[error("the folder of the ledger could not be made")]
    Folder(#[source] std::io::Error),
    #[error("no run {}", .0.0)]
    NoRun(RunId),
    #[error("a change that was written down cannot be read again: {0}")]
    Unreadable(String),
    #[error("a change could not be written down")]
    Unwritable(#[source] serde_json::Error),
}
