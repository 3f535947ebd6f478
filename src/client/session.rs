use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Credentials, Error, Secret};

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

    /// The token, by `login` if there is none yet. Whoever comes meanwhile waits for it.
    pub(super) fn token(
        &self,
        login: impl FnOnce(&str, &Secret) -> Result<Secret, Error>,
    ) -> Result<Secret, Error> {
        self.lock().token(login)
    }

    /// A token in place of one that the server no longer knows; nothing where no password
    /// is at hand.
    pub(super) fn renewed(
        &self,
        lost: &Secret,
        login: impl FnOnce(&str, &Secret) -> Result<Secret, Error>,
    ) -> Result<Option<Secret>, Error> {
        let mut state = self.lock();
        if !matches!(state.credentials, Credentials::Password { .. }) {
            return Ok(None);
        }
        if state.token.as_ref() == Some(lost) {
            state.token = None;
        }
        state.token(login).map(Some)
    }

    /// Becomes somebody else; the next use logs in.
    pub(super) fn become_somebody(&self, credentials: Credentials) {
        *self.lock() = State { credentials, token: None };
    }

    /// Forgets the token, and gives it where there was one.
    pub(super) fn end(&self) -> Option<Secret> {
        let mut state = self.lock();
        let given = match &state.credentials {
            Credentials::Token(token) => Some(token.clone()),
            Credentials::None | Credentials::Password { .. } => None,
        };
        state.token.take().or(given)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn token(
        &mut self,
        login: impl FnOnce(&str, &Secret) -> Result<Secret, Error>,
    ) -> Result<Secret, Error> {
        if let Some(token) = &self.token {
            return Ok(token.clone());
        }
        let token = match &self.credentials {
            Credentials::None => return Err(Error::NoCredentials),
            Credentials::Token(token) => token.clone(),
            Credentials::Password { user, password } => login(user, password)?,
        };
        self.token = Some(token.clone());
        Ok(token)
    }
}
