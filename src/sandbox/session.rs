//! Who is logged in.
use std::collections::BTreeMap;

use super::fault::{no_session, refused_outright};
use super::search::Memory;
use super::store::Number;
use crate::wire::Fault;

/// The sessions that are open, by token.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    open: BTreeMap<String, Session>,
}

/// One login.
#[derive(Clone, Debug)]
pub(super) struct Session {
    pub(super) token: String,
    pub(super) person: Number,
    /// Who opened it: somebody else, if it was opened in the name of the person.
    pub(super) creator: Number,
    /// The session name of the personal access tokens that it is for.
    pub(super) name: Option<String>,
    /// What its searches found.
    pub(super) memory: Memory,
}

impl Session {
    /// An ordinary session.
    pub(super) fn of(person: Number, token: String) -> Self {
        Self { token, person, creator: person, name: None, memory: Memory::default() }
    }
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
        self.open.get(token).ok_or_else(|| Self::unknown(token))
    }

    /// What is said of a token that nobody has.
    pub(super) fn unknown(token: &str) -> Fault {
        no_session(format!("Session token '{token}' is invalid: user is not logged in."))
    }

    /// All sessions, by token.
    pub(super) fn all(&self) -> impl Iterator<Item = &Session> {
        self.open.values()
    }

    /// Whether the token is one of an open session.
    pub(super) fn is_open(&self, token: Option<&str>) -> Result<bool, Fault> {
        match token {
            None | Some("") => Err(refused_outright("Hash cannot be empty.")),
            Some(token) => Ok(self.open.contains_key(token)),
        }
    }

    /// Ends a session, if there is one.
    pub(super) fn end(&mut self, token: Option<&str>) -> Result<(), Fault> {
        let token = token.unwrap_or_default();
        if token.is_empty() {
            return Err(refused_outright("No 'sessionToken' specified."));
        }
        self.open.remove(token);
        Ok(())
    }
}
