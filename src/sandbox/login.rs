//! How somebody gets a session.
use super::fault::refused_outright;
use super::random;
use super::rights::Rights;
use super::sandbox::{Sandbox, State};
use super::session::{Session, Sessions};
use super::store::{Number, Slot, Store};
use crate::model::{Kind, Timestamp};
use crate::wire::Fault;

/// The server as a user.
const SYSTEM: &str = "system";
const OWN_SESSIONS: usize = 4;

/// The token of a new session; none where the password is wrong.
pub(super) fn login(
    sandbox: &Sandbox,
    state: &mut State,
    user: Option<&str>,
    password: Option<&str>,
) -> Result<Option<String>, Fault> {
    let given = |text: Option<&str>| text.is_some_and(|text| !text.trim().is_empty());
    if !given(password) {
        return Err(refused_outright("No 'password' specified."));
    }
    let (Some(user), Some(password), true) = (user, password, given(user)) else {
        return Err(refused_outright("No 'user' specified."));
    };
    if !knows(sandbox, user, password) {
        return Ok(None);
    }
    check_characters(user)?;
    let now = sandbox.clock().now();
    let person = match person(&state.store, user)? {
        Some(person) => person,
        None => register(&mut state.store, user, now)?,
    };
    open(state, (person, user), person, now).map(Some)
}

/// The token of a session in somebody else's name; none where the password is wrong, where
/// it is not an administrator who asks, and where there is nobody of the other name.
pub(super) fn login_as(
    sandbox: &Sandbox,
    state: &mut State,
    (user, password): (Option<&str>, Option<&str>),
    other: Option<&str>,
) -> Result<Option<String>, Fault> {
    let Some(own) = login(sandbox, state, user, password)? else { return Ok(None) };
    let creator = state.sessions.of(Some(&own), sandbox.clock().now())?.person;
    state.sessions.end(Some(&own))?;
    let Some(other) = other.filter(|_| Rights::of(&state.store, creator).is_admin())
    else {
        return Ok(None);
    };
    match person(&state.store, other)? {
        None => Ok(None),
        Some(person) => {
            open(state, (person, other), creator, sandbox.clock().now()).map(Some)
        }
    }
}

/// The token of a session without a name; none where nobody was appointed for it, and where
/// that person is not there.
pub(super) fn login_anonymously(
    sandbox: &Sandbox,
    state: &mut State,
) -> Result<Option<String>, Fault> {
    let Some(user) = &sandbox.settings.anonymous_user else { return Ok(None) };
    match person(&state.store, user)? {
        None => Ok(None),
        Some(person) => {
            open(state, (person, user), person, sandbox.clock().now()).map(Some)
        }
    }
}

/// The sessions that the server has itself from its start.
pub(super) fn own_sessions(store: &Store, now: Timestamp) -> Sessions {
    let mut sessions = Sessions::default();
    let system = store.find(Kind::Person, "userId", SYSTEM).map(|it| it.number);
    for system in system.into_iter().cycle().take(OWN_SESSIONS) {
        let token = random::token(SYSTEM, now);
        sessions.add(Session::of(store, system, token, now));
    }
    sessions
}

/// Opens a session for somebody who may have one.
fn open(
    state: &mut State,
    (person, user): (Number, &str),
    creator: Number,
    now: Timestamp,
) -> Result<String, Fault> {
    permit(&state.store, person, user)?;
    let token = random::token(user, now);
    let session = Session::of(&state.store, person, token.clone(), now);
    state.sessions.add(session.opened_by(creator));
    Ok(token)
}

fn knows(sandbox: &Sandbox, user: &str, password: &str) -> bool {
    let settings = &sandbox.settings;
    let mut users = settings.users.iter();
    settings.any_password || users.any(|known| known.0 == user && known.1 == password)
}

fn check_characters(user: &str) -> Result<(), Fault> {
    let allowed =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '@');
    if user.chars().all(allowed) {
        return Ok(());
    }
    Err(refused_outright(
        "User code must not be empty and must contain only allowed characters: letters, \
         digits, '_', '.', '-', '@'. Note that whitespaces are not allowed.",
    ))
}

/// The person of a user id, whatever its case.
fn person(store: &Store, user: &str) -> Result<Option<Number>, Fault> {
    let same = |id: &str| id.to_lowercase() == user.to_lowercase();
    let found: Vec<Number> = store
        .all(Kind::Person)
        .filter(|person| person.text("userId").is_some_and(same))
        .map(|person| person.number)
        .collect();
    match found[..] {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => Err(refused_outright(format!(
            "{} persons found for user id '{user}'. Expected: 1 or 0.",
            found.len()
        ))),
    }
}

/// Registers somebody who gets a role by logging in: the very first one becomes the
/// administrator.
fn register(store: &mut Store, user: &str, now: Timestamp) -> Result<Number, Fault> {
    let somebody = |store: &Store, is: &dyn Fn(&str) -> bool| {
        store.all(Kind::Person).any(|person| person.text("userId").is_some_and(is))
    };
    let is_etl = |id: &str| id.starts_with("etlserver");
    let role = if !somebody(store, &|id| id != "system") {
        "ADMIN"
    } else if is_etl(user) && !somebody(store, &is_etl) {
        "ETL_SERVER"
    } else {
        return Err(no_roles(user));
    };
    let system = store.find(Kind::Person, "userId", "system").map(|person| person.number);
    let mut fields = person_fields(user, now);
    fields.extend(system.map(|system| ("registrator", Slot::One(system))));
    let person = store.add(Kind::Person, fields);
    store.add(
        Kind::RoleAssignment,
        [
            ("user", Slot::One(person)),
            ("role", Slot::from(role)),
            ("roleLevel", Slot::from("INSTANCE")),
            ("registrationDate", Slot::Time(now.0)),
            ("registrator", Slot::One(system.unwrap_or(person))),
        ],
    );
    Ok(person)
}

/// What is known about a new person.
pub(super) fn person_fields(user: &str, now: Timestamp) -> Vec<(&'static str, Slot)> {
    vec![
        ("userId", Slot::from(user)),
        ("firstName", Slot::from("")),
        ("lastName", Slot::from(user)),
        ("email", Slot::from(format!("{user}@localhost"))),
        ("active", Slot::Flag(true)),
        ("registrationDate", Slot::Time(now.0)),
    ]
}

fn permit(store: &Store, person: Number, user: &str) -> Result<(), Fault> {
    Rights::of(store, person).any().map_err(|_| no_roles(user))?;
    if store.get(person).is_some_and(|person| person.flag("active")) {
        return Ok(());
    }
    Err(refused_outright(format!(
        "User '{user}' has been deactivated and thus is not permitted to login."
    )))
}

fn no_roles(user: &str) -> Fault {
    refused_outright(format!(
        "User '{user}' has no role assignments and thus is not permitted to login."
    ))
}
