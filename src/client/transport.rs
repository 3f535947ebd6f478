use super::{Error, Visit, Visited};

/// Carries a request and brings the answer: HTTP, or a function call for the sandbox in
/// the process. Text passes either way. Whoever wants to listen puts one around another.
pub trait Transport: Send + Sync {
    /// Where it leads, for messages.
    fn url(&self) -> &str;

    /// `service` is `AS` or `DSS`; `request` and answer are JSON-RPC.
    fn carry(&self, service: &str, request: &str) -> Result<Answer, Error>;

    /// A request to a service that is no JSON-RPC; where it leads there may be none.
    fn visit(&self, _visit: &Visit) -> Result<Visited, Error> {
        Ok(Visited::whole(404, Vec::new()))
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: String,
}
