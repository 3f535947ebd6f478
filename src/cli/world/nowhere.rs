use std::sync::Arc;

use crate::client::{Answer, Client, Credentials, Error, Transport};

/// Leads to no openBIS: for scripts that need none, or are only read.
pub(crate) struct Nowhere;

impl Nowhere {
    /// A session that fails at first use.
    pub(crate) fn session() -> Client {
        let nobody =
            Credentials::Password { user: "nobody".to_owned(), password: "none".into() };
        Client::new(Arc::new(Self), nobody)
    }
}

impl Transport for Nowhere {
    fn url(&self) -> &'static str {
        "nowhere"
    }

    fn carry(&self, _service: &str, _request: &str) -> Result<Answer, Error> {
        Err(Error::NoServer)
    }
}
