use super::refusal::Refusal;
use crate::wire::Fault;
use crate::wire::bean::{Json, quote};

/// What an answer repeats of its request.
pub(super) struct Envelope {
    /// As JSON.
    version: String,
    /// As JSON; nothing where the request wants no answer.
    id: Option<String>,
}

impl Envelope {
    /// Of a request that cannot be read.
    pub(super) fn unknown() -> Self {
        Self { version: quoted("2.0"), id: Some(quoted("null")) }
    }

    /// Nothing where the id is of a kind that the server does not take.
    pub(super) fn of(request: &Json) -> Option<Self> {
        let version = match request.member("jsonrpc") {
            None | Some(Json::Null) => "2.0".to_owned(),
            Some(Json::Text(text)) => text.clone(),
            Some(Json::Integer(number)) => number.to_string(),
            Some(Json::Real(number)) => number.to_string(),
            Some(Json::Flag(flag)) => flag.to_string(),
            Some(Json::List(_) | Json::Object(_)) => String::new(),
        };
        let id = match request.member("id") {
            None | Some(Json::Null) => None,
            Some(Json::Text(text)) => Some(quoted(text)),
            Some(Json::Integer(number)) => Some(number.to_string()),
            Some(Json::Real(number)) => Some(format!("{number:?}")),
            Some(Json::Flag(_) | Json::List(_) | Json::Object(_)) => return None,
        };
        Some(Self { version: quoted(&version), id })
    }

    /// Whether the request wants no answer unless it fails.
    pub(super) fn is_silent(&self) -> bool {
        self.id.is_none()
    }

    pub(super) fn result(&self, result: &str) -> String {
        self.around("result", result)
    }

    pub(super) fn refusal(&self, refusal: Refusal) -> String {
        let (code, message) = (refusal.code(), refusal.message());
        self.around("error", &format!("{{\"code\":{code},\"message\":\"{message}\"}}"))
    }

    /// A fault of an operation has its context behind its message.
    pub(super) fn fault(&self, fault: &Fault) -> String {
        let text = match &fault.context {
            Some(steps) => format!("{} (Context: [{steps}])", fault.message),
            None => fault.message.clone(),
        };
        let class = &fault.class;
        let stack = quoted(&format!("{class}: {text}\n\tat rhobis.Sandbox\n"));
        let message = if text.is_empty() { "null".to_owned() } else { quoted(&text) };
        let data = format!(
            "{{\"@id\":1,\"exceptionTypeName\":\"{class}\",\"message\":{message},\
             \"stackTrace\":{stack}}}"
        );
        let error = format!("{{\"code\":0,\"message\":{message},\"data\":{data}}}");
        self.around("error", &error)
    }

    fn around(&self, name: &str, value: &str) -> String {
        let id = self.id.as_deref().unwrap_or("null");
        format!("{{\"jsonrpc\":{},\"id\":{id},\"{name}\":{value}}}", self.version)
    }
}

fn quoted(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    quote(text, &mut json);
    json
}
