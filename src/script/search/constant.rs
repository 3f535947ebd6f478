//! What values of a search are compared with, by data type.
use rhai::Dynamic;

use crate::client::PropertyType;
use crate::model::TestValue;
use crate::script::time::{Day, Moment};
use crate::script::value::{mismatch, moment, noun, text};
use crate::script::{ScriptError, typed};

pub(super) fn integer(name: &str, given: &Dynamic) -> Result<TestValue, ScriptError> {
    let number = given.as_int().ok().or_else(|| text(given)?.parse().ok());
    let number = number.ok_or_else(|| mismatch(name, "a whole number", given))?;
    Ok(TestValue::Integer(number))
}

pub(super) fn number(
    rule: &PropertyType,
    given: &Dynamic,
) -> Result<TestValue, ScriptError> {
    if let Ok(number) = given.as_int() {
        return Ok(TestValue::Integer(number));
    }
    let written = text(given);
    if let Some(number) = written.as_ref().and_then(|text| text.parse().ok()) {
        return Ok(TestValue::Integer(number));
    }
    let real = given.as_float().ok().or_else(|| written?.parse().ok());
    real.map(TestValue::Number).ok_or_else(|| refusal(rule, given))
}

pub(super) fn flag(
    rule: &PropertyType,
    given: &Dynamic,
) -> Result<TestValue, ScriptError> {
    let flag = match text(given).as_deref() {
        Some("true") => Some(true),
        Some("false") => Some(false),
        Some(_) => None,
        None => given.as_bool().ok(),
    };
    flag.map(TestValue::Flag).ok_or_else(|| refusal(rule, given))
}

/// A day stays a whole day; a moment goes as UTC.
pub(super) fn date(
    name: &str,
    given: &Dynamic,
    days_only: bool,
) -> Result<TestValue, ScriptError> {
    let wrong = || mismatch(name, "a date such as 2024-12-31", given);
    let day = match text(given) {
        Some(text) => Day::read(&text).ok(),
        None => given.read_lock::<Day>().map(|day| *day),
    };
    if let Some(day) = day {
        return Ok(TestValue::Date { text: day.to_string(), hour_offset: None });
    }
    let Moment(at) = moment(given).map_err(|_| wrong())?.ok_or_else(wrong)?;
    if days_only {
        let text = Day(at.date_naive()).to_string();
        return Ok(TestValue::Date { text, hour_offset: None });
    }
    let text = at.to_utc().format("%Y-%m-%d %H:%M:%S").to_string();
    Ok(TestValue::Date { text, hour_offset: Some(0) })
}

fn refusal(rule: &PropertyType, given: &Dynamic) -> ScriptError {
    let expected = typed::expected(rule);
    let given = noun(given);
    ScriptError::invalid(format!(
        "property `{}` takes {expected}, not {given}",
        rule.code.to_lowercase()
    ))
}
