use super::Distrust;
use crate::wire::{Fault, Refusal};

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
    #[error("`{user}` cannot log in as `{other}`")]
    NotAs { user: String, other: String },
    #[error("openBIS at `{url}` lets nobody in without a name")]
    NotAnonymously { url: String },
    #[error("not logged in: no user and password, and no token, is at hand")]
    NoCredentials,
    /// Whoever keeps password or token cannot give it.
    #[error("{message}")]
    NoSecret { message: String, hints: Vec<String> },
    #[error("openBIS at `{url}` is not trusted")]
    Untrusted { url: String, source: Distrust },
    #[error("no openBIS is named")]
    NoServer,
}

impl Error {
    /// What kind of refusal it is; nothing where it is none.
    pub fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Refused(fault) => Some(fault.refusal()),
            Self::Unreachable { .. }
            | Self::Timeout { .. }
            | Self::NotOpenbis { .. }
            | Self::WrongPassword { .. }
            | Self::NotAs { .. }
            | Self::NotAnonymously { .. }
            | Self::NoCredentials
            | Self::NoSecret { .. }
            | Self::Untrusted { .. }
            | Self::NoServer => None,
        }
    }

    /// Whether something that was named is not there.
    pub fn is_not_found(&self) -> bool {
        self.refusal() == Some(Refusal::NotFound)
    }

    /// Whether something like it is there already.
    pub fn is_conflict(&self) -> bool {
        self.refusal() == Some(Refusal::Conflict)
    }

    /// Whether we are nobody there, or may not.
    pub fn is_unauthorized(&self) -> bool {
        match self {
            Self::WrongPassword { .. }
            | Self::NotAs { .. }
            | Self::NotAnonymously { .. }
            | Self::NoCredentials
            | Self::NoSecret { .. } => true,
            Self::Refused(fault) => {
                matches!(fault.refusal(), Refusal::Unauthorized | Refusal::SessionLost)
            }
            Self::Unreachable { .. }
            | Self::Timeout { .. }
            | Self::NotOpenbis { .. }
            | Self::Untrusted { .. }
            | Self::NoServer => false,
        }
    }

    /// Whether the session is over, and no password was at hand to renew it.
    pub fn is_session_lost(&self) -> bool {
        self.refusal() == Some(Refusal::SessionLost)
    }

    /// Whether it may go well at another time without anything being done about it.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Timeout { .. } => true,
            Self::Refused(_)
            | Self::NotOpenbis { .. }
            | Self::WrongPassword { .. }
            | Self::NotAs { .. }
            | Self::NotAnonymously { .. }
            | Self::NoCredentials
            | Self::NoSecret { .. }
            | Self::Untrusted { .. }
            | Self::NoServer => false,
        }
    }
}
