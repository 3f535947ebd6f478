//! Calls by GET: the request stands in the query.
use base64::{Engine, prelude::BASE64_STANDARD};
use url::form_urlencoded;

/// What a query says.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::sandbox) enum Query {
    /// There is none.
    Nothing,
    /// Its parameters are neither JSON nor base64.
    Broken,
    /// The body of the same request by POST.
    Request(String),
}

/// The request in a query with `method`, `id` and `params`, the latter two as JSON, `params`
/// also in base64.
pub(in crate::sandbox) fn request_of(query: &str) -> Query {
    let mut members = Vec::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match &*name {
            "method" => members.push(format!("\"method\":\"{value}\"")),
            "id" => members.push(format!("\"id\":{value}")),
            "params" => match params(&value) {
                Some(params) => members.push(format!("\"params\":{params}")),
                None => return Query::Broken,
            },
            _ => {}
        }
    }
    if members.is_empty() {
        return Query::Nothing;
    }
    Query::Request(format!("{{{}}}", members.join(",")))
}

fn params(text: &str) -> Option<String> {
    if text.contains(['[', '{']) {
        return Some(text.to_owned());
    }
    let decoded = BASE64_STANDARD.decode(text).ok()?;
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::{Query, request_of};

    #[test]
    fn parameters_stand_in_the_query_as_json_or_base64() {
        let expected = r#"{"method":"isSessionActive","id":3,"params":["nobody"]}"#;
        for params in ["%5B%22nobody%22%5D", "WyJub2JvZHkiXQ%3D%3D"] {
            let query = format!("method=isSessionActive&id=3&params={params}");
            assert_eq!(request_of(&query), Query::Request(expected.to_owned()));
        }
        assert_eq!(request_of("method=x&id=1&params=xyz"), Query::Broken);
        assert_eq!(request_of(""), Query::Nothing);
    }
}
