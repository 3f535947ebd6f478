//! What faults do to sessions, tokens and logins.
use super::fault::refused_outright;
use super::rpc::{self, Answer, Calls};
use super::sandbox::{Sandbox, service_of};
use super::store::Slot;
use crate::model::{Kind, Timestamp};
use crate::wire::Fault;
use crate::wire::bean::{Graph, Method, Node, Request};

impl Sandbox {
    /// What time it is here.
    pub(super) fn now(&self) -> Timestamp {
        self.clock().now()
    }

    /// Ends a session as a restart does.
    pub(super) fn forget_session(&self, token: &str) {
        // Only a token without any text cannot be ended.
        let _ = self.alone().sessions.end(Some(token));
    }

    /// Makes a session one that was not used for too long.
    pub(super) fn tire_session(&self, token: &str) {
        self.alone().sessions.tire(token);
    }

    /// Lets a personal access token be over since a moment ago.
    pub(super) fn expire_token(&self, token: &str) {
        let over = self.now().0 - 1;
        let mut state = self.alone();
        let found = state.store.find(Kind::PersonalAccessToken, "permId", token);
        let Some(number) = found.map(|token| token.number) else { return };
        state.store.set(number, "validToDate", Slot::Time(over));
        if state.store.commit().is_err() {
            state.store.rollback();
        }
    }

    /// What is answered while the administrator has switched logins off.
    pub(super) fn refuse_login(service: &str, request: &str) -> Answer {
        rpc::answer(&NoLogins, service_of(service), request)
    }
}

/// Refuses every call.
struct NoLogins;

impl Calls for NoLogins {
    fn call(&self, _: &'static Method, _: Request) -> Result<(Graph, Node), Fault> {
        Err(refused_outright("Login is disabled by the administrator."))
    }
}
