//! Personal access tokens in place of session tokens.
use super::fault::{no_session, refused_outright};
use super::random;
use super::sandbox::State;
use super::session::{Session, Sessions};
use super::store::{Number, Object, Slot, Store};
use crate::model::{Kind, Timestamp};
use crate::wire::Fault;

/// How they begin, all others never.
pub(super) const PREFIX: &str = "$pat-";

/// How much time may pass, in milliseconds, until a further use is noted.
const NOTED: i64 = 1000;

/// What they cannot be used for: the ends of methods, and what that is.
const FORBIDDEN: &[(&str, &str)] =
    &[("PersonalAccessTokens", "personal access tokens"), ("Persons", "persons")];

/// Whether a session token is a personal access token.
pub(super) fn is_personal(token: &str) -> bool {
    token.starts_with(PREFIX)
}

/// Refuses methods that take an ordinary session.
pub(super) fn permit(method: &str) -> Result<(), Fault> {
    let changes =
        ["create", "update", "delete"].iter().find_map(|it| method.strip_prefix(it));
    match FORBIDDEN.iter().find(|row| changes == Some(row.0)) {
        None => Ok(()),
        Some((_, what)) => Err(refused_outright(format!(
            "Personal access tokens cannot be used to manage {what}."
        ))),
    }
}

/// As [`session`], where the use is noted already and the session open.
///
/// # Errors
/// Where the token is unknown or does not hold now.
pub(super) fn known_session(
    state: &State,
    token: &str,
    now: Timestamp,
) -> Result<Option<Session>, Fault> {
    let Some(known) = state.store.find(Kind::PersonalAccessToken, "permId", token) else {
        return Err(Sessions::unknown(token));
    };
    check(known, now)?;
    Ok(opened(state, known).filter(|_| is_noted(known, now)).cloned())
}

/// The session of a token: one for all of the owner's tokens with that session name. The
/// use is noted.
pub(super) fn session(
    state: &mut State,
    token: &str,
    now: Timestamp,
) -> Result<Session, Fault> {
    let Some(known) = state.store.find(Kind::PersonalAccessToken, "permId", token) else {
        return Err(Sessions::unknown(token));
    };
    check(known, now)?;
    let (number, is_noted) = (known.number, is_noted(known, now));
    let session = shared(state, number, now).ok_or_else(|| Sessions::unknown(token))?;
    if !is_noted {
        state.store.set(number, "accessDate", Slot::Time(now.0));
    }
    Ok(session)
}

/// Whether a token is known and holds now.
pub(super) fn is_active(store: &Store, token: &str, now: Timestamp) -> bool {
    let known = store.find(Kind::PersonalAccessToken, "permId", token);
    known.is_some_and(|known| check(known, now).is_ok())
}

/// Whether there still is a token for the session, if it is one of tokens.
pub(super) fn is_wanted(store: &Store, session: &Session) -> bool {
    let Some(name) = &session.name else { return true };
    let mut own = store.linking(Kind::PersonalAccessToken, "owner", session.person);
    own.any(|token| token.text("sessionName") == Some(name))
}

fn check(token: &Object, now: Timestamp) -> Result<(), Fault> {
    if token.time("validFromDate").is_some_and(|from| now.0 < from) {
        return Err(no_session("Personal access token is not yet valid."));
    }
    if token.time("validToDate").is_some_and(|to| now.0 > to) {
        return Err(no_session("Personal access token is no longer valid."));
    }
    Ok(())
}

fn is_noted(token: &Object, now: Timestamp) -> bool {
    token.time("accessDate").is_some_and(|used| used + NOTED >= now.0)
}

fn opened<'s>(state: &'s State, token: &Object) -> Option<&'s Session> {
    let (owner, name) = (token.one("owner")?, token.text("sessionName")?);
    let mut sessions = state.sessions.all();
    sessions.find(|it| it.person == owner && it.name.as_deref() == Some(name))
}

fn shared(state: &mut State, token: Number, now: Timestamp) -> Option<Session> {
    let token = state.store.get(token)?;
    let (owner, name) = (token.one("owner")?, token.text("sessionName")?);
    if let Some(session) = opened(state, token) {
        return Some(session.clone());
    }
    let user = state.store.get(owner)?.text("userId").unwrap_or_default();
    let session = Session::of(&state.store, owner, random::token(user, now), now);
    let session = session.named(name.to_owned());
    state.sessions.add(session.clone());
    Some(session)
}
