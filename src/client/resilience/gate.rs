//! Not too many calls at once, nor in a second: one gate for all threads.
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Through which every call goes.
#[derive(Default)]
pub(super) struct Gate {
    within: Mutex<u32>,
    left: Condvar,
    /// When the next call may begin.
    next: Mutex<Duration>,
}

/// One that is within, until it is dropped.
pub(super) struct Within<'g>(&'g Gate);

impl Gate {
    /// Waits until there is room for one more; 0: there always is.
    pub(super) fn enter(&self, most: u32) -> Within<'_> {
        let within = self.within.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |within: &mut u32| most > 0 && *within >= most;
        let waited = self.left.wait_while(within, full);
        *waited.unwrap_or_else(PoisonError::into_inner) += 1;
        Within(self)
    }

    /// Takes the next turn; how long it is until then. 0: it is now.
    pub(super) fn turn(&self, now: Duration, per_second: f64) -> Duration {
        if per_second <= 0.0 {
            return Duration::ZERO;
        }
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = now.max(*next);
        *next = turn + Duration::from_secs_f64(1.0 / per_second);
        turn.saturating_sub(now)
    }
}

impl Drop for Within<'_> {
    fn drop(&mut self) {
        *self.0.within.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.0.left.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn turns_are_spread_over_the_second() {
        let gate = Gate::default();
        let now = Duration::from_secs(5);
        let turns = [(); 3].map(|()| gate.turn(now, 10.0).as_millis());
        assert_eq!(turns, [0, 100, 200]);
        assert_eq!(gate.turn(Duration::from_secs(9), 10.0), Duration::ZERO);
        assert_eq!(gate.turn(now, 0.0), Duration::ZERO);
    }

    fn go_through(gate: &Gate, now: &AtomicU32, most: &AtomicU32) {
        let _within = gate.enter(3);
        let here = now.fetch_add(1, Ordering::SeqCst) + 1;
        most.fetch_max(here, Ordering::SeqCst);
        std::thread::yield_now();
        now.fetch_sub(1, Ordering::SeqCst);
    }

    #[test]
    fn no_more_are_within_than_there_is_room_for() {
        let gate = Gate::default();
        let (now, most) = (AtomicU32::new(0), AtomicU32::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| (0..50).for_each(|_| go_through(&gate, &now, &most)));
            }
        });
        assert!(most.into_inner() <= 3);
    }
}
