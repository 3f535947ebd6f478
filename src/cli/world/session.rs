//! From a place to a session there.
use std::sync::Arc;

use super::embedded::Embedded;
use super::nowhere::Nowhere;
use super::place::{Place, Server};
use super::tokens::Tokens;
use super::wire_log::{Logged, WireLog};
use crate::cli::mistake::Mistake;
use crate::client::{Client, Credentials, Http, Secret, Timeouts, Transport};

/// Opens sessions, all with the same wire log and the same store of tokens.
#[derive(Clone)]
pub(crate) struct Sessions {
    pub(crate) tokens: Tokens,
    pub(crate) wire_log: Option<Arc<WireLog>>,
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
        let transport = Http::new(&server.url, Timeouts::default())?;
        Ok(Client::new(self.logged(Arc::new(transport)), credentials))
    }

    /// Token, then password, then the token of the last login, then the password that a
    /// command tells.
    fn credentials(&self, server: &Server) -> anyhow::Result<Credentials> {
        if let Some(token) = &server.token {
            return Ok(Credentials::Token(token.clone()));
        }
        if let (Some(user), Some(password)) = (&server.user, &server.password) {
            return Ok(with_password(user, password));
        }
        if let Some(token) = self.tokens.read(&server.name) {
            return Ok(Credentials::Token(token));
        }
        match (&server.user, &server.password_command) {
            (Some(user), Some(command)) => {
                Ok(with_password(user, &password_from(command)?))
            }
            (Some(_) | None, _) => Ok(Credentials::None),
        }
    }

    fn logged(&self, transport: Arc<dyn Transport>) -> Arc<dyn Transport> {
        match &self.wire_log {
            Some(log) => Arc::new(Logged::new(transport, Arc::clone(log))),
            None => transport,
        }
    }
}

fn with_password(user: &str, password: &Secret) -> Credentials {
    Credentials::Password { user: user.to_owned(), password: password.clone() }
}

/// What the command of a profile prints.
pub(crate) fn password_from(command: &str) -> anyhow::Result<Secret> {
    let shell = if cfg!(windows) { ["cmd", "/C"] } else { ["sh", "-c"] };
    let output = std::process::Command::new(shell[0])
        .args([shell[1], command])
        .stdin(std::process::Stdio::null())
        .stderr(std::process::Stdio::inherit())
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let password = text.trim_end_matches(['\r', '\n']);
    if !output.status.success() || password.is_empty() {
        return Err(
            Mistake::new("the profile's `password_command` gave no password").into()
        );
    }
    Ok(Secret::from(password))
}
