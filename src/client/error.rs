use std::time::Duration;

use super::Distrust;
use crate::wire::{Fault, Refusal};

/// What went wrong between us and an openBIS.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("openBIS refused: {0}")]
    Refused(#[from] Fault),
    /// A transaction of which nothing was done.
    #[error("openBIS refused: {fault}")]
    RolledBack {
        fault: Fault,
        /// Which of the changes it was, where that can be told.
        item: Option<usize>,
    },
    /// Nothing was sent.
    #[error("openBIS was not reached at `{url}`")]
    Unreachable { url: String, source: Cause },
    /// The connection broke before the answer was there.
    #[error("the answer of openBIS at `{url}` was lost")]
    Lost { url: String, source: Cause },
    /// The server in front of it, or openBIS itself, has no time.
    #[error("openBIS at `{url}` is not available (status {status})")]
    Unavailable {
        url: String,
        status: u16,
        /// When it wants to be asked again.
        retry_after: Option<Duration>,
    },
    /// Nothing was sent: it was given up a moment ago.
    #[error("openBIS at `{url}` did not answer a moment ago: asked again in {seconds} s")]
    Resting { url: String, seconds: u64 },
    #[error("openBIS at `{url}` {late}")]
    Timeout { url: String, late: Late },
    #[error("what answers at `{url}` is no openBIS: {found}")]
    NotOpenbis { url: String, found: String },
    /// A transaction of which it is not known whether it was carried out.
    #[error("whether the changes of execution `{execution}` were made is not known")]
    Undecided { execution: String, source: Cause },
    #[error("interrupted while waiting for openBIS")]
    Cancelled,
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

/// Which time was over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Late {
    /// Nothing came for so long.
    #[error("sent nothing for {0:?}")]
    Silent(Duration),
    /// It went on and on.
    #[error("had not finished its answer after {0:?}")]
    Slow(Duration),
}

/// What is behind an error.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

impl Error {
    /// What the server said; nothing where it said nothing.
    pub fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Refused(fault) | Self::RolledBack { fault, .. } => Some(fault),
            Self::Unreachable { .. }
            | Self::Lost { .. }
            | Self::Unavailable { .. }
            | Self::Resting { .. }
            | Self::Timeout { .. }
            | Self::NotOpenbis { .. }
            | Self::Undecided { .. }
            | Self::Cancelled
            | Self::WrongPassword { .. }
            | Self::NotAs { .. }
            | Self::NotAnonymously { .. }
            | Self::NoCredentials
            | Self::NoSecret { .. }
            | Self::Untrusted { .. }
            | Self::NoServer => None,
        }
    }

    /// What kind of refusal it is; nothing where it is none.
    pub fn refusal(&self) -> Option<Refusal> {
        self.fault().map(Fault::refusal)
    }

    /// Which of the changes of a transaction made it fail, counted from 0, where that can
    /// be told.
    pub fn item(&self) -> Option<usize> {
        if let Self::RolledBack { item, .. } = self { *item } else { None }
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
        let refused = [Refusal::Unauthorized, Refusal::SessionLost];
        let refused = self.refusal().is_some_and(|refusal| refused.contains(&refusal));
        let nobody = matches!(
            self,
            Self::WrongPassword { .. }
                | Self::NotAs { .. }
                | Self::NotAnonymously { .. }
                | Self::NoCredentials
                | Self::NoSecret { .. }
        );
        refused || nobody
    }

    /// Whether the session is over, and no password was at hand to renew it.
    pub fn is_session_lost(&self) -> bool {
        self.refusal() == Some(Refusal::SessionLost)
    }

    /// Whether it is not known if the changes were made: the execution has to be asked
    /// for again before anything is sent under another name.
    pub fn is_undecided(&self) -> bool {
        matches!(self, Self::Undecided { .. })
    }

    /// Whether it may go well at another time without anything being done about it.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Unreachable { .. }
            | Self::Lost { .. }
            | Self::Unavailable { .. }
            | Self::Resting { .. }
            | Self::Timeout { .. }
            | Self::Undecided { .. } => true,
            Self::Refused(fault) => fault.refusal() == Refusal::Maintenance,
            Self::RolledBack { .. }
            | Self::NotOpenbis { .. }
            | Self::Cancelled
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
