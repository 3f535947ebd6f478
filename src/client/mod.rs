//! Asks an openBIS, wherever it is.
mod address;
mod chance;
mod changes;
mod crates;
mod credentials;
mod error;
mod exchange;
mod executing;
mod fetching;
mod files;
mod http;
mod masterdata;
mod method;
mod pace;
mod pages;
mod probe;
mod proxy;
mod resilience;
mod retry_after;
mod route;
mod secret;
mod session;
mod transport;
mod trust;
mod verifier;
mod visit;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

pub use crate::model::Outcome;
use crate::model::{Criteria, Fetch, Id, Record};
use crate::wire::{Call, Reply};
pub use address::shown as shown_address;
pub use crates::{CrateJob, CrateOptions};
pub use credentials::{Credentials, Keys};
pub use error::{Cause, Error, Late};
pub use executing::{Execution, Settled};
pub use files::PIECE;
pub use http::{Http, Timeouts};
pub use masterdata::{BadWords, Keeper, PropertyType, Term, Words, property_type};
pub use pace::Pace;
pub use pages::Pages;
pub use probe::certificate_at;
pub use proxy::Proxy;
pub use resilience::{
    Called, Clock, Decision, Handler, Listener, Resilience, Told, maintenance_sleeper,
    rate_limit_sleeper,
};
pub use route::{Identity, Route};
pub use secret::Secret;
pub use session::user_in_token;
pub use transport::{Answer, Transport};
pub use trust::{Distrust, Fingerprint, Trust};
pub use visit::{Verb, Visit, Visited};

/// A session with one openBIS: cheap to clone, shared by all clones, logged in at first use.
#[derive(Clone)]
pub struct Client {
    transport: Arc<dyn Transport>,
    session: Arc<session::Session>,
    masterdata: Arc<masterdata::Cache>,
    guard: Arc<resilience::Guard>,
    /// Where its file server is, once that is known.
    file_server: Arc<OnceLock<String>>,
}

/// One page of a search.
#[derive(Debug)]
pub struct Page {
    pub records: Vec<Record>,
    /// How many the search finds in all.
    pub total: u64,
}

/// Who a session belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionInformation {
    pub user: String,
    /// The code of the home space.
    pub home_space: Option<String>,
    /// The name of the personal access token that it was begun with.
    pub access_token: Option<String>,
    /// Who began it, where that is somebody else.
    pub creator: Option<String>,
}

/// The most ids of one get.
const GET_AT_MOST: usize = 1000;

impl Client {
    pub fn new(transport: Arc<dyn Transport>, credentials: Credentials) -> Self {
        let session = Arc::new(session::Session::new(credentials));
        let (masterdata, guard, file_server) = Default::default();
        Self { transport, session, masterdata, guard, file_server }
    }

    /// One that takes trouble with its server. Without it nothing is repeated.
    pub fn resilient(self, settings: Resilience, clock: Arc<dyn Clock>) -> Self {
        Self { guard: Arc::new(self.guard.with(settings, clock)), ..self }
    }

    /// One that knows types and vocabularies for so long after it has fetched them, where
    /// nobody changes them here; zero asks each time. A quarter of an hour else.
    pub fn caching(self, lifetime: Duration) -> Self {
        Self { masterdata: Arc::new(masterdata::Cache::lasting(lifetime)), ..self }
    }

    /// One whose words are kept for later runs.
    pub fn kept_by(self, keeper: Arc<dyn Keeper>) -> Self {
        self.masterdata.keep(keeper);
        self
    }

    /// One whose calls are listened to.
    pub fn heard_by(self, listener: Arc<dyn Listener>) -> Self {
        Self { guard: Arc::new(self.guard.heard_by(listener)), ..self }
    }

    /// One that asks what shall be done about failed attempts.
    pub fn with_handler(self, handler: Handler) -> Self {
        self.on_error(Some(handler));
        self
    }

    /// How long it is since some moment that stays the same: for measuring.
    pub fn now(&self) -> Duration {
        self.guard.now()
    }

    /// Whom to ask what shall be done about failed attempts, for all clones; nobody: the
    /// table alone decides.
    pub fn on_error(&self, handler: Option<Handler>) {
        self.guard.ask(handler);
    }

    /// Where the openBIS is, for messages.
    pub fn url(&self) -> &str {
        self.transport.url()
    }

    /// The objects with these ids, in this order; `None` where there is none to be seen.
    pub fn get(&self, ids: &[Id], fetch: &Fetch) -> Result<Vec<Option<Record>>, Error> {
        let mut records = Vec::with_capacity(ids.len());
        for ids in ids.chunks(GET_AT_MOST) {
            let reply = self.ask(Call::Get { ids, fetch }, Some(fetch))?;
            let found = self.understood(reply.by_id(fetch))?;
            records.extend(ids.iter().map(|id| found.get(id).cloned()));
        }
        Ok(records)
    }

    /// One page of what a search finds: `fetch` says from where, how many and in what order.
    pub fn search(&self, criteria: &Criteria, fetch: &Fetch) -> Result<Page, Error> {
        let reply = self.ask(Call::Search { criteria, fetch }, Some(fetch))?;
        let (records, total) = self.understood(reply.found(fetch))?;
        Ok(Page { records, total })
    }

    /// Everything that a search finds, page by page, fetched as it is asked for.
    pub fn pages(&self, criteria: Criteria, fetch: Fetch) -> Pages {
        Pages::new(self.clone(), criteria, fetch)
    }

    /// Logs in now, instead of at first use; the token. Who is refused stays who one was.
    pub fn login(&self, credentials: Credentials) -> Result<String, Error> {
        let token = match &credentials {
            Credentials::None | Credentials::Kept(_) => None,
            Credentials::Token(_)
            | Credentials::Password { .. }
            | Credentials::As { .. }
            | Credentials::Anonymous => Some(self.begin(&credentials)?),
        };
        self.session.become_somebody(credentials, token);
        self.masterdata.clear();
        self.token()
    }

    /// Ends the session on the server; the next use begins a new one.
    pub fn logout(&self) -> Result<(), Error> {
        let Some(token) = self.session.end() else { return Ok(()) };
        self.carry(&Call::Logout, token.reveal(), None)?.map(drop).map_err(Error::Refused)
    }

    /// Whether the session, or the one of another token, is alive.
    pub fn is_session_active(&self, token: Option<&str>) -> Result<bool, Error> {
        let token = match token {
            Some(token) => Secret::from(token),
            None => Secret::from(self.token()?),
        };
        let reply = self.carry(&Call::IsSessionActive, token.reveal(), None)??;
        self.understood(reply.flag())
    }

    /// The session token, logging in if need be.
    pub fn token(&self) -> Result<String, Error> {
        let token = self.session.token(|credentials| self.begin(credentials))?;
        Ok(token.reveal().to_owned())
    }

    /// Whose session it is.
    pub fn session_information(&self) -> Result<SessionInformation, Error> {
        Ok(told_session(self.ask(Call::SessionInformation, None)?))
    }

    /// Whose session another token is.
    pub fn session_information_of(
        &self,
        token: &str,
    ) -> Result<SessionInformation, Error> {
        Ok(told_session(self.carry(&Call::SessionInformation, token, None)??))
    }

    /// `api-version`, `openbis-version` …; what has no value is absent.
    pub fn server_information(&self) -> Result<BTreeMap<String, String>, Error> {
        self.understood(self.ask(Call::ServerInformation, None)?.map())
    }

    /// New permIds from the server, at most 100.
    pub fn create_perm_ids(&self, count: u32) -> Result<Vec<String>, Error> {
        self.understood(self.ask(Call::PermIds { count }, None)?.texts())
    }

    /// New codes for an entity kind (`SAMPLE`, `EXPERIMENT`, `DATA_SET`) from the server.
    pub fn create_codes(
        &self,
        kind: &str,
        prefix: &str,
        count: u32,
    ) -> Result<Vec<String>, Error> {
        let call = Call::Codes { prefix, entity_kind: kind, count };
        self.understood(self.ask(call, None)?.texts())
    }
}

fn told_session(reply: Reply) -> SessionInformation {
    let mut told = reply.untyped();
    let creator = told.get("creatorPerson").get("userId").as_text().map(str::to_owned);
    let mut text = |name: &str| told.take(name).into_text();
    let (user, home_space) = (text("userName"), text("homeGroupCode"));
    let access_token = text("personalAccessTokenSessionName");
    let user = user.unwrap_or_default();
    SessionInformation { user, home_space, access_token, creator }
}
