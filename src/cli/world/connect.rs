use std::path::PathBuf;

use super::environment::Environment;
use super::place::{Known, Place};
use super::session::Sessions;
use crate::cli::global::Global;
use crate::cli::mistake::Mistake;
use crate::cli::settings::Config;
use crate::client::{Client, Credentials, Error};
use crate::script::{Connect, ConnectOptions, ErrorKind, ScriptError, authority};

/// Makes the further sessions of a script.
pub(crate) struct Connector {
    pub(crate) sessions: Sessions,
    pub(crate) config: Config,
    pub(crate) global: Global,
    pub(crate) environment: Environment,
    pub(crate) folder: PathBuf,
}

impl Connector {
    fn known(&self) -> Known<'_> {
        Known {
            global: &self.global,
            environment: &self.environment,
            config: &self.config,
            folder: &self.folder,
        }
    }
}

impl Connect for Connector {
    fn profile(&self, name: &str) -> Result<Client, ScriptError> {
        let server = self.known().of(name).map_err(|usage| mistaken(&usage))?;
        self.sessions.open(&Place::Server(server)).map_err(failed)
    }

    fn url(&self, url: &str, options: ConnectOptions) -> Result<Client, ScriptError> {
        if options.verify_certificates == Some(false) && !self.sessions.insecure {
            return Err(unverified());
        }
        let server = self.known().at(url).map_err(|usage| mistaken(&usage))?;
        let session = match options.credentials {
            Credentials::None => self.sessions.open(&Place::Server(server)),
            known @ (Credentials::Password { .. }
            | Credentials::As { .. }
            | Credentials::Anonymous
            | Credentials::Token(_)
            | Credentials::Kept(_)) => self.sessions.at(&server, known),
        };
        session.map_err(failed)
    }

    fn is_known(&self, url: &str) -> bool {
        let asked = authority(url);
        let urls = self.config.profiles().filter_map(|(_, profile)| profile.get("url"));
        urls.into_iter().any(|known| authority(known) == asked)
    }
}

fn unverified() -> ScriptError {
    ScriptError::new(ErrorKind::Denied, "certificates are verified always")
        .hint("a profile with `ca_file` or `pin` trusts a self-signed certificate")
        .hint("`--insecure` takes any certificate, for this once")
}

fn mistaken(usage: &Mistake) -> ScriptError {
    let error = ScriptError::not_found(&usage.message);
    usage.hints.iter().fold(error, ScriptError::hint)
}

fn failed(error: anyhow::Error) -> ScriptError {
    match error.downcast::<Error>() {
        Ok(error) => error.into(),
        Err(error) => match error.downcast::<Mistake>() {
            Ok(usage) => mistaken(&usage),
            Err(error) => ScriptError::new(ErrorKind::Unreachable, format!("{error:#}")),
        },
    }
}
