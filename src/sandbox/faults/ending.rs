//! How a call ends that a rule has struck.
use std::time::Duration;

use serde::Deserialize;

use super::asked::{Asked, Call};
use super::{Answer, Effect, Outage, Sandbox};

/// What is sent back in the end.
#[derive(Debug, PartialEq, Eq)]
pub enum Ending {
    Answered(Answer),
    /// The first half of the answer.
    Cut(Answer),
    /// The first half of the answer, and no end.
    Stalled(Answer),
    /// The answer in pieces, with so much time between them.
    Trickled(Answer, Duration),
    /// Nothing, and the connection stays.
    Silent,
    /// A web page of something in front of openBIS.
    Page {
        status: u16,
        /// Seconds.
        retry_after: Option<u32>,
    },
    /// Nothing: the connection ends.
    Dropped,
    /// Nothing, and nobody listens for a while.
    Gone(Outage),
}

/// A request and who answers it.
pub(super) struct Carried<'c> {
    pub(super) sandbox: &'c Sandbox,
    pub(super) service: &'c str,
    pub(super) request: &'c str,
}

#[derive(Deserialize)]
struct LoggedIn {
    result: Option<String>,
}

/// What no reader of JSON takes.
const GARBAGE: &str = "\u{0}\u{1}\u{fffd}PK\u{3}\u{4} not what you asked for \u{7f}";

impl Carried<'_> {
    pub(super) fn end(&self, effect: Effect, kill: Option<fn() -> !>) -> Ending {
        match effect {
            Effect::Latency(_) => Ending::Answered(self.answer()),
            Effect::Status { status, retry_after, after } => {
                if after {
                    self.answer();
                }
                Ending::Page { status, retry_after }
            }
            Effect::Refuse(outage) => Ending::Gone(outage),
            Effect::DropBefore => Ending::Dropped,
            Effect::DropAfter => {
                self.answer();
                Ending::Dropped
            }
            Effect::Truncate => Ending::Cut(self.answer()),
            Effect::StallBefore => Ending::Silent,
            Effect::StallAfter => {
                self.answer();
                Ending::Silent
            }
            Effect::Stall => Ending::Stalled(self.answer()),
            Effect::Trickle(time) => Ending::Trickled(self.answer(), time),
            Effect::Garbage => {
                Ending::Answered(Answer { body: GARBAGE.to_owned(), ..self.answer() })
            }
            Effect::Html => Ending::Page { status: 200, retry_after: None },
            Effect::SessionLost => Ending::Answered(self.lost()),
            Effect::SessionExpired => {
                self.for_each_token(|token| self.sandbox.tire_session(token));
                Ending::Answered(self.answer())
            }
            Effect::PatExpired => {
                self.for_each_token(|token| self.sandbox.expire_token(token));
                Ending::Answered(self.answer())
            }
            Effect::LoginDisabled => {
                Ending::Answered(Sandbox::refuse_login(self.service, self.request))
            }
            Effect::KillBefore => killed(kill),
            Effect::KillAfter => {
                self.answer();
                killed(kill)
            }
        }
    }

    fn answer(&self) -> Answer {
        self.sandbox.answer(self.service, self.request)
    }

    /// The answer where the session is forgotten: before the call, or after it where it
    /// begins one.
    fn lost(&self) -> Answer {
        self.for_each_token(|token| self.sandbox.forget_session(token));
        let answer = self.answer();
        if Asked::read(self.request).calls.iter().any(Call::is_login)
            && let Ok(LoggedIn { result: Some(token) }) =
                serde_json::from_str(&answer.body)
        {
            self.sandbox.forget_session(&token);
        }
        answer
    }

    fn for_each_token(&self, spoil: impl Fn(&str)) {
        let asked = Asked::read(self.request);
        asked.calls.iter().filter_map(|call| call.token.as_deref()).for_each(spoil);
    }
}

fn killed(kill: Option<fn() -> !>) -> Ending {
    if let Some(kill) = kill {
        kill();
    }
    Ending::Dropped
}
