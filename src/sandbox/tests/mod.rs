//! Stories told to a sandbox in the words of the wire.
mod data_sets;
mod events;
mod type_groups;

use std::sync::Arc;

use super::{Sandbox, Seed, Settings, StoppedClock};
use crate::model::Timestamp;
use crate::wire::bean::{Api, Dialect};

const NOON: Timestamp = Timestamp(1_700_000_000_000);

/// An empty sandbox and its administrator.
pub(super) struct Lab {
    sandbox: Sandbox,
    token: String,
}

impl Lab {
    pub(super) fn new() -> Self {
        Self::speaking(Api::Of2023)
    }

    /// One that speaks as this version of the server does.
    pub(super) fn speaking(api: Api) -> Self {
        Self::with(Seed::Empty, api)
    }

    /// One with the data sets of the demo lab and their store.
    pub(super) fn of_demo() -> Self {
        Self::with(Seed::Demo, Api::Of2023)
    }

    fn with(seed: Seed, api: Api) -> Self {
        let settings = Settings {
            seed,
            users: vec![("admin".to_owned(), "pw".to_owned())],
            any_password: true,
            anonymous_user: None,
            dialect: Dialect { api, ..Dialect::default() },
            data: None,
            clock: Arc::new(StoppedClock::at(NOON)),
        };
        let mut lab =
            Self { sandbox: Sandbox::open(settings).unwrap(), token: String::new() };
        lab.login("admin");
        lab
    }

    /// From now on calls are those of this user.
    pub(super) fn login(&mut self, user: &str) {
        let request = envelope("login", &format!(r#""{user}","pw""#));
        let body = self.sandbox.answer("application-server", &request).body;
        let token = body.split('"').find(|part| part.starts_with(&format!("{user}-")));
        token.unwrap().clone_into(&mut self.token);
    }

    /// The answer to a call with these parameters behind the token.
    pub(super) fn ask(&self, method: &str, params: &str) -> String {
        let request = envelope(method, &format!("\"{}\",{params}", self.token));
        self.sandbox.answer("application-server", &request).body
    }

    /// As [`Self::ask`], where a refusal is a failure of the test.
    pub(super) fn call(&self, method: &str, params: &str) -> String {
        let body = self.ask(method, params);
        assert!(!body.contains(r#""error":"#), "{method}: {body}");
        body
    }
}

fn envelope(method: &str, params: &str) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":"1","method":"{method}","params":[{params}]}}"#)
}
