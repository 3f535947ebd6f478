use std::time::Duration;

/// Time, chance, and whether somebody has had enough: handed in, so that tests set them.
pub trait Clock: Send + Sync {
    /// How long it is since some moment that stays the same.
    fn now(&self) -> Duration;

    /// Waits; at most a tenth of a second at a time is asked for.
    fn sleep(&self, time: Duration);

    /// A number from 0 up to, but not including, 1.
    fn chance(&self) -> f64;

    /// Whether waiting shall end.
    fn is_cancelled(&self) -> bool;
}

/// No time passes: for what is in the same process.
pub(super) struct Still;

impl Clock for Still {
    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, _time: Duration) {}

    fn chance(&self) -> f64 {
        0.5
    }

    fn is_cancelled(&self) -> bool {
        false
    }
}
