//! Any method of openBIS by its name: what scripts give, and what comes back.
use rhai::{Array, Blob, Dynamic, Map};

use super::time::{Day, Moment};
use super::value::{noun, text};
use super::{Entity, ErrorKind, Level, Results, ScriptError, Session, nearest};
use crate::model::{Argument, Called, Timestamp};
use crate::wire::{Asked, Effect, Misfit, Untyped, read_answer};

/// What a method gives: records of the kinds that are known, maps of the others.
pub(super) fn call(
    session: &Session,
    method: &str,
    params: &[Dynamic],
) -> Result<Dynamic, ScriptError> {
    let answer = answer(session, called(method, params, false)?)?;
    Ok(dynamic(session, answer))
}

/// The same, with plain maps in place of records.
pub(super) fn call_plainly(
    session: &Session,
    method: &str,
    params: &[Dynamic],
) -> Result<Dynamic, ScriptError> {
    let answer = answer(session, called(method, params, true)?)?;
    Ok(dynamic(session, answer))
}

/// The same of a service that is known to change nothing, which a plan may ask too.
pub(super) fn ask_plainly(
    session: &Session,
    method: &str,
    params: &[Dynamic],
) -> Result<Dynamic, ScriptError> {
    let answer = session.client().call(&asked(&called(method, params, true)?)?)?;
    Ok(dynamic(session, answer))
}

fn called(method: &str, params: &[Dynamic], plain: bool) -> Result<Called, ScriptError> {
    let params = params.iter().map(argument).collect::<Result<_, ScriptError>>()?;
    Ok(Called { method: method.to_owned(), params, plain })
}

/// The call, if it fits the method.
pub(super) fn asked(called: &Called) -> Result<Asked, ScriptError> {
    Asked::of(called).map_err(misfit)
}

/// The answer, after asking whether the method may be called at all.
pub(super) fn answer(session: &Session, called: Called) -> Result<Untyped, ScriptError> {
    let asked = asked(&called)?;
    if let Some(newer) = asked.newer()
        && !session.is_newer()?
    {
        return Err(not_there(session, newer)?);
    }
    match asked.effect() {
        Effect::Session if asked.name() == "logout" => {
            session.client().logout()?;
            Ok(Untyped::Null)
        }
        Effect::Reads | Effect::Session => Ok(session.client().call(&asked)?),
        Effect::Changes => change(session, called, &asked),
    }
}

fn change(
    session: &Session,
    called: Called,
    asked: &Asked,
) -> Result<Untyped, ScriptError> {
    let answer = session.host().desk.call(session, called)?;
    session.forget();
    if let Some(text) = answer {
        return Ok(read_answer(&text));
    }
    let text = format!(
        "`{}` is not called: what it would give is not known, and what is read after it does \
         not show it",
        asked.name()
    );
    session.host().console.say(Level::Warning, &text);
    Ok(Untyped::Null)
}

/// The refusal of what only newer servers have.
pub(super) fn not_there(
    session: &Session,
    what: &str,
) -> Result<ScriptError, ScriptError> {
    let version = session.api_version()?;
    let message = format!("this openBIS (API {version}) is too old for {what}");
    let error = ScriptError::new(ErrorKind::Refused, message);
    Ok(error.hint("servers from API 3.7 on have it"))
}

fn misfit(misfit: Misfit) -> ScriptError {
    let hint = nearest::hint(&misfit.given, &misfit.known);
    let error = ScriptError::invalid(misfit.message);
    let expected = misfit.expected.map(|expected| format!("expected {expected}"));
    hint.into_iter().chain(expected).fold(error, ScriptError::hint)
}

/// What a script gives, as an argument of a method.
pub(super) fn argument(given: &Dynamic) -> Result<Argument, ScriptError> {
    if let Some(text) = text(given) {
        return Ok(Argument::Text(text));
    }
    if let Some(items) = given.read_lock::<Array>() {
        return items.iter().map(argument).collect::<Result<_, _>>().map(Argument::List);
    }
    if let Some(map) = given.read_lock::<Map>() {
        let members =
            map.iter().map(|(key, item)| Ok((key.to_string(), argument(item)?)));
        return members.collect::<Result<_, _>>().map(Argument::Map);
    }
    if let Some(entity) = given.read_lock::<Entity>() {
        return entity.id().map(Argument::Id);
    }
    if let Some(results) = given.read_lock::<Results>() {
        let ids = results.ids()?.into_iter().map(Argument::Id);
        return Ok(Argument::List(ids.collect()));
    }
    scalar(given).ok_or_else(|| {
        ScriptError::invalid(format!("{} is nothing that openBIS takes", noun(given)))
    })
}

fn scalar(given: &Dynamic) -> Option<Argument> {
    let time =
        |moment: Moment, text: String| Argument::Time(Timestamp::from(moment), text);
    if given.is_unit() {
        return Some(Argument::Null);
    }
    if let Some(moment) = given.read_lock::<Moment>() {
        return Some(time(*moment, moment.to_string()));
    }
    if let Some(day) = given.read_lock::<Day>() {
        return Some(time(Moment::from(*day), day.to_string()));
    }
    if let Some(blob) = given.read_lock::<Blob>() {
        return Some(Argument::Bytes(blob.clone()));
    }
    let flag = given.as_bool().ok().map(Argument::Flag);
    let number = || given.as_int().ok().map(Argument::Integer);
    flag.or_else(number).or_else(|| given.as_float().ok().map(Argument::Real))
}

const SESSION: &str = "as.dto.session.SessionInformation";

/// A value of an answer, for scripts.
pub(super) fn dynamic(session: &Session, value: Untyped) -> Dynamic {
    match value {
        Untyped::Null => Dynamic::UNIT,
        Untyped::Flag(flag) => flag.into(),
        Untyped::Integer(number) => number.into(),
        Untyped::Real(number) => number.into(),
        Untyped::Text(text) => text.into(),
        Untyped::Id(id) => id.to_string().into(),
        Untyped::Time(time) => Dynamic::from(Moment::from(time)),
        Untyped::Record(record) => {
            Dynamic::from(Entity::new(session, record.as_ref().clone()))
        }
        Untyped::List(items) => {
            items.into_iter().map(|item| dynamic(session, item)).collect::<Array>().into()
        }
        Untyped::Map(mut members) => {
            // Other people's tokens are nobody's business.
            let session_of =
                members.iter().any(|(_, item)| item.as_text() == Some(SESSION));
            members.retain(|(key, _)| !session_of || key != "sessionToken");
            let pairs = members.into_iter();
            let pairs = pairs.map(|(key, item)| (key.into(), dynamic(session, item)));
            Dynamic::from_map(pairs.collect())
        }
    }
}
