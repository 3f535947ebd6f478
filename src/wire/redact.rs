//! What may be written down of an exchange: everything but secrets.
use serde_json::{Value as Json, json};

const HIDDEN: &str = "(secret)";

/// An exchange as one line: `{"service", "request", "response"}` with passwords, session
/// tokens and access tokens blotted out.
pub fn exchange_line(service: &str, request: &str, response: &str) -> String {
    let (request, response) = blotted(request, response);
    json!({ "service": service, "request": request, "response": response }).to_string()
}

/// What is no JSON is left out.
fn blotted(request: &str, response: &str) -> (Json, Json) {
    let mut request: Json = serde_json::from_str(request).unwrap_or_default();
    let mut response: Json = serde_json::from_str(response).unwrap_or_default();
    let method = request.get("method").and_then(Json::as_str).unwrap_or_default();
    let is_login = method.starts_with("login");
    let mut secrets = secrets(&request, usize::from(is_login));
    let token = response.get("result").and_then(Json::as_str);
    secrets.extend(token.filter(|_| is_login).map(str::to_owned));
    hide(&mut request, &secrets);
    hide(&mut response, &secrets);
    (request, response)
}

/// The token or the password in a request, by its place among the parameters.
fn secrets(request: &Json, place: usize) -> Vec<String> {
    let secret = request.get("params").and_then(|params| params.get(place));
    let secret = secret.and_then(Json::as_str).filter(|secret| !secret.is_empty());
    secret.map(str::to_owned).into_iter().collect()
}

fn hide(json: &mut Json, secrets: &[String]) {
    match json {
        Json::String(text) => {
            let known = secrets.iter().any(|secret| text == secret);
            if known || is_token(text) {
                HIDDEN.clone_into(text);
            } else {
                let told = secrets.iter().filter(|secret| secret.len() > 8);
                let plain = told.fold(text.clone(), |text, s| text.replace(s, HIDDEN));
                *text = without_tokens(&plain);
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| hide(item, secrets)),
        Json::Object(members) => {
            members.values_mut().for_each(|item| hide(item, secrets));
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

/// The text with its session tokens and access tokens blotted out.
pub(super) fn without_tokens(text: &str) -> String {
    let belongs = |c: char| c.is_ascii_alphanumeric() || "$-_.@".contains(c);
    let words = text.split_inclusive(|c| !belongs(c));
    words
        .map(|piece| {
            let word = piece.trim_end_matches(|c| !belongs(c));
            match is_token(word) {
                true => format!("{HIDDEN}{}", &piece[word.len()..]),
                false => piece.to_owned(),
            }
        })
        .collect()
}

/// Whether the text is a session token or an access token: `user-yyMMddHHmmssSSSx` and 32
/// hexadecimal digits.
fn is_token(text: &str) -> bool {
    if text.starts_with("$pat-") {
        return true;
    }
    let Some((head, key)) = text.rsplit_once('x') else { return false };
    let Some((_, time)) = head.rsplit_once('-') else { return false };
    key.len() == 32
        && key.bytes().all(|b| b.is_ascii_hexdigit())
        && time.len() == 15
        && time.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_and_the_token_of_a_login_are_blotted_out() {
        let line = exchange_line(
            "AS",
            r#"{"method":"login","params":["ann","geheim"]}"#,
            r#"{"result":"ann-230926133701234x0123456789ABCDEF0123456789ABCDEF"}"#,
        );
        assert!(!line.contains("geheim") && !line.contains("0123456789ABCDEF"), "{line}");
        assert!(line.contains("ann"));
    }

    #[test]
    fn a_text_keeps_everything_but_its_tokens() {
        let token = "ann-230926133701234x0123456789ABCDEF0123456789ABCDEF";
        let text = format!("Session token '{token}' is invalid, so is $pat-{token}.");
        let expected = "Session token '(secret)' is invalid, so is (secret)";
        assert_eq!(without_tokens(&text), expected);
        assert_eq!(without_tokens("a-b x, c's $NAME."), "a-b x, c's $NAME.");
    }

    #[test]
    fn tokens_are_blotted_out_wherever_they_stand() {
        let line = exchange_line(
            "AS",
            r#"{"method":"getSpaces","params":["abcdefghij",[]]}"#,
            r#"{"error":{"message":"Session token 'abcdefghij' is invalid"},"a":["$pat-x"]}"#,
        );
        assert!(!line.contains("abcdefghij") && !line.contains("$pat-"), "{line}");
    }
}
