use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::place::Server;
use crate::client::{Clock, Resilience};

/// Time and chance of the machine, for a client that waits and tries again.
pub(crate) struct Patience {
    begun: Instant,
    cancel: Arc<AtomicBool>,
}

impl Patience {
    pub(crate) fn new(cancel: Arc<AtomicBool>) -> Self {
        Self { begun: Instant::now(), cancel }
    }
}

impl Clock for Patience {
    fn now(&self) -> Duration {
        self.begun.elapsed()
    }

    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }

    fn chance(&self) -> f64 {
        let random = RandomState::new().build_hasher().finish();
        f64::from(u32::try_from(random >> 32).unwrap_or_default())
            / (f64::from(u32::MAX) + 1.0)
    }

    fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }
}

impl Server {
    /// How much trouble is taken, as the settings say.
    pub(crate) fn resilience(&self) -> Resilience {
        let usual = Resilience::default();
        let count = |key: &str| self.settings.count(key);
        let small = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        Resilience {
            retries: count("retries").map_or(usual.retries, small),
            max_wait: self.settings.period("max_wait").unwrap_or(usual.max_wait),
            max_concurrent: count("max_parallel").map_or(usual.max_concurrent, small),
            per_second: count("max_rate").map_or(usual.per_second, |n| small(n).into()),
            ..usual
        }
    }
}
