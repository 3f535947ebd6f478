use std::io;
use std::path::PathBuf;

use crate::ledger;

/// What keeps a scheduler from its work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Ledger(#[from] ledger::Error),
    #[error("another scheduler holds `{path}`")]
    Locked { path: PathBuf },
    #[error("`{path}` could not be written")]
    File { path: PathBuf, source: io::Error },
}
