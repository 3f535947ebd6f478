use std::sync::Arc;
use std::time::Duration;

use super::rules::{Failure, retry_after};
use crate::client::Error;

/// What shall be done about a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// What the table says.
    Default,
    /// Tries again after this time, wherever the table does not forbid it: what changes
    /// something is still settled by asking first.
    Retry(Duration),
    /// Gives up.
    Fail,
}

/// Is asked about each failed attempt, with its number from 1 on.
pub type Handler = Arc<dyn Fn(&Error, u32) -> Decision + Send + Sync>;

/// Waits for the end of a maintenance: tries each `every`, at most `times` times.
pub fn maintenance_sleeper(every: Duration, times: u32) -> Handler {
    Arc::new(move |error, attempt| {
        let waits = Failure::of(error).is_maintenance() && attempt <= times;
        if waits { Decision::Retry(every) } else { Decision::Default }
    })
}

/// Waits as long as a server that has too much to do asks for, else for `otherwise`.
pub fn rate_limit_sleeper(otherwise: Duration, times: u32) -> Handler {
    Arc::new(move |error, attempt| {
        let limited = matches!(error, Error::Unavailable { status: 429, .. });
        if limited && attempt <= times {
            return Decision::Retry(retry_after(error).unwrap_or(otherwise));
        }
        Decision::Default
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unavailable(status: u16) -> Error {
        Error::Unavailable { url: String::new(), status, retry_after: None }
    }

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn a_maintenance_is_slept_through_so_many_times() {
        let handler = maintenance_sleeper(MINUTE, 2);
        assert_eq!(handler(&unavailable(503), 2), Decision::Retry(MINUTE));
        assert_eq!(handler(&unavailable(503), 3), Decision::Default);
        assert_eq!(handler(&Error::NoServer, 1), Decision::Default);
    }

    #[test]
    fn a_rate_limit_is_slept_through_and_nothing_else() {
        let handler = rate_limit_sleeper(MINUTE, 2);
        assert_eq!(handler(&unavailable(429), 1), Decision::Retry(MINUTE));
        assert_eq!(handler(&unavailable(503), 1), Decision::Default);
    }
}
