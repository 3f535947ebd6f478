//! The time, as the sandbox is told it.
use std::sync::atomic::{AtomicI64, Ordering};

use crate::model::Timestamp;

/// Where the sandbox gets the time from.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

/// A clock that stands still until it is moved: for tests.
#[derive(Debug, Default)]
pub struct StoppedClock {
    millis: AtomicI64,
}

impl StoppedClock {
    pub fn at(time: Timestamp) -> Self {
        Self { millis: AtomicI64::new(time.0) }
    }

    pub fn advance(&self, millis: i64) {
        self.millis.fetch_add(millis, Ordering::Relaxed);
    }
}

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.millis.load(Ordering::Relaxed))
    }
}
