use std::process::ExitCode;

/// How a run ended, as the shell sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    Done = 0,
    /// The script failed.
    Script = 1,
    /// Wrong arguments or parameters.
    Usage = 2,
    /// Some items failed, each of them named.
    Partly = 3,
    /// Not authenticated, or not allowed.
    Denied = 4,
    NotFound = 5,
    /// Somebody else changed it, or a plan is stale.
    Conflict = 6,
    /// Refused by a limit, a guard or a permission of ours.
    Limit = 7,
    Unreachable = 8,
    TryAgain = 75,
    Timeout = 124,
    Interrupted = 130,
    Terminated = 143,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
