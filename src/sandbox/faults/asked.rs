//! What a request asks for, as far as rules care.
use serde::Deserialize;

use crate::wire::bean::Json;

/// What is carried out by other calls' names.
const OPERATIONS: &str = "executeOperations";

/// How the names of methods begin that change nothing.
const READING: &[&str] =
    &["get", "search", "is", "list", "evaluate", "createCodes", "createPermIdStrings"];

/// How the names of methods begin that begin or end a session.
const SESSION: &[&str] = &["login", "logout"];

/// The calls of a request: several in a batch, none where it cannot be read.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub(super) calls: Vec<Call>,
}

/// One call.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) method: String,
    /// What `executeOperations` holds, named as methods: `createSamples`.
    pub(super) operations: Vec<String>,
    /// The session token or personal access token.
    pub(super) token: Option<String>,
}

impl Asked {
    pub(super) fn read(request: &str) -> Self {
        let mut deserializer = serde_json::Deserializer::from_str(request);
        let calls = match Json::deserialize(&mut deserializer) {
            Ok(Json::List(batch)) => batch.iter().filter_map(call).collect(),
            Ok(json) => call(&json).into_iter().collect(),
            Err(_) => Vec::new(),
        };
        Self { calls }
    }
}

fn call(json: &Json) -> Option<Call> {
    let Some(Json::Text(method)) = json.member("method") else { return None };
    let params = match json.member("params") {
        Some(Json::List(params)) => &params[..],
        _ => &[],
    };
    let token = match params.first() {
        Some(Json::Text(token)) if !is_of(SESSION, method) => Some(token.clone()),
        _ => None,
    };
    let operations = match params.get(1) {
        Some(Json::List(operations)) if method == OPERATIONS => {
            operations.iter().filter_map(operation).collect()
        }
        _ => Vec::new(),
    };
    Some(Call { method: method.clone(), operations, token })
}

fn operation(json: &Json) -> Option<String> {
    match json.member("@type") {
        Some(Json::Text(class)) => operation_name(class),
        _ => None,
    }
}

/// `as.dto.sample.create.CreateSamplesOperation` is `createSamples`.
pub(super) fn operation_name(class: &str) -> Option<String> {
    let name = class.rsplit('.').next()?.strip_suffix("Operation")?;
    let first = name.chars().next()?;
    Some(format!("{}{}", first.to_ascii_lowercase(), &name[first.len_utf8()..]))
}

impl Call {
    pub(super) fn is_login(&self) -> bool {
        self.method.starts_with("login")
    }

    pub(super) fn is_change(&self) -> bool {
        if self.method == OPERATIONS {
            return self.operations.iter().any(|name| !is_of(READING, name));
        }
        !is_of(READING, &self.method) && !is_of(SESSION, &self.method)
    }

    pub(super) fn is_read(&self) -> bool {
        !is_of(SESSION, &self.method) && !self.is_change()
    }
}

fn is_of(beginnings: &[&str], name: &str) -> bool {
    beginnings.iter().any(|beginning| name.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(method: &str, params: &str) -> Call {
        let request = format!(r#"{{"method":"{method}","params":[{params}]}}"#);
        Asked::read(&request).calls.remove(0)
    }

    fn operations(classes: &[&str]) -> Call {
        let beans: Vec<_> =
            classes.iter().map(|class| format!(r#"{{"@type":"{class}"}}"#)).collect();
        call("executeOperations", &format!(r#""T",[{}],{{}}"#, beans.join(",")))
    }

    #[test]
    fn operations_are_looked_into() {
        let call = operations(&[
            "as.dto.sample.create.CreateSamplesOperation",
            "as.dto.space.get.GetSpacesOperation",
        ]);
        assert_eq!(call.operations, ["createSamples", "getSpaces"]);
        assert_eq!(call.token.as_deref(), Some("T"));
        assert!(call.is_change());
        assert!(operations(&["as.dto.space.get.GetSpacesOperation"]).is_read());
    }

    #[test]
    fn a_login_is_neither_reading_nor_a_change_and_shows_no_token() {
        let call = call("login", r#""admin","pw""#);
        assert!(!call.is_read() && !call.is_change() && call.token.is_none());
    }

    #[test]
    fn a_batch_is_several_calls_and_what_is_no_json_none() {
        assert_eq!(Asked::read(r#"[{"method":"a"},{"method":"b"}]"#).calls.len(), 2);
        assert!(Asked::read("<html>").calls.is_empty());
    }
}
