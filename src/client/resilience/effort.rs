//! How long it is tried: pure, time and chance come in by the parameters.
use std::time::Duration;

use super::rules::{Failure, Group, Repeats};
use super::settings::Resilience;

/// What was done for one call so far.
#[derive(Clone, Debug)]
pub(in crate::client) struct Effort {
    group: Group,
    /// How often it was repeated.
    pub(super) repeated: u32,
    /// How long it waited.
    waited: Duration,
}

/// What may be known of a server when a call to it fails.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) failure: Failure,
    /// When the server wants to be asked again.
    pub(super) retry_after: Option<Duration>,
    /// Whether it has ever answered.
    pub(super) reached: bool,
}

impl Effort {
    pub(in crate::client) fn new(group: Group) -> Self {
        Self { group, repeated: 0, waited: Duration::ZERO }
    }

    /// How often the call may be repeated after such a failure.
    pub(super) fn repeats(&self, failure: Failure) -> Repeats {
        self.group.repeats(failure)
    }

    /// How long to wait before the next attempt, and counts it; nothing to give up.
    pub(super) fn next(
        &mut self,
        settings: &Resilience,
        seen: Seen,
        chance: f64,
    ) -> Option<Duration> {
        let most = match self.repeats(seen.failure) {
            Repeats::Never => 0,
            Repeats::Once => settings.retries.min(1),
            Repeats::Freely | Repeats::AfterAsking => settings.retries,
        };
        let left = settings.max_wait.saturating_sub(self.waited);
        let waits = seen.failure.is_maintenance()
            && (seen.reached || settings.wait_first || seen.retry_after.is_some())
            && self.repeats(seen.failure) != Repeats::Never
            && !left.is_zero();
        if self.repeated >= most && !waits {
            return None;
        }
        if seen.retry_after.is_some_and(|wait| wait > left) {
            return None;
        }
        let wait = seen.retry_after.unwrap_or_else(|| self.backoff(settings, chance));
        let wait = if self.repeated < most { wait } else { wait.min(left) };
        self.count(wait);
        Some(wait)
    }

    /// Counts an attempt that somebody else has decided on.
    pub(super) fn count(&mut self, wait: Duration) {
        self.repeated += 1;
        self.waited += wait;
    }

    /// By chance, up to a longest wait that doubles each time; in a long maintenance at
    /// least half of it.
    fn backoff(&self, settings: &Resilience, chance: f64) -> Duration {
        let doubled = settings.base.saturating_mul(1 << self.repeated.min(20));
        let longest = doubled.min(settings.cap);
        if self.repeated < settings.retries {
            return longest.mul_f64(chance);
        }
        longest.mul_f64(0.5 + chance / 2.0)
    }
}

/// Waits for something that takes its time: longer and longer ones, up to a sum.
pub(in crate::client) struct Waits {
    next: Duration,
    longest: Duration,
    waited: Duration,
    most: Duration,
}

impl Waits {
    pub(super) fn new(settings: &Resilience) -> Self {
        let (longest, most) = (settings.cap, settings.running);
        Self { next: Duration::from_millis(100), longest, waited: Duration::ZERO, most }
    }

    /// How long it has been.
    pub(in crate::client) fn waited(&self) -> Duration {
        self.waited
    }
}

impl Iterator for Waits {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        if self.waited >= self.most {
            return None;
        }
        let wait = self.next.min(self.longest).min(self.most.saturating_sub(self.waited));
        (self.next, self.waited) = (self.next * 2, self.waited + wait);
        (!wait.is_zero()).then_some(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    fn settings() -> Resilience {
        Resilience {
            retries: 3,
            base: MS(100),
            cap: MS(300),
            max_wait: Duration::from_secs(2),
            ..Resilience::default()
        }
    }

    fn seen(failure: Failure) -> Seen {
        Seen { failure, retry_after: None, reached: true }
    }

    fn waits(group: Group, seen: Seen) -> Vec<Duration> {
        let mut effort = Effort::new(group);
        std::iter::from_fn(|| effort.next(&settings(), seen, 0.5)).take(100).collect()
    }

    #[test]
    fn waits_grow_up_to_the_longest_and_end() {
        let waits = waits(Group::Read, seen(Failure::Lost));
        assert_eq!(waits, [MS(50), MS(100), MS(150)]);
    }

    #[test]
    fn how_long_a_wait_is_is_up_to_chance() {
        for (chance, wait) in [(0.0, MS(0)), (0.99, MS(99))] {
            let mut effort = Effort::new(Group::Read);
            assert_eq!(effort.next(&settings(), seen(Failure::Lost), chance), Some(wait));
        }
    }

    #[test]
    fn a_maintenance_is_waited_out_as_long_as_the_settings_say() {
        let waited: Duration = waits(Group::Read, seen(Failure::NotSent)).iter().sum();
        assert_eq!(waited, Duration::from_secs(2));
    }

    #[test]
    fn what_never_answered_is_not_waited_for() {
        let seen = Seen { reached: false, ..seen(Failure::NotSent) };
        assert_eq!(waits(Group::Read, seen).len(), 3);
    }

    #[test]
    fn the_server_says_when_it_wants_to_be_asked_again() {
        let seen = Seen { retry_after: Some(MS(900)), ..seen(Failure::Unavailable) };
        assert_eq!(waits(Group::Read, seen), [MS(900), MS(900)]);
        let long = Seen { retry_after: Some(MS(3000)), ..seen };
        assert!(waits(Group::Read, long).is_empty());
    }

    #[test]
    fn what_the_table_allows_once_is_repeated_once() {
        assert_eq!(waits(Group::Login, seen(Failure::Lost)).len(), 1);
        assert_eq!(waits(Group::Later, seen(Failure::Lost)).len(), 0);
    }

    #[test]
    fn what_runs_is_asked_for_less_and_less_often() {
        let settings = Resilience { running: Duration::from_secs(1), ..settings() };
        let waits: Vec<_> = Waits::new(&settings).map(|wait| wait.as_millis()).collect();
        assert_eq!(waits, [100, 200, 300, 300, 100]);
        assert_eq!(Waits::new(&Resilience::OFF).next(), None);
    }

    #[test]
    fn nothing_is_repeated_where_that_is_off() {
        let mut effort = Effort::new(Group::Read);
        assert_eq!(effort.next(&Resilience::OFF, seen(Failure::NotSent), 0.5), None);
    }
}
