/// What went wrong with the ledger.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the ledger could not be read or written")]
    Database(#[from] rusqlite::Error),
    #[error("the ledger is of version {found}, this program knows up to {known}")]
    TooNew { found: i64, known: i64 },
}
