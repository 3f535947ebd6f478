use std::path::PathBuf;

/// Why the sandbox cannot be opened or kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the sandbox folder `{}` cannot be used", path.display())]
    Folder { path: PathBuf, source: std::io::Error },
    #[error("the sandbox in `{}` is in use by another process", path.display())]
    InUse { path: PathBuf },
    #[error("the sandbox data base failed")]
    Database(#[from] rusqlite::Error),
    #[error("the sandbox data base holds something unknown: {0}")]
    Unreadable(String),
}
