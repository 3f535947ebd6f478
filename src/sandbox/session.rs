//! Who is logged in.
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::fault::{no_session, refused_outright};
use super::search::Memory;
use super::store::{Number, Store};
use crate::model::{Kind, Timestamp};
use crate::wire::Fault;

/// After how many milliseconds without a call a session is over.
const LONGEST_PAUSE: i64 = 12 * 60 * 60 * 1000;

const OVER: i64 = i64::MIN;

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
    /// When it was last used, in milliseconds since 1970; [`OVER`] if it ended so long ago
    /// that nobody knows of it any more.
    used: Arc<AtomicI64>,
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
            used: Arc::new(AtomicI64::new(now.0)),
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

    fn used(&self) -> i64 {
        self.used.load(Ordering::Relaxed)
    }

    fn is_over(&self, now: Timestamp) -> bool {
        let used = self.used();
        used == OVER || self.name.is_none() && used + LONGEST_PAUSE < now.0
    }
}

impl Sessions {
    /// Opens a session; those that are long over make room.
    pub(super) fn add(&mut self, session: Session) {
        let oldest = session.used() - 2 * LONGEST_PAUSE;
        self.open.retain(|_, it| it.name.is_some() || it.used() >= oldest);
        self.open.insert(session.token.clone(), session);
    }

    /// The session of a token, or why there is none. Each use makes it last longer.
    pub(super) fn of(
        &self,
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
        let session = self.open.get(token).ok_or_else(|| Self::unknown(token))?;
        if session.is_over(now) {
            let before = session.used.swap(OVER, Ordering::Relaxed);
            return Err(match before {
                OVER => Self::unknown(token),
                _ => no_session("Session no longer available. Please login again."),
            });
        }
        session.used.store(now.0, Ordering::Relaxed);
        Ok(session)
    }

    /// What is said of a token that nobody has.
    pub(super) fn unknown(token: &str) -> Fault {
        no_session(format!("Session token '{token}' is invalid: user is not logged in."))
    }

    /// All sessions, by token.
    pub(super) fn all(&self) -> impl Iterator<Item = &Session> {
        self.open.values().filter(|session| session.used() != OVER)
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
    pub(super) fn tire(&self, token: &str) {
        if let Some(session) = self.open.get(token) {
            session.used.store(i64::MIN / 2, Ordering::Relaxed);
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
