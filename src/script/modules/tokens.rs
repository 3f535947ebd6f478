use crate::client::{Credentials, SessionInformation};
use crate::script::error::Result;
use crate::script::{ErrorKind, ScriptError, Session, nearest};
use rhai::plugin::*;
use rhai::{Dynamic, Map};

/// Who one is: logging in, tokens, what is remembered.
#[export_module]
pub mod tokens {
    use super::{become_somebody, check_cache, refused, told};
    use rhai::{Dynamic, Map};

    use crate::client::{Credentials, user_in_token};
    use crate::script::error::Result;
    use crate::script::{ScriptError, Session};

    /// Logs in as somebody; the session token. `o` is that user from then on.
    ///
    /// # Errors
    /// `unauthorized` when user or password are wrong.
    ///
    /// ```rhai
    /// assert(o.login("admin", "admin").starts_with("admin-"));
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn login(session: &mut Session, user: &str, password: &str) -> Result<String> {
        let password = password.into();
        become_somebody(session, Credentials::Password { user: user.into(), password })
    }

    /// Logs in now, instead of at first use; the session token.
    ///
    /// ```rhai
    /// o.login();
    /// assert(o.is_session_active());
    /// ```
    #[rhai_fn(name = "login", return_raw, pure)]
    pub fn login_now(session: &mut Session) -> Result<String> {
        Ok(session.client().token().map_err(ScriptError::from)?)
    }

    /// Ends the session; the next use begins a new one.
    ///
    /// ```rhai
    /// o.logout();
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn logout(session: &mut Session) -> Result<()> {
        Ok(session.client().logout().map_err(ScriptError::from)?)
    }

    /// Whether the session is alive.
    ///
    /// ```rhai
    /// assert(o.is_session_active());
    /// ```
    #[rhai_fn(name = "is_session_active", name = "is_token_valid", return_raw, pure)]
    pub fn is_session_active(session: &mut Session) -> Result<bool> {
        Ok(session.client().is_session_active(None).map_err(ScriptError::from)?)
    }

    /// Whether the session of another token is alive.
    ///
    /// ```rhai
    /// assert(!o.is_token_valid("nobody-1"));
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn is_token_valid(session: &mut Session, token: &str) -> Result<bool> {
        Ok(session.client().is_session_active(Some(token)).map_err(ScriptError::from)?)
    }

    /// The session token; logs in if need be.
    ///
    /// ```rhai
    /// assert(o.is_token_valid(o.token));
    /// ```
    #[rhai_fn(get = "token", return_raw, pure)]
    pub fn token(session: &mut Session) -> Result<String> {
        login_now(session)
    }

    /// Uses this session token or personal access token from now on.
    ///
    /// # Errors
    /// `unauthorized` when the server does not know it; then nothing has changed.
    ///
    /// ```rhai
    /// o.token = o.token;
    /// assert_eq(o.whoami(), "admin");
    /// ```
    #[rhai_fn(set = "token", return_raw)]
    pub fn put_token(session: &mut Session, token: &str) -> Result<()> {
        set_token(session, token)
    }

    /// Uses this session token or personal access token from now on.
    ///
    /// # Errors
    /// `unauthorized` when the server does not know it; then nothing has changed.
    ///
    /// ```rhai
    /// o.set_token(o.token);
    /// try { o.set_token("nobody-1"); } catch (e) { assert_eq(e.kind, "unauthorized"); }
    /// assert_eq(o.whoami(), "admin");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn set_token(session: &mut Session, token: &str) -> Result<()> {
        if !is_token_valid(session, token)? {
            return Err(refused().into());
        }
        become_somebody(session, Credentials::Token(token.into()))?;
        Ok(())
    }

    /// Whose session it is: `userName`, `homeGroupCode`, `sessionToken`, whether a personal
    /// access token began it.
    ///
    /// ```rhai
    /// assert_eq(o.get_session_info().userName, "admin");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn get_session_info(session: &mut Session) -> Result<Map> {
        let info = session.client().session_information().map_err(ScriptError::from)?;
        Ok(told(info, login_now(session)?))
    }

    /// Whose session the one of another token is.
    ///
    /// ```rhai
    /// assert_eq(o.get_session_info(o.token).userName, "admin");
    /// ```
    #[rhai_fn(name = "get_session_info", return_raw, pure)]
    pub fn get_session_info_of(session: &mut Session, token: &str) -> Result<Map> {
        let info = session.client().session_information_of(token);
        Ok(told(info.map_err(ScriptError::from)?, token.to_owned()))
    }

    /// Whether a token is one of a session, and not a personal access token.
    ///
    /// ```rhai
    /// assert(is_session_token(o.token));
    /// ```
    pub fn is_session_token(token: &str) -> bool {
        !is_personal_access_token(token)
    }

    /// Whether a token is a personal access token.
    ///
    /// ```rhai
    /// assert(is_personal_access_token("$pat-admin-1"));
    /// ```
    pub fn is_personal_access_token(token: &str) -> bool {
        token.starts_with("$pat")
    }

    /// Logs in as an administrator who becomes somebody else; the session token.
    ///
    /// # Errors
    /// `unauthorized` when user or password are wrong, or the user is no administrator.
    ///
    /// ```rhai
    /// o.login_as("admin", "admin", "observer");
    /// assert_eq(o.whoami(), "observer");
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn login_as(
        session: &mut Session,
        user: &str,
        password: &str,
        other: &str,
    ) -> Result<String> {
        let (user, other) = (user.to_owned(), other.to_owned());
        let credentials = Credentials::As { user, password: password.into(), other };
        become_somebody(session, credentials)
    }

    /// Logs in as the person whom the server has for those without a name; the session token.
    ///
    /// # Errors
    /// `unauthorized` where the server has nobody for them.
    ///
    /// ```rhai
    /// try { o.login_as_anonymous(); } catch (e) { assert_eq(e.kind, "unauthorized"); }
    /// ```
    #[rhai_fn(
        name = "login_as_anonymous",
        name = "login_as_anonymous_user",
        return_raw,
        pure
    )]
    pub fn login_as_anonymous(session: &mut Session) -> Result<String> {
        become_somebody(session, Credentials::Anonymous)
    }

    /// The user that a token belongs to, as it was spelt at login.
    ///
    /// ```rhai
    /// assert_eq(extract_username_from_token(o.token), "admin");
    /// assert_eq(extract_username_from_token("$pat-jo-hn-261122215624462x77B4"), "jo-hn");
    /// ```
    pub fn extract_username_from_token(token: &str) -> String {
        user_in_token(token).to_owned()
    }

    /// Forgets what is known of types and vocabularies, so that it is read anew.
    ///
    /// ```rhai
    /// o.clear_cache();
    /// ```
    #[rhai_fn(pure)]
    pub fn clear_cache(session: &mut Session) {
        session.forget();
    }

    /// Forgets what is known of one sort of thing: `sampleType`, `vocabulary` … Of objects
    /// nothing is remembered, and types are forgotten together.
    ///
    /// # Errors
    /// `invalid` when it is nothing that pyBIS remembers.
    ///
    /// ```rhai
    /// o.clear_cache("sampleType");
    /// ```
    #[rhai_fn(name = "clear_cache", return_raw, pure)]
    pub fn clear_cache_of(session: &mut Session, entity: Dynamic) -> Result<()> {
        check_cache(&entity)?;
        session.forget();
        Ok(())
    }
}

fn become_somebody(session: &Session, credentials: Credentials) -> Result<String> {
    let token = session.client().login(credentials).map_err(ScriptError::from)?;
    session.forget();
    Ok(token)
}

fn refused() -> ScriptError {
    ScriptError::new(ErrorKind::Unauthorized, "the server does not know this token")
}

fn told(info: SessionInformation, token: String) -> Map {
    let or_unit = |text: Option<String>| text.map_or(Dynamic::UNIT, Dynamic::from);
    let facts = [
        ("userName", info.user.clone().into()),
        ("person", info.user.into()),
        ("creatorPerson", or_unit(info.creator)),
        ("homeGroupCode", or_unit(info.home_space)),
        ("sessionToken", token.into()),
        ("personalAccessTokenSession", info.access_token.is_some().into()),
        ("personalAccessTokenSessionName", or_unit(info.access_token)),
    ];
    facts.into_iter().map(|(name, value)| (name.into(), value)).collect()
}

/// What pyBIS remembers, by its names.
const CACHES: &[&str] = &[
    "space",
    "project",
    "experiment",
    "sample",
    "sampleType",
    "experimentType",
    "dataSetType",
    "materialType",
    "property_type",
    "propertyType",
    "vocabulary",
    "term",
    "tag",
];

fn check_cache(given: &Dynamic) -> Result<()> {
    let name = crate::script::value::text(given).unwrap_or_default();
    if given.is_unit() || CACHES.contains(&name.as_str()) {
        return Ok(());
    }
    let error = ScriptError::invalid(format!("there is no cache `{given}`"));
    let hint = nearest::hint(&name, CACHES);
    Err(hint.into_iter().fold(error, ScriptError::hint).into())
}
