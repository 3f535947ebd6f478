//! Who is logged in.
use std::collections::BTreeMap;

use super::fault::{no_session, refused_outright};
use super::search::Memory;
use super::store::{Number, Store};
use crate::model::{Kind, Timestamp};
use crate::wire::Fault;

/// After how many milliseconds without a call a session is over.
const LONGEST_PAUSE: i64 = 12 * 60 * 60 * 1000;

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
    /// The groups that the person was in at the login.
    pub(super) groups: Vec<Number>,
    /// When it was last used.
    used: Timestamp,
    /// What its searches found.
    pub(super) memory: Memory,
}

impl Session {
    /// An ordinary session.
    pub(super) fn of(
        store: &Store,
        person: Number,
        token: String,
        now: Timestamp,
    ) -> Self {
        let groups = store.linking(Kind::AuthorizationGroup, "users", person);
        Self {
            token,
            person,
            creator: person,
            name: None,
            groups: groups.map(|group| group.number).collect(),
            used: now,
            memory: Memory::default(),
        }
    }

    /// The same, opened by somebody else.
    pub(super) fn opened_by(self, creator: Number) -> Self {
        Self { creator, ..self }
    }

    /// The same, for personal access tokens with this session name.
    pub(super) fn named(self, name: String) -> Self {
        Self { name: Some(name), ..self }
    }

    fn is_over(&self, now: Timestamp) -> bool {
        self.name.is_none() && self.used.0 + LONGEST_PAUSE < now.0
    }
}

impl Sessions {
    pub(super) fn add(&mut self, session: Session) {
        self.open.insert(session.token.clone(), session);
    }

    /// The session of a token, or why there is none. Each use makes it last longer.
    pub(super) fn of(
        &mut self,
        token: Option<&str>,
        now: Timestamp,
    ) -> Result<&Session, Fault> {
        let token = token.unwrap_or_default();
        if token.is_empty() {
            return Err(refused_outright("Hash cannot be empty."));
        }
        if token.trim().is_empty() {
            return Err(refused_outright("No 'sessionToken' specified."));
        }
        if self.open.get(token).is_some_and(|session| session.is_over(now)) {
            self.open.remove(token);
            return Err(no_session("Session no longer available. Please login again."));
        }
        let session = self.open.get_mut(token).ok_or_else(|| Self::unknown(token))?;
        session.used = now;
        Ok(session)
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
    pub(super) fn is_open(
        &self,
        token: Option<&str>,
        now: Timestamp,
    ) -> Result<bool, Fault> {
        match token {
            None | Some("") => Err(refused_outright("Hash cannot be empty.")),
            Some(token) => {
                Ok(self.open.get(token).is_some_and(|session| !session.is_over(now)))
            }
        }
    }

    /// Makes a session one that was not used for too long.
    pub(super) fn tire(&mut self, token: &str) {
        if let Some(session) = self.open.get_mut(token) {
            session.used = Timestamp(i64::MIN / 2);
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
