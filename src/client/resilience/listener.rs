use std::time::Duration;

use crate::client::Error;

/// Hears of every call: for tracing, sums and countdowns.
pub trait Listener: Send + Sync {
    fn call(&self, told: Told<'_>);
}

/// What a listener is told.
#[derive(Clone, Copy, Debug)]
pub enum Told<'a> {
    /// A call is over, for better or worse.
    Called(Called<'a>),
    /// An attempt failed, and another one follows after this time.
    Repeating { method: &'a str, attempt: u32, wait: Duration, because: &'a Error },
    /// A longer wait goes on: told each second, with what is left of it.
    Waiting { left: Duration },
    /// The server carries something out, and is at this.
    Working { at: &'a str },
}

/// One attempt at a call.
#[derive(Clone, Copy, Debug)]
pub struct Called<'a> {
    /// `searchSamples`
    pub method: &'a str,
    /// 1 for the first one.
    pub attempt: u32,
    /// Bytes of the request.
    pub sent: usize,
    /// Bytes of the answer.
    pub received: usize,
    pub time: Duration,
    /// What went wrong, where no answer came.
    pub error: Option<&'a Error>,
}

/// Hears nothing.
pub(super) struct Deaf;

impl Listener for Deaf {
    fn call(&self, _told: Told<'_>) {}
}
