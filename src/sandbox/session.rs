//! Who is logged in.
use std::collections::HashMap;

use super::fault::{no_session, refused_outright};
use super::store::Number;
use crate::wire::Fault;

/// The sessions that are open, by token.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    open: HashMap<String, Session>,
}

/// One login.
#[derive(Clone, Debug)]
pub(super) struct Session {
    pub(super) token: String,
    pub(super) person: Number,
    /// As typed at login.
    pub(super) user: String,
}

impl Sessions {
    pub(super) fn add(&mut self, session: Session) {
        self.open.insert(session.token.clone(), session);
    }

    /// The session of a token, or why there is none.
    pub(super) fn of(&self, token: Option<&str>) -> Result<&Session, Fault> {
        let token = token.unwrap_or_default();
        if token.is_empty() {
            return Err(refused_outright("Hash cannot be empty."));
        }
        if token.trim().is_empty() {
            return Err(refused_outright("No 'sessionToken' specified."));
        }
        self.open.get(token).ok_or_else(|| {
            no_session(format!(
                "Session token '{token}' is invalid: user is not logged in."
            ))
        })
    }

    pub(super) fn end(&mut self, token: &str) {
        self.open.remove(token);
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Session> {
        self.open.values()
    }
}
