use super::config::Config;
use super::place::{Place, Server};
use super::session::Sessions;
use crate::client::{Client, Credentials};
use crate::script::{Connect, ConnectOptions, ErrorKind, ScriptError};

/// Makes the further sessions of a script.
pub(crate) struct Connector {
    pub(crate) sessions: Sessions,
    pub(crate) config: Config,
}

impl Connect for Connector {
    fn profile(&self, name: &str) -> Result<Client, ScriptError> {
        let profile = self.config.profile(name).map_err(|usage| {
            usage
                .hints
                .iter()
                .fold(ScriptError::not_found(&usage.message), |error, hint| {
                    error.hint(hint)
                })
        })?;
        let server = Server::of(name, profile);
        self.sessions.open(&Place::Server(server)).map_err(|error| failed(&error))
    }

    fn url(&self, url: &str, options: ConnectOptions) -> Result<Client, ScriptError> {
        if options.verify_certificates == Some(false) {
            return Err(ScriptError::new(
                ErrorKind::Denied,
                "certificates are verified always",
            )
            .hint("a profile with `ca_file` trusts a self-signed certificate"));
        }
        let server = Server::at(url);
        let session = match options.credentials {
            Credentials::None => self.sessions.open(&Place::Server(server)),
            known @ (Credentials::Password { .. }
            | Credentials::As { .. }
            | Credentials::Anonymous
            | Credentials::Token(_)
            | Credentials::Kept(_)) => self.sessions.at(&server, known),
        };
        session.map_err(|error| failed(&error))
    }
}

fn failed(error: &anyhow::Error) -> ScriptError {
    ScriptError::new(ErrorKind::Unreachable, format!("{error:#}"))
}
