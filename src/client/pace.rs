//! How many changes go in one call.
use std::time::Duration;

/// Grows and shrinks so that a call takes about five seconds: progress moves, and Ctrl-C
/// is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace(usize);

const FIRST: usize = 200;
const AT_MOST: usize = 2000;
const AIM: Duration = Duration::from_secs(5);

impl Default for Pace {
    fn default() -> Self {
        Self(FIRST)
    }
}

impl Pace {
    /// One that begins with so many, where that is not too many.
    pub fn of(size: usize) -> Self {
        Self(size.clamp(1, AT_MOST))
    }

    /// How many changes the next call takes at most; never none.
    pub fn size(self) -> usize {
        self.0
    }

    /// Learns from a call that took so long: the next one may be twice as large, or has to
    /// be half as large. One that was not full says nothing about larger ones.
    pub fn took(&mut self, changes: usize, time: Duration) {
        let fitting = changes.saturating_mul(AIM.as_micros() as usize)
            / (time.as_micros() as usize).max(1);
        let (least, most) = ((self.0 / 2).max(1), (self.0 * 2).min(AT_MOST));
        if changes >= self.0 || fitting < self.0 {
            self.0 = fitting.clamp(least, most);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const S: fn(u64) -> Duration = Duration::from_secs;

    #[test]
    fn a_fast_server_gets_more_up_to_a_limit() {
        let mut pace = Pace::default();
        let sizes = [(); 5].map(|()| {
            pace.took(pace.size(), S(0));
            pace.size()
        });
        assert_eq!(sizes, [400, 800, 1600, 2000, 2000]);
    }

    #[test]
    fn a_slow_server_gets_less_but_something() {
        let mut pace = Pace::default();
        pace.took(200, S(8));
        assert_eq!(pace.size(), 125);
        for _ in 0..20 {
            pace.took(pace.size(), S(1000));
        }
        assert_eq!(pace.size(), 1);
    }

    #[test]
    fn a_call_that_was_not_full_does_not_make_the_next_one_larger() {
        let mut pace = Pace::default();
        pace.took(3, S(0));
        assert_eq!(pace.size(), 200);
    }
}
