//! Leaves a server alone that was given up: a thousand items do not each wait.
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Whether a server is asked at all. Closed as long as it answers.
#[derive(Default)]
pub(super) struct Breaker(Mutex<State>);

#[derive(Default)]
struct State {
    /// Until when nobody asks; nothing while all is well.
    until: Option<Duration>,
    /// Whether the one that tries is under way.
    probing: bool,
    /// Whether it has ever answered.
    reached: bool,
}

impl Breaker {
    /// Whether a call may go out now.
    ///
    /// # Errors
    /// How long the server is left alone still.
    pub(super) fn pass(&self, now: Duration) -> Result<(), Duration> {
        let mut state = self.lock();
        let Some(until) = state.until else { return Ok(()) };
        if now < until || state.probing {
            return Err(until.saturating_sub(now));
        }
        state.probing = true;
        Ok(())
    }

    /// It answered.
    pub(super) fn answered(&self) {
        *self.lock() = State { reached: true, ..State::default() };
    }

    /// It was given up.
    pub(super) fn given_up(&self, now: Duration, rest: Duration) {
        let mut state = self.lock();
        state.probing = false;
        state.until = (!rest.is_zero()).then_some(now + rest);
    }

    /// The one that tries, if there is one, has failed.
    pub(super) fn failed(&self, now: Duration, rest: Duration) {
        if self.lock().probing {
            self.given_up(now, rest);
        }
    }

    /// Whether the server is left alone now.
    pub(super) fn is_resting(&self, now: Duration) -> bool {
        self.lock().until.is_some_and(|until| now < until)
    }

    pub(super) fn was_reached(&self) -> bool {
        self.lock().reached
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const S: fn(u64) -> Duration = Duration::from_secs;

    #[test]
    fn after_the_rest_one_call_tries_and_the_others_still_fail() {
        let breaker = Breaker::default();
        breaker.given_up(S(100), S(10));
        assert_eq!(breaker.pass(S(104)), Err(S(6)));
        assert_eq!(breaker.pass(S(110)), Ok(()));
        assert_eq!(breaker.pass(S(111)), Err(S(0)));
        breaker.answered();
        assert_eq!(breaker.pass(S(111)), Ok(()));
        assert!(breaker.was_reached());
    }

    #[test]
    fn a_try_that_fails_begins_another_rest() {
        let breaker = Breaker::default();
        breaker.given_up(S(0), S(10));
        breaker.pass(S(10)).unwrap();
        breaker.failed(S(10), S(10));
        assert!(breaker.is_resting(S(15)));
        assert_eq!(breaker.pass(S(15)), Err(S(5)));
    }

    #[test]
    fn without_a_rest_it_never_stops_anybody() {
        let breaker = Breaker::default();
        breaker.given_up(S(0), S(0));
        assert_eq!(breaker.pass(S(0)), Ok(()));
    }
}
