//! From a place to a session there.
use std::sync::Arc;

use super::console::Terminal;
use super::embedded::Embedded;
use super::nowhere::Nowhere;
use super::place::{Place, Server};
use super::wallet::Wallet;
use super::wire_log::{Logged, WireLog};
use crate::cli::vault::Vault;
use crate::client::{Client, Credentials, Http, Timeouts, Transport};

/// Opens sessions, all with the same wire log and the same vault.
#[derive(Clone)]
pub(crate) struct Sessions {
    pub(crate) vault: Vault,
    pub(crate) wire_log: Option<Arc<WireLog>>,
    pub(crate) terminal: Arc<Terminal>,
    /// Whether any certificate is taken.
    pub(crate) insecure: bool,
}

impl Sessions {
    /// A session that logs in at first use.
    pub(crate) fn open(&self, place: &Place) -> anyhow::Result<Client> {
        match place {
            Place::Sandbox(folder) => {
                let embedded = Embedded::open(folder.as_deref())?;
                let transport = self.logged(Arc::new(embedded));
                Ok(Client::new(transport, Embedded::credentials()))
            }
            Place::Nowhere => Ok(Nowhere::session()),
            Place::Server(server) => self.at(server, self.credentials(server)?),
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
        let transport = Http::by(&server.url, &route, server.timeouts())?;
        Ok(Client::new(self.logged(Arc::new(transport)), credentials))
    }

    /// Token or password of the environment, else what is kept or can be asked.
    fn credentials(&self, server: &Server) -> anyhow::Result<Credentials> {
        if let Some(token) = &server.token {
            return Ok(Credentials::Token(token.clone()));
        }
        if let (Some(user), Some(password)) =
            (server.settings.text("user"), &server.password)
        {
            let (user, password) = (user.to_owned(), password.clone());
            return Ok(Credentials::Password { user, password });
        }
        let wallet = Wallet::new(server, &self.vault, &self.terminal)?;
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
            total: period("timeout").unwrap_or(usual.total),
        }
    }
}
