//! Property values: texts on the server, typed in scripts.
use rhai::{Array, Dynamic, FLOAT, INT};

use super::sheet::Sheet;
use super::time::{Day, Moment};
use super::value::{moment, noun, text};
use super::{Entity, ScriptError, Session, lists, nearest, session};
use crate::client::{PropertyType, Term};
use crate::model::{DataType, Id, Kind, Link, several};

/// A stored text as a value of its property: a list where it takes several.
pub(super) fn read(session: &Session, rule: &PropertyType, stored: &str) -> Dynamic {
    let one = |text: &str| single(session, rule.data_type, text);
    if !rule.several {
        return one(stored);
    }
    let lists = || several::each(stored).map(lists::within_brackets);
    let items =
        match (lists::parts_of(rule.data_type), lists().collect::<Option<Vec<_>>>()) {
            (None, _) => several::each(stored).map(one).collect(),
            (Some(_), Some(lists)) => lists.into_iter().map(one).collect(),
            // Of a list of lists with but one in it, the server tells that one only.
            (Some(_), None) => vec![one(stored)],
        };
    Dynamic::from_array(items)
}

/// A stored text as a value of its type; what does not fit stays a text.
fn single(session: &Session, data_type: DataType, stored: &str) -> Dynamic {
    let typed = match data_type {
        DataType::Integer => stored.parse::<INT>().ok().map(Dynamic::from),
        DataType::Real => stored.parse::<FLOAT>().ok().map(Dynamic::from),
        DataType::Boolean => stored.parse::<bool>().ok().map(Dynamic::from),
        DataType::Date => Day::read(stored).ok().map(Dynamic::from),
        DataType::Timestamp => Moment::read(stored).ok().map(Dynamic::from),
        DataType::Sample => Id::parse(Kind::Sample, stored).ok().map(|id| {
            let link = Link { id, record: None };
            Dynamic::from(Entity::linked(session, &link))
        }),
        DataType::ArrayString => {
            Some(lists::read(stored, |item| Some(item.to_owned().into())))
        }
        DataType::ArrayInteger => {
            Some(lists::read(stored, |item| item.parse::<INT>().ok().map(Dynamic::from)))
        }
        DataType::ArrayReal => Some(lists::read(stored, |item| {
            item.parse::<FLOAT>().ok().map(Dynamic::from)
        })),
        DataType::ArrayTimestamp => {
            Some(lists::read(stored, |item| Moment::read(item).ok().map(Dynamic::from)))
        }
        DataType::Varchar
        | DataType::MultilineVarchar
        | DataType::ControlledVocabulary
        | DataType::Material
        | DataType::Hyperlink => None,
        DataType::Json => serde_json::from_str(stored).ok(),
        DataType::Xml => Sheet::read(stored).map(Dynamic::from),
    };
    typed.unwrap_or_else(|| Dynamic::from(stored.to_owned()))
}

/// A script's value as the server stores it; `None` takes the value away.
pub(super) fn write(
    session: &Session,
    rule: &PropertyType,
    given: &Dynamic,
) -> Result<Option<String>, ScriptError> {
    if given.is_unit() || text(given).is_some_and(|text| text.trim().is_empty()) {
        return Ok(None);
    }
    if !rule.several {
        return written(session, rule, given).map(Some);
    }
    let is_list = lists::parts_of(rule.data_type).is_some();
    let items = match given.read_lock::<Array>() {
        Some(items) if is_list && !items.iter().all(Dynamic::is_array) => {
            vec![given.clone()]
        }
        Some(items) => items.clone(),
        None => vec![given.clone()],
    };
    let mut all = Vec::new();
    for item in items {
        let text = written(session, rule, &item)?;
        all.push(if is_list { lists::bracketed(&text) } else { text });
    }
    Ok(Some(all).filter(|all| !all.is_empty()).map(several::joined))
}

/// One value as the server stores it.
fn written(
    session: &Session,
    rule: &PropertyType,
    given: &Dynamic,
) -> Result<String, ScriptError> {
    let refuse = || refusal(rule, given);
    if let (DataType::Xml, Some(sheet)) = (rule.data_type, given.read_lock::<Sheet>()) {
        return sheet.written();
    }
    if let Some(part) = lists::parts_of(rule.data_type) {
        return many(rule, given, part);
    }
    match rule.data_type {
        DataType::ControlledVocabulary => term(session, rule, given),
        DataType::Json => json(given).ok_or_else(refuse),
        DataType::Sample => Ok(session::id_of(Kind::Sample, given)?.text().to_owned()),
        single @ (DataType::Integer
        | DataType::Varchar
        | DataType::MultilineVarchar
        | DataType::Real
        | DataType::Timestamp
        | DataType::Date
        | DataType::Boolean
        | DataType::Material
        | DataType::Hyperlink
        | DataType::Xml
        | DataType::ArrayString
        | DataType::ArrayInteger
        | DataType::ArrayReal
        | DataType::ArrayTimestamp) => one(single, given).ok_or_else(refuse),
    }
}

/// A single value of a type; `None` when it is none.
fn one(data_type: DataType, given: &Dynamic) -> Option<String> {
    let given_text = text(given);
    let written = given_text.as_deref().map(str::trim);
    match data_type {
        DataType::Integer => match written {
            Some(text) => text.parse::<INT>().ok().map(|number| number.to_string()),
            None => given.as_int().ok().map(|number| number.to_string()),
        },
        DataType::Real => match written {
            Some(text) => text.parse::<FLOAT>().ok().map(|_| text.to_owned()),
            None if given.is_int() || given.is_float() => Some(given.to_string()),
            None => None,
        },
        DataType::Boolean => match written {
            Some(text) => flag(text),
            None => given.as_bool().ok().map(|flag| flag.to_string()),
        },
        DataType::Date => day(given).map(|day| day.to_string()),
        DataType::Timestamp => timestamp(given),
        DataType::Hyperlink => {
            let known = ["http://", "https://", "ftp://"];
            written.filter(|t| known.iter().any(|k| t.starts_with(k))).map(str::to_owned)
        }
        DataType::Varchar
        | DataType::MultilineVarchar
        | DataType::Material
        | DataType::Xml
        | DataType::ControlledVocabulary
        | DataType::Sample
        | DataType::Json
        | DataType::ArrayString
        | DataType::ArrayInteger
        | DataType::ArrayReal
        | DataType::ArrayTimestamp => plain(given),
    }
}

/// The text of what has an obvious one.
fn plain(given: &Dynamic) -> Option<String> {
    if given.is_array() || given.is_map() || given.is_blob() || given.is_fnptr() {
        return None;
    }
    if let Some(entity) = given.read_lock::<Entity>() {
        return Some(entity.label());
    }
    Some(text(given).unwrap_or_else(|| match given.read_lock::<Moment>() {
        Some(moment) => moment.to_string(),
        None => match given.read_lock::<Day>() {
            Some(day) => day.to_string(),
            None => given.to_string(),
        },
    }))
}

fn flag(text: &str) -> Option<String> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "1" => Some("true".to_owned()),
        "false" | "no" | "0" => Some("false".to_owned()),
        _ => None,
    }
}

fn day(given: &Dynamic) -> Option<Day> {
    if let Some(day) = given.read_lock::<Day>() {
        return Some(*day);
    }
    if let Some(moment) = given.read_lock::<Moment>() {
        return Some(moment.day());
    }
    text(given).and_then(|text| Day::read(&text).ok())
}

/// As the server reads it; a text without a zone is left without: it is the server's.
fn timestamp(given: &Dynamic) -> Option<String> {
    let moment = moment(given).ok().flatten()?;
    let Some(written) = text(given) else { return Some(moment.to_string()) };
    let (_, time) = written.trim().split_once([' ', 'T']).unwrap_or_default();
    let zoned = time.contains(['+', '-', 'Z', 'z']);
    let plain = moment.0.format("%Y-%m-%d %H:%M:%S").to_string();
    Some(if zoned { moment.to_string() } else { plain })
}

fn many(
    rule: &PropertyType,
    given: &Dynamic,
    each: DataType,
) -> Result<String, ScriptError> {
    let items = match given.read_lock::<Array>() {
        Some(items) => items.clone(),
        None if text(given).is_some() => return Ok(text(given).unwrap_or_default()),
        None => vec![given.clone()],
    };
    let parts: Option<Vec<String>> = items
        .iter()
        .map(|item| one(each, item).map(|text| text.replace(',', "\\,")))
        .collect();
    parts.map(|parts| parts.join(", ")).ok_or_else(|| refusal(rule, given))
}

/// A text is JSON already.
fn json(given: &Dynamic) -> Option<String> {
    match text(given) {
        Some(text) => {
            serde_json::from_str::<serde::de::IgnoredAny>(&text).ok().map(|_| text)
        }
        None => serde_json::to_string(given).ok(),
    }
}

fn term(
    session: &Session,
    rule: &PropertyType,
    given: &Dynamic,
) -> Result<String, ScriptError> {
    let Some(code) = plain(given) else { return Err(refusal(rule, given)) };
    let code = code.trim().to_uppercase();
    let Some(vocabulary) = &rule.vocabulary else { return Ok(code) };
    let terms = session.terms(vocabulary)?;
    if terms.iter().any(|term| term.code == code) {
        return Ok(code);
    }
    let message = format!(
        "`{code}` is no term of `{vocabulary}` for `{}`",
        rule.code.to_lowercase()
    );
    let error = ScriptError::invalid(message);
    Err(match nearest::hint(&code, &codes(&terms)) {
        Some(hint) => error.hint(hint),
        None => error,
    })
}

/// The codes of terms.
pub(super) fn codes(terms: &[Term]) -> Vec<String> {
    terms.iter().map(|term| term.code.clone()).collect()
}

fn refusal(rule: &PropertyType, given: &Dynamic) -> ScriptError {
    let PropertyType { code, .. } = rule;
    let expected = expected(rule);
    ScriptError::invalid(format!(
        "property `{}` takes {expected}, not {}",
        code.to_lowercase(),
        noun(given)
    ))
    .hint(format!("`o.get_property_type(\"{code}\")` tells what it is for"))
}

/// What a property takes, for messages and for `p.name_`.
pub(super) fn expected(rule: &PropertyType) -> String {
    let one = expected_of(rule.data_type);
    if rule.several { format!("a list, each {one}") } else { one.to_owned() }
}

fn expected_of(data_type: DataType) -> &'static str {
    match data_type {
        DataType::Integer => "a whole number",
        DataType::Varchar | DataType::MultilineVarchar | DataType::Material => "a text",
        DataType::Real => "a number",
        DataType::Timestamp => "a time such as 2024-12-31 23:59:59 +0100",
        DataType::Date => "a date such as 2024-12-31",
        DataType::Boolean => "`true` or `false`",
        DataType::ControlledVocabulary => "a term",
        DataType::Hyperlink => "an address that begins with http://, https:// or ftp://",
        DataType::Xml => "an XML text",
        DataType::Sample => "a sample",
        DataType::Json => "a map, a list or a JSON text",
        DataType::ArrayString => "a list of texts",
        DataType::ArrayInteger => "a list of whole numbers",
        DataType::ArrayReal => "a list of numbers",
        DataType::ArrayTimestamp => "a list of times",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_integer_is_no_boolean_and_no_fraction() {
        assert_eq!(one(DataType::Integer, &Dynamic::from(7_i64)), Some("7".to_owned()));
        assert_eq!(one(DataType::Integer, &Dynamic::TRUE), None);
        assert_eq!(one(DataType::Integer, &Dynamic::from(1.5)), None);
    }

    #[test]
    fn a_time_keeps_its_zone_and_a_text_without_one_gets_none() {
        let zoned = Dynamic::from("2024-01-02T03:04:05+02:00".to_owned());
        assert_eq!(timestamp(&zoned).unwrap(), "2024-01-02 03:04:05 +0200");
        let plain = Dynamic::from("2024-01-02 03:04".to_owned());
        assert_eq!(timestamp(&plain).unwrap(), "2024-01-02 03:04:00");
    }
}
