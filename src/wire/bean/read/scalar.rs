//! Numbers, texts, flags, dates and bytes: what is taken for what.
use base64::{Engine, prelude::BASE64_STANDARD};

use super::super::{Form, Json, Node, Type};
use super::date;
use super::trouble::{Jackson, Trouble};

/// Reads a scalar of the declared type; null is null but for primitives.
pub(super) fn scalar(ty: &Type, json: &Json) -> Result<Node, Trouble> {
    match ty {
        Type::Void | Type::Any | Type::List(_) | Type::Map(_) | Type::Named(_) => {
            Ok(Node::Null)
        }
        Type::Text => text(ty, json),
        Type::Flag(form) => flag(ty, *form, json),
        Type::Int(form) => integer(ty, *form, json, "Integer"),
        Type::Long(form) => integer(ty, *form, json, "Long"),
        Type::Double | Type::Number => real(ty, json),
        Type::Date => date(ty, json),
        Type::Bytes => bytes(ty, json),
    }
}

/// A value of another shape than declared.
pub(super) fn mismatch(ty: &str, json: &Json) -> Trouble {
    let token = match json {
        Json::Null => "VALUE_NULL",
        Json::Flag(true) => "VALUE_TRUE",
        Json::Flag(false) => "VALUE_FALSE",
        Json::Integer(_) => "VALUE_NUMBER_INT",
        Json::Real(_) => "VALUE_NUMBER_FLOAT",
        Json::Text(_) => "VALUE_STRING",
        Json::List(_) => "START_ARRAY",
        Json::Object(_) => "START_OBJECT",
    };
    let text = format!("Cannot deserialize instance of `{ty}` out of {token} token");
    Trouble::new(Jackson::Mismatched, text)
}

/// Text that does not say what is declared.
pub(super) fn unfit(ty: &str, text: &str, why: &str) -> Trouble {
    let text =
        format!("Cannot deserialize value of type `{ty}` from String \"{text}\": {why}");
    Trouble::new(Jackson::Format, text)
}

fn text(ty: &Type, json: &Json) -> Result<Node, Trouble> {
    match json {
        Json::Null => Ok(Node::Null),
        Json::Text(text) => Ok(Node::Text(text.clone())),
        Json::Flag(flag) => Ok(Node::Text(flag.to_string())),
        Json::Integer(number) => Ok(Node::Text(number.to_string())),
        Json::Real(number) => Ok(Node::Text(java_text(*number))),
        Json::List(_) | Json::Object(_) => Err(mismatch(&ty.to_string(), json)),
    }
}

/// A broken number as Java writes it: `1.0E-7`.
fn java_text(number: f64) -> String {
    let size = number.abs();
    if size == 0.0 || (1e-3..1e7).contains(&size) {
        return format!("{number:?}");
    }
    let text = format!("{number:E}");
    match text.split_once('E') {
        Some((digits, power)) if !digits.contains('.') => format!("{digits}.0E{power}"),
        Some(_) | None => text,
    }
}

fn empty(form: Form, primitive: Node) -> Node {
    match form {
        Form::Primitive => primitive,
        Form::Boxed => Node::Null,
    }
}

fn flag(ty: &Type, form: Form, json: &Json) -> Result<Node, Trouble> {
    match json {
        Json::Null => Ok(empty(form, Node::Flag(false))),
        Json::Flag(flag) => Ok(Node::Flag(*flag)),
        Json::Integer(number) => Ok(Node::Flag(*number != 0)),
        Json::Text(text) => match text.trim() {
            "true" | "True" => Ok(Node::Flag(true)),
            "false" | "False" => Ok(Node::Flag(false)),
            "" => Ok(empty(form, Node::Flag(false))),
            _ => {
                let why = "only \"true\" or \"false\" recognized";
                Err(unfit(&ty.to_string(), text, why))
            }
        },
        Json::Real(_) | Json::List(_) | Json::Object(_) => {
            Err(mismatch(&ty.to_string(), json))
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the server cuts broken numbers too")]
fn integer(ty: &Type, form: Form, json: &Json, word: &str) -> Result<Node, Trouble> {
    match json {
        Json::Null => Ok(empty(form, Node::Integer(0))),
        Json::Integer(number) => Ok(Node::Integer(*number)),
        Json::Real(number) => Ok(Node::Integer(*number as i64)),
        Json::Text(text) if text.trim().is_empty() => Ok(empty(form, Node::Integer(0))),
        Json::Text(text) => match text.trim().parse() {
            Ok(number) => Ok(Node::Integer(number)),
            Err(_) => {
                Err(unfit(&ty.to_string(), text, &format!("not a valid {word} value")))
            }
        },
        Json::Flag(_) | Json::List(_) | Json::Object(_) => {
            Err(mismatch(&ty.to_string(), json))
        }
    }
}

fn real(ty: &Type, json: &Json) -> Result<Node, Trouble> {
    match json {
        Json::Null if *ty == Type::Double => Ok(Node::Real(0.0)),
        Json::Null => Ok(Node::Null),
        Json::Integer(number) => Ok(Node::Integer(*number)),
        Json::Real(number) => Ok(Node::Real(*number)),
        Json::Text(text) => number_of(text.trim())
            .ok_or_else(|| unfit(&ty.to_string(), text, "not a valid number")),
        Json::Flag(_) | Json::List(_) | Json::Object(_) => {
            Err(mismatch(&ty.to_string(), json))
        }
    }
}

fn number_of(text: &str) -> Option<Node> {
    if text.is_empty() {
        return Some(Node::Null);
    }
    let whole = text.parse().ok().map(Node::Integer);
    whole.or_else(|| text.parse().ok().map(Node::Real))
}

#[expect(clippy::cast_possible_truncation, reason = "the server cuts broken numbers too")]
fn date(ty: &Type, json: &Json) -> Result<Node, Trouble> {
    match json {
        Json::Null => Ok(Node::Null),
        Json::Integer(millis) => Ok(Node::Integer(*millis)),
        Json::Real(millis) => Ok(Node::Integer(*millis as i64)),
        Json::Text(text) if text.trim().is_empty() => Ok(Node::Null),
        Json::Text(text) => date::millis(text.trim()).map(Node::Integer).ok_or_else(|| {
            let why = format!(
                "not a valid representation (error: Failed to parse Date value '{text}')"
            );
            unfit(&ty.to_string(), text, &why)
        }),
        Json::Flag(_) | Json::List(_) | Json::Object(_) => {
            Err(mismatch(&ty.to_string(), json))
        }
    }
}

/// Kept as base64, without the line breaks that are allowed in it.
fn bytes(ty: &Type, json: &Json) -> Result<Node, Trouble> {
    let Json::Text(text) = json else {
        return if *json == Json::Null {
            Ok(Node::Null)
        } else {
            Err(mismatch(&ty.to_string(), json))
        };
    };
    let plain: String = text.split_ascii_whitespace().collect();
    match BASE64_STANDARD.decode(&plain) {
        Ok(_) => Ok(Node::Text(plain)),
        Err(_) => Err(unfit(&ty.to_string(), text, "not base64")),
    }
}
