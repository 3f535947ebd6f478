//! Personal access tokens: made when there is none that lasts, and renewed.
use rhai::{Dynamic, Map};

use super::time::Moment;
use super::{Entity, ScriptError, Session, asking, nearest, saving, search, value};
use crate::model::{Kind, Timestamp, Value};

/// What can be said of a token.
const OPTIONS: &[&str] = &["validFrom", "validTo", "force"];

/// How long tokens hold at most, and how long before the end they are told to be renewed.
const LONGEST: (&str, i64) = ("personal-access-tokens-max-validity-period", 30 * DAY);
const WARNING: (&str, i64) = ("personal-access-tokens-validity-warning-period", 5 * DAY);
/// In seconds.
const DAY: i64 = 86_400;

/// An own token of this name that holds beyond the time of warning, or a new one.
pub(super) fn get_or_create(
    session: &Session,
    name: &str,
    options: &Map,
) -> Result<Entity, ScriptError> {
    check(options)?;
    let forced = options.get("force").is_some_and(|flag| flag.as_bool() == Ok(true));
    let now = session.host().clock.now();
    if !forced {
        let enough = now.0 + seconds(session, WARNING)? * 1000;
        for token in own(session, name)? {
            if time(&token, "validToDate")?.is_some_and(|end| end.0 > enough) {
                return Ok(token);
            }
        }
    }
    let from = given(options, "validFrom")?.unwrap_or(now);
    let longest = seconds(session, LONGEST)? * 1000;
    let to = given(options, "validTo")?.unwrap_or(Timestamp(from.0 + longest));
    create(session, name, from, to)
}

/// A new token of the same name that holds as long as this one did.
pub(super) fn renew(token: &Entity, options: &Map) -> Result<Entity, ScriptError> {
    if token.kind() != Kind::PersonalAccessToken {
        let message = format!("{} cannot be renewed", value::a(token.kind()));
        return Err(ScriptError::invalid(message));
    }
    check(options)?;
    let Some(Value::Text(name)) = token.value("sessionName")? else {
        return Err(ScriptError::invalid("the token has no session name"));
    };
    let (begin, end) = (time(token, "validFromDate")?, time(token, "validToDate")?);
    let length = begin.zip(end).map_or(0, |(begin, end)| end.0 - begin.0);
    let from = given(options, "validFrom")?
        .unwrap_or_else(|| token.session().host().clock.now());
    let to = given(options, "validTo")?.unwrap_or(Timestamp(from.0 + length));
    create(token.session(), &name, from, to)
}

fn create(
    session: &Session,
    name: &str,
    from: Timestamp,
    to: Timestamp,
) -> Result<Entity, ScriptError> {
    let values: Map = [
        ("sessionName".into(), name.into()),
        ("validFromDate".into(), Dynamic::from(Moment::from(from))),
        ("validToDate".into(), Dynamic::from(Moment::from(to))),
    ]
    .into();
    let args = vec![Dynamic::from_map(values)];
    let token = asking::new(session, Kind::PersonalAccessToken, args)?;
    saving::save(std::slice::from_ref(&token))?;
    Ok(token)
}

/// The tokens of this name that are one's own: administrators see those of others too.
fn own(session: &Session, name: &str) -> Result<Vec<Entity>, ScriptError> {
    let user = session.client().session_information()?.user;
    let args = [("sessionName".into(), name.into())].into();
    let found = search::results(session, Kind::PersonalAccessToken, &args)?.to_vec()?;
    let mut own = Vec::new();
    for token in found {
        let same = token.value("sessionName")? == Some(Value::Text(name.to_owned()));
        if let Some(Value::One(owner)) = token.value("owner")?
            && same
            && owner.id.text().eq_ignore_ascii_case(&user)
        {
            own.push(token);
        }
    }
    Ok(own)
}

fn time(token: &Entity, field: &'static str) -> Result<Option<Timestamp>, ScriptError> {
    Ok(match token.value(field)? {
        Some(Value::Time(time)) => Some(time),
        Some(_) | None => None,
    })
}

fn seconds(session: &Session, (name, usual): (&str, i64)) -> Result<i64, ScriptError> {
    let facts = session.client().server_information()?;
    Ok(facts.get(name).and_then(|text| text.parse().ok()).unwrap_or(usual))
}

fn given(options: &Map, name: &str) -> Result<Option<Timestamp>, ScriptError> {
    let Some(given) = options.get(name).filter(|given| !given.is_unit()) else {
        return Ok(None);
    };
    let moment =
        value::moment(given)?.ok_or_else(|| value::mismatch(name, "a time", given))?;
    Ok(Some(Timestamp::from(moment)))
}

fn check(options: &Map) -> Result<(), ScriptError> {
    let Some(name) = options.keys().find(|name| !OPTIONS.contains(&name.as_str())) else {
        return Ok(());
    };
    let error = ScriptError::invalid(format!("a token has no option `{name}`"));
    Err(nearest::hint(name, OPTIONS).into_iter().fold(error, ScriptError::hint))
}
