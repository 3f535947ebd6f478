//! JSON-RPC as the server speaks it.
use crate::wire::{
    Fault,
    bean::{Graph, Method, Node, Request, Service},
};

/// What goes back over HTTP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// JSON, or nothing.
    pub body: String,
}

/// Whoever carries out calls.
pub(crate) trait Calls {
    /// Carries out one call, whose parameters fit what the method declares. A fault with a
    /// context is one of an operation: ` (Context: [...])` is put behind its message. An
    /// empty message is written as null.
    fn call(
        &self,
        method: &'static Method,
        request: Request,
    ) -> Result<(Graph, Node), Fault>;
}

/// Answers a request body: one call or a batch.
pub(crate) fn answer(_calls: &impl Calls, _service: Service, _body: &str) -> Answer {
    Answer { status: 200, body: String::new() }
}
