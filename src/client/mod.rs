//! Asks an openBIS, wherever it is.
mod error;
mod transport;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Change, Criteria, Fetch, Id, Record};
pub use error::Error;
pub use transport::{Answer, Transport};

/// A session with one openBIS: cheap to clone, shared by all clones, logged in at first use.
#[derive(Clone)]
pub struct Client {
    #[expect(dead_code, reason = "skeleton")]
    transport: Arc<dyn Transport>,
}

/// How to become somebody on the server. Never printed.
#[derive(Clone, Default)]
pub enum Credentials {
    #[default]
    None,
    Password {
        user: String,
        password: String,
    },
    /// A session token or a personal access token.
    Token(String),
}

/// One page of a search.
#[derive(Debug)]
pub struct Page {
    pub records: Vec<Record>,
    /// How many the search finds in all.
    pub total: u64,
}

/// What became of one change.
#[derive(Debug)]
pub enum Outcome {
    Created(Id),
    Updated,
    /// To the trash, where the kind has one: the number of the deletion.
    Deleted(Option<Id>),
    Done,
}

#[expect(
    clippy::unimplemented,
    clippy::needless_pass_by_value,
    unused_variables,
    reason = "skeleton"
)]
impl Client {
    pub fn new(transport: Arc<dyn Transport>, credentials: Credentials) -> Self {
        Self { transport }
    }

    /// The objects with these ids, in this order; `None` where there is none to be seen.
    pub fn get(&self, ids: &[Id], fetch: &Fetch) -> Result<Vec<Option<Record>>, Error> {
        unimplemented!()
    }

    /// One page of what a search finds: `fetch` says from where, how many and in what order.
    pub fn search(&self, criteria: &Criteria, fetch: &Fetch) -> Result<Page, Error> {
        unimplemented!()
    }

    /// The one way to mutate openBIS. Changes of one kind and verb go in one call.
    pub fn apply(&self, changes: Vec<Change>) -> Result<Vec<Outcome>, Error> {
        unimplemented!()
    }

    /// Logs in now, instead of at first use; the token.
    pub fn login(&self, credentials: Credentials) -> Result<String, Error> {
        unimplemented!()
    }

    pub fn logout(&self) -> Result<(), Error> {
        unimplemented!()
    }

    /// Whether the session, or the one of another token, is alive.
    pub fn is_session_active(&self, token: Option<&str>) -> Result<bool, Error> {
        unimplemented!()
    }

    /// The session token, logging in if need be.
    pub fn token(&self) -> Result<String, Error> {
        unimplemented!()
    }

    /// `api-version`, `openbis-version` …; what has no value is absent.
    pub fn server_information(&self) -> Result<BTreeMap<String, String>, Error> {
        unimplemented!()
    }

    /// New permIds from the server.
    pub fn create_perm_ids(&self, count: u32) -> Result<Vec<String>, Error> {
        unimplemented!()
    }

    /// New codes for an entity kind (`SAMPLE`, `EXPERIMENT`, `DATA_SET`) from the server.
    pub fn create_codes(
        &self,
        kind: &str,
        prefix: &str,
        count: u32,
    ) -> Result<Vec<String>, Error> {
        unimplemented!()
    }
}
