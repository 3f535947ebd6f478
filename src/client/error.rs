use crate::wire::Fault;

/// What went wrong between us and an openBIS.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("openBIS refused: {0}")]
    Refused(#[from] Fault),
    #[error("openBIS was not reached at `{url}`")]
    Unreachable { url: String, source: Box<dyn std::error::Error + Send + Sync> },
    #[error("openBIS at `{url}` gave no answer within {seconds} s")]
    Timeout { url: String, seconds: u64 },
    #[error("what answers at `{url}` is no openBIS: {found}")]
    NotOpenbis { url: String, found: String },
    #[error("user name or password is wrong for `{user}`")]
    WrongPassword { user: String },
    #[error("not logged in: no user and password, and no token, is at hand")]
    NoCredentials,
}
