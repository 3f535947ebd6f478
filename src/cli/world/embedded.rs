use std::path::Path;
use std::sync::Arc;

use super::clock::SystemClock;
use crate::cli::commands::sandbox::{Seed, accounts};
use crate::client::{Answer, Credentials, Error, Transport};
use crate::sandbox::{self, Sandbox, Settings};

/// The sandbox in this process: requests and answers pass as text, as they would over
/// the net.
pub(crate) struct Embedded {
    sandbox: Sandbox,
}

impl Embedded {
    /// With the demo lab in it; kept in the folder, if there is one.
    pub(crate) fn open(folder: Option<&Path>) -> Result<Self, sandbox::Error> {
        let settings = Settings {
            seed: Seed::Demo.into(),
            users: accounts(Seed::Demo),
            any_password: false,
            anonymous_user: None,
            dialect: crate::wire::bean::Dialect::default(),
            data: folder.map(Path::to_owned),
            clock: Arc::new(SystemClock),
        };
        Ok(Self { sandbox: Sandbox::open(settings)? })
    }

    /// Its administrator, who works in it.
    pub(crate) const USER: &str = "admin";

    pub(crate) fn credentials() -> Credentials {
        Credentials::Password { user: Self::USER.to_owned(), password: "admin".into() }
    }
}

impl Transport for Embedded {
    fn url(&self) -> &'static str {
        "sandbox"
    }

    fn carry(&self, service: &str, request: &str) -> Result<Answer, Error> {
        let service =
            if service == "DSS" { "data-store-server" } else { "application-server" };
        let answer = self.sandbox.answer(service, request);
        Ok(Answer { status: answer.status, body: answer.body })
    }
}
