use std::collections::HashMap;
use std::ops::{Deref, DerefMut};

use super::Settings;
use super::rights::Rights;
use super::search::Memory;
use super::session::Session;
use super::store::{Number, Object, Store};
use crate::model::Timestamp;
use crate::wire::Fault;

/// The store, as a request has it: beside others, or alone.
#[derive(Debug)]
pub(crate) enum Held<'s> {
    /// Beside other requests that change nothing either: such a request has its [`Work`]
    /// by a shared reference only, so that nothing of it can be changed.
    Shared(&'s Store),
    Alone(&'s mut Store),
}

impl Deref for Held<'_> {
    type Target = Store;

    fn deref(&self) -> &Store {
        match self {
            Self::Shared(store) => store,
            Self::Alone(store) => store,
        }
    }
}

impl DerefMut for Held<'_> {
    fn deref_mut(&mut self) -> &mut Store {
        match self {
            Self::Alone(store) => store,
            Self::Shared(_) => unreachable!("only `dispatch` shares, and lends `&Work`"),
        }
    }
}

/// One request being carried out: what it works on, for whom, and what it has made so far.
///
/// All of it is one transaction: the caller commits or rolls back.
#[derive(Debug)]
pub(crate) struct Work<'s> {
    pub(crate) store: Held<'s>,
    /// The person whose session it is.
    pub(crate) caller: Number,
    /// What that person may see and do.
    pub(crate) rights: Rights,
    pub(crate) now: Timestamp,
    /// What was made under a `CreationId`.
    pub(crate) made: HashMap<String, Number>,
    /// What the session's searches found before.
    pub(crate) memory: Memory,
    pub(crate) settings: &'s Settings,
}

impl<'s> Work<'s> {
    pub(super) fn new(
        store: Held<'s>,
        session: &Session,
        settings: &'s Settings,
        now: Timestamp,
    ) -> Self {
        let rights = Rights::with_groups(&store, session.person, &session.groups);
        Self {
            store,
            caller: session.person,
            rights,
            now,
            made: HashMap::new(),
            memory: session.memory.clone(),
            settings,
        }
    }

    /// Checks what only a strict sandbox minds.
    pub(super) fn strictly(
        &self,
        check: impl FnOnce(&Store) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        if self.settings.dialect.strict { check(&self.store) } else { Ok(()) }
    }

    /// Whether somebody of this name could log in, if there were a person of it.
    pub(crate) fn knows_user(&self, user: &str) -> bool {
        let mut users = self.settings.users.iter();
        self.settings.any_password || users.any(|known| known.0 == user)
    }

    /// An object that is known to be there, since its number came from the store.
    pub(crate) fn object(&self, number: Number) -> Result<&Object, Fault> {
        let object = self.store.get(number).map(|object| &**object);
        object.ok_or_else(super::fault::null_pointer)
    }

    /// The user id of the caller.
    pub(crate) fn user(&self) -> &str {
        let person = self.store.get(self.caller);
        person.and_then(|person| person.text("userId")).unwrap_or_default()
    }

    /// A permId that was never given before.
    pub(crate) fn perm_id(&mut self) -> String {
        perm_id(&mut self.store, self.now)
    }
}

/// `yyyyMMddHHmmssSSS-<number>`, never given twice.
pub(crate) fn perm_id(store: &mut Store, now: Timestamp) -> String {
    let time = chrono::DateTime::from_timestamp_millis(now.0).unwrap_or_default();
    format!("{}-{}", time.format("%Y%m%d%H%M%S%3f"), store.next("permId"))
}
