use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Credentials, Error, Keys, Secret};

/// Who we are on the server: begun at first use, once for all threads.
pub(super) struct Session {
    state: Mutex<State>,
}

struct State {
    credentials: Credentials,
    token: Option<Secret>,
}

impl Session {
    pub(super) fn new(credentials: Credentials) -> Self {
        Self { state: Mutex::new(State { credentials, token: None }) }
    }

    /// The token; begins a session if there is none yet. Whoever comes meanwhile waits for
    /// it.
    pub(super) fn token(
        &self,
        begin: impl Fn(&Credentials) -> Result<Secret, Error>,
    ) -> Result<Secret, Error> {
        let mut state = self.lock();
        if let Some(token) = &state.token {
            return Ok(token.clone());
        }
        let token = match &state.credentials {
            Credentials::Kept(keys) => match keys.next(None)? {
                Some(credentials) => begun(keys, &credentials, begin)?,
                None => return Err(Error::NoCredentials),
            },
            credentials => begin(credentials)?,
        };
        state.token = Some(token.clone());
        Ok(token)
    }

    /// A token in place of one that the server no longer knows; nothing where nothing else
    /// is at hand.
    pub(super) fn renewed(
        &self,
        lost: &Secret,
        begin: impl Fn(&Credentials) -> Result<Secret, Error>,
    ) -> Result<Option<Secret>, Error> {
        let mut state = self.lock();
        if let Some(token) = state.token.as_ref().filter(|token| *token != lost) {
            return Ok(Some(token.clone()));
        }
        state.token = match &state.credentials {
            Credentials::None | Credentials::Token(_) => return Ok(None),
            Credentials::Kept(keys) => replaced(keys, lost, begin)?,
            credentials @ (Credentials::Password { .. }
            | Credentials::As { .. }
            | Credentials::Anonymous) => Some(begin(credentials)?),
        };
        Ok(state.token.clone())
    }

    /// Whether there is a token, or one can be had and nobody is asked.
    pub(super) fn is_at_hand(&self) -> bool {
        let state = self.lock();
        let may_ask =
            matches!(state.credentials, Credentials::None | Credentials::Kept(_));
        state.token.is_some() || !may_ask
    }

    /// Who it is, where it has begun.
    pub(super) fn user(&self) -> Option<String> {
        let state = self.lock();
        state.token.as_ref().map(|token| user_in_token(token.reveal()).to_owned())
    }

    /// Becomes somebody else; without a token the next use logs in.
    pub(super) fn become_somebody(
        &self,
        credentials: Credentials,
        token: Option<Secret>,
    ) {
        *self.lock() = State { credentials, token };
    }

    /// Forgets the token, and gives it where there was one.
    pub(super) fn end(&self) -> Option<Secret> {
        let mut state = self.lock();
        let given = match &state.credentials {
            Credentials::Token(token) => Some(token.clone()),
            Credentials::None
            | Credentials::Password { .. }
            | Credentials::As { .. }
            | Credentials::Anonymous
            | Credentials::Kept(_) => None,
        };
        state.token.take().or(given)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The user that a token belongs to, as it was spelt at login.
pub fn user_in_token(token: &str) -> &str {
    let own = token.strip_prefix("$pat-").unwrap_or(token);
    own.rsplit_once('-').map_or("", |(user, _)| user)
}

/// The first of the kept credentials that the server takes.
fn replaced(
    keys: &Arc<dyn Keys>,
    lost: &Secret,
    begin: impl Fn(&Credentials) -> Result<Secret, Error>,
) -> Result<Option<Secret>, Error> {
    while let Some(credentials) = keys.next(Some(lost))? {
        match begun(keys, &credentials, &begin) {
            Err(Error::NoCredentials) => {}
            outcome => return outcome.map(Some),
        }
    }
    Ok(None)
}

/// A session with kept credentials; whoever keeps them learns of it.
fn begun(
    keys: &Arc<dyn Keys>,
    credentials: &Credentials,
    begin: impl Fn(&Credentials) -> Result<Secret, Error>,
) -> Result<Secret, Error> {
    let token = begin(credentials)?;
    if !matches!(credentials, Credentials::Token(_)) {
        keys.began(&token);
    }
    Ok(token)
}
