//! From a place to a session there.
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::console::Terminal;
use super::cupboard::Cupboard;
use super::embedded::Embedded;
use super::first_use::{Confirmed, FirstUse};
use super::nowhere::Nowhere;
use super::patience::Patience;
use super::place::{Place, Server};
use super::tracer::Tracer;
use super::wallet::Wallet;
use super::wire_log::{Logged, WireLog};
use crate::cli::vault::{Sort, Vault};
use crate::client::{Client, Credentials, Http, Timeouts, Transport};

/// Opens sessions, all with the same wire log and the same vault.
#[derive(Clone)]
pub(crate) struct Sessions {
    pub(crate) vault: Vault,
    /// Where types and vocabularies are kept for completion.
    pub(crate) words: PathBuf,
    pub(crate) confirmed: Arc<Confirmed>,
    pub(crate) wire_log: Option<Arc<WireLog>>,
    pub(crate) terminal: Arc<Terminal>,
    /// Whether any certificate is taken.
    pub(crate) insecure: bool,
    pub(crate) tracer: Arc<Tracer>,
    /// Ends all waiting.
    pub(crate) cancel: Arc<AtomicBool>,
}

impl Sessions {
    /// A session that logs in at first use.
    pub(crate) fn open(&self, place: &Place) -> anyhow::Result<Client> {
        match place {
            Place::Sandbox(folder) => {
                let embedded = Embedded::open(folder.as_deref())?;
                let transport = self.logged(Arc::new(embedded));
                Ok(self.heard(Client::new(transport, Embedded::credentials())))
            }
            Place::Nowhere => Ok(Nowhere::session()),
            Place::Server(server) => self.at(server, self.credentials(server, None)?),
        }
    }

    /// A session with these credentials.
    pub(crate) fn at(
        &self,
        server: &Server,
        credentials: Credentials,
    ) -> anyhow::Result<Client> {
        let route = server.route(self.insecure)?;
        if self.insecure && server.url.starts_with("https://") {
            self.terminal.talk(&format!(
                "warning: --insecure: whoever stands between here and {} can read and \
                 change everything",
                server.url
            ));
        }
        let transport: Arc<dyn Transport> = match self.confirmed.may_ask(server, &route) {
            true => Arc::new(FirstUse::new(server, route, &self.confirmed)?),
            false => Arc::new(Http::by(&server.url, &route, server.timeouts())?),
        };
        let client = Client::new(self.logged(transport), credentials);
        let patience = Arc::new(Patience::new(Arc::clone(&self.cancel)));
        let client = client.kept_by(Arc::new(self.cupboard(server)));
        Ok(self.heard(client.resilient(server.resilience(), patience)))
    }

    /// A session with what is kept, but not with the secret of this sort.
    pub(crate) fn open_without(
        &self,
        server: &Server,
        sort: Sort,
    ) -> anyhow::Result<Client> {
        self.at(server, self.credentials(server, Some(sort))?)
    }

    /// Where the words of this server are kept.
    pub(crate) fn cupboard(&self, server: &Server) -> Cupboard {
        Cupboard::new(self.words.clone(), server, &self.vault)
    }

    fn heard(&self, client: Client) -> Client {
        client.heard_by(Arc::clone(&self.tracer) as Arc<_>)
    }

    /// Token or password of the environment, else what is kept or can be asked.
    fn credentials(
        &self,
        server: &Server,
        without: Option<Sort>,
    ) -> anyhow::Result<Credentials> {
        if let Some(token) = &server.token {
            return Ok(Credentials::Token(token.clone()));
        }
        if let (Some(user), Some(password)) =
            (server.settings.text("user"), &server.password)
        {
            let (user, password) = (user.to_owned(), password.clone());
            return Ok(Credentials::Password { user, password });
        }
        let wallet = Wallet::new(server, without, (&self.vault, &self.terminal))?;
        Ok(Credentials::Kept(Arc::new(wallet)))
    }

    fn logged(&self, transport: Arc<dyn Transport>) -> Arc<dyn Transport> {
        match &self.wire_log {
            Some(log) => Arc::new(Logged::new(transport, Arc::clone(log))),
            None => transport,
        }
    }
}

impl Server {
    pub(crate) fn timeouts(&self) -> Timeouts {
        let usual = Timeouts::default();
        let period = |key: &str| self.settings.period(key);
        Timeouts {
            connect: period("connect_timeout").unwrap_or(usual.connect),
            read: period("read_timeout").unwrap_or(usual.read),
            total: period("timeout").unwrap_or(usual.total),
        }
    }
}
