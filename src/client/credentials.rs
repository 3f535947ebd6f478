use std::fmt;
use std::sync::Arc;

use super::{Client, Error, Secret};
use crate::wire::Call;

/// How to become somebody on the server.
#[derive(Clone, Debug, Default)]
pub enum Credentials {
    #[default]
    None,
    Password {
        user: String,
        password: Secret,
    },
    /// Of an administrator, who becomes somebody else.
    As {
        user: String,
        password: Secret,
        other: String,
    },
    /// As the person whom the server has for those without a name.
    Anonymous,
    /// A session token or a personal access token.
    Token(Secret),
    /// Somebody keeps them, and is asked when they are needed.
    Kept(Arc<dyn Keys>),
}

/// Keeps passwords and tokens, and gives one after the other.
pub trait Keys: Send + Sync {
    /// What to try: first of all, or in place of the token that the server no longer knows.
    /// `None` where nothing is left to try; never [`Credentials::Kept`].
    fn next(&self, lost: Option<&Secret>) -> Result<Option<Credentials>, Error>;

    /// A session was begun with what was given last: its token may be kept.
    fn began(&self, token: &Secret);
}

impl fmt::Debug for dyn Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys")
    }
}

impl Client {
    /// Begins a session; the token. One that is given is taken as it is.
    pub(super) fn begin(&self, credentials: &Credentials) -> Result<Secret, Error> {
        let (call, refused) = match credentials {
            Credentials::None | Credentials::Kept(_) => return Err(Error::NoCredentials),
            Credentials::Token(token) => return Ok(token.clone()),
            Credentials::Password { user, password } => (
                Call::Login { user, password: password.reveal() },
                Error::WrongPassword { user: user.clone() },
            ),
            Credentials::As { user, password, other } => (
                Call::LoginAs { user, password: password.reveal(), other },
                Error::NotAs { user: user.clone(), other: other.clone() },
            ),
            Credentials::Anonymous => (
                Call::LoginAnonymously,
                Error::NotAnonymously { url: self.url().to_owned() },
            ),
        };
        let token = self.understood(self.carry(&call, "", None)??.text())?;
        Ok(token.ok_or(refused)?.into())
    }

    /// Begins a session in place of a lost one. A token is looked at first: it may be as
    /// dead.
    pub(super) fn begin_anew(&self, credentials: &Credentials) -> Result<Secret, Error> {
        let token = self.begin(credentials)?;
        if !matches!(credentials, Credentials::Token(_)) {
            return Ok(token);
        }
        match self.is_session_active(Some(token.reveal()))? {
            true => Ok(token),
            false => Err(Error::NoCredentials),
        }
    }
}
