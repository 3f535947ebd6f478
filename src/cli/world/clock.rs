use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::model::Timestamp;
use crate::{sandbox, script};

/// The clock of the machine.
pub(crate) struct SystemClock;

impl SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one clock that all others are")]
    fn time() -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// A moment as the clock on the wall shows it.
pub(crate) fn local(time: Timestamp) -> String {
    let time = chrono::DateTime::from_timestamp_millis(time.0).unwrap_or_default();
    time.with_timezone(&chrono::Local).format("%Y-%m-%d %H:%M").to_string()
}

impl sandbox::Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Self::time()
    }
}

impl script::Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Self::time()
    }

    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }
}
