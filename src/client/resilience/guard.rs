//! Stands between the calls of a session and its server.
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::breaker::Breaker;
use super::clock::{Clock, Still};
use super::effort::{Effort, Seen, Waits};
use super::gate::Gate;
use super::handler::{Decision, Handler};
use super::listener::{Called, Deaf, Listener, Told};
use super::rules::{Failure, Repeats, retry_after};
use super::settings::Resilience;
use crate::client::Error;

/// The longest that is slept at once: so soon is heard that somebody has had enough.
const NAP: Duration = Duration::from_millis(100);

/// Limits, patience and tracing of one server: shared by all threads.
pub(in crate::client) struct Guard {
    pub(super) settings: Resilience,
    pub(super) clock: Arc<dyn Clock>,
    listener: Arc<dyn Listener>,
    handler: Mutex<Option<Handler>>,
    breaker: Breaker,
    gate: Gate,
    /// How many repetitions were made without a success in between.
    spent: Mutex<u32>,
}

impl Default for Guard {
    fn default() -> Self {
        Self::new(Resilience::OFF, Arc::new(Still), Arc::new(Deaf))
    }
}

impl Guard {
    pub(in crate::client) fn new(
        settings: Resilience,
        clock: Arc<dyn Clock>,
        listener: Arc<dyn Listener>,
    ) -> Self {
        let (handler, breaker, gate, spent) = Default::default();
        Self { settings, clock, listener, handler, breaker, gate, spent }
    }

    /// The same, with another clock and other settings.
    pub(in crate::client) fn with(
        &self,
        settings: Resilience,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self::new(settings, clock, Arc::clone(&self.listener))
    }

    /// One that tries once, and says nothing.
    pub(in crate::client) fn hasty(&self) -> Self {
        Self::new(Resilience::OFF, Arc::clone(&self.clock), Arc::new(Deaf))
    }

    /// The same, heard by somebody else.
    pub(in crate::client) fn heard_by(&self, listener: Arc<dyn Listener>) -> Self {
        Self::new(self.settings, Arc::clone(&self.clock), listener)
    }

    /// Whom to ask about failures, from now on.
    pub(in crate::client) fn ask(&self, handler: Option<Handler>) {
        *self.handler.lock().unwrap_or_else(PoisonError::into_inner) = handler;
    }

    pub(in crate::client) fn now(&self) -> Duration {
        self.clock.now()
    }

    /// How long to wait from question to question for the end of a transaction.
    pub(in crate::client) fn waits_for_running(&self) -> Waits {
        Waits::new(&self.settings)
    }

    /// Makes one attempt at a call: when there is room, and unless the server is left
    /// alone. `attempt` gives the size of the answer along.
    pub(in crate::client) fn attempt<T>(
        &self,
        (method, request): (&str, &str),
        effort: &Effort,
        url: &str,
        attempt: impl FnOnce() -> (Result<T, Error>, usize),
    ) -> Result<T, Error> {
        let _within = self.gate.enter(self.settings.max_concurrent);
        self.pause(self.gate.turn(self.clock.now(), self.settings.per_second))?;
        self.breaker.pass(self.clock.now()).map_err(|left| {
            let (url, seconds) = (url.to_owned(), left.as_secs().max(1));
            Error::Resting { url, seconds }
        })?;
        let begin = self.clock.now();
        let (result, received) = attempt();
        let time = self.clock.now().saturating_sub(begin);
        let (sent, attempt) = (request.len(), effort.repeated + 1);
        let error = result.as_ref().err();
        let called = Called { method, attempt, sent, received, time, error };
        self.listener.call(Told::Called(called));
        self.note(&result);
        result
    }

    /// What an attempt tells of the server.
    fn note<T>(&self, result: &Result<T, Error>) {
        let failure = result.as_ref().err().map_or(Failure::Final, Failure::of);
        match failure {
            Failure::Final | Failure::LoginDisabled => {
                self.breaker.answered();
                let mut spent = self.spent();
                *spent = spent.saturating_sub(1);
            }
            Failure::NotSent
            | Failure::Lost
            | Failure::Unavailable
            | Failure::Garbage => {
                self.breaker.failed(self.clock.now(), self.settings.rest);
            }
        }
    }

    /// Waits before a call is repeated that failed like this.
    ///
    /// # Errors
    /// That error, where it is not to be repeated; [`Error::Cancelled`].
    pub(in crate::client) fn wait_before_repeating(
        &self,
        effort: &mut Effort,
        method: &str,
        error: Error,
    ) -> Result<(), Error> {
        let Some(wait) = self.decide(effort, &error) else {
            self.give_up(effort, &error);
            return Err(error);
        };
        let attempt = effort.repeated;
        self.listener.call(Told::Repeating { method, attempt, wait, because: &error });
        self.pause(wait)
    }

    fn decide(&self, effort: &mut Effort, error: &Error) -> Option<Duration> {
        let failure = Failure::of(error);
        let never = effort.repeats(failure) == Repeats::Never;
        if never || self.breaker.is_resting(self.clock.now()) {
            return None;
        }
        let handler = self.handler.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let decision = handler.map(|handler| handler(error, effort.repeated + 1));
        match decision.unwrap_or(Decision::Default) {
            Decision::Fail => return None,
            Decision::Retry(wait) => {
                effort.count(wait);
                return Some(wait);
            }
            Decision::Default => {}
        }
        let mut spent = self.spent();
        if *spent >= self.settings.budget && !failure.is_maintenance() {
            return None;
        }
        let reached = self.breaker.was_reached();
        let seen = Seen { failure, retry_after: retry_after(error), reached };
        let wait = effort.next(&self.settings, seen, self.clock.chance())?;
        *spent += 1;
        Some(wait)
    }

    /// Leaves a server alone that cannot be reached, or never answers.
    fn give_up(&self, effort: &Effort, error: &Error) {
        let failure = Failure::of(error);
        let exhausted = effort.repeated >= self.settings.retries.max(1);
        if failure.is_maintenance() || (failure == Failure::Lost && exhausted) {
            self.breaker.given_up(self.clock.now(), self.settings.rest);
        }
    }

    /// Lets the listener hear of something.
    pub(in crate::client) fn tell(&self, told: Told<'_>) {
        self.listener.call(told);
    }

    /// Waits, unless somebody has had enough; says each second how long still.
    pub(in crate::client) fn pause(&self, time: Duration) -> Result<(), Error> {
        let second = Duration::from_secs(1);
        let (mut left, mut said) = (time, time);
        loop {
            if self.clock.is_cancelled() {
                return Err(Error::Cancelled);
            }
            if left.is_zero() {
                return Ok(());
            }
            if time > second && said.saturating_sub(left) >= second {
                self.listener.call(Told::Waiting { left });
                said = left;
            }
            let nap = left.min(NAP);
            self.clock.sleep(nap);
            left -= nap;
        }
    }

    fn spent(&self) -> MutexGuard<'_, u32> {
        self.spent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
