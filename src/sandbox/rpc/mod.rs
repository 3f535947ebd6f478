//! JSON-RPC as the server speaks it.
mod envelope;
mod query;
mod refusal;

use serde::Deserialize;

use crate::wire::Fault;
use crate::wire::bean::{
    Dialect, Graph, Json, Method, Node, Request, Service, contract_of, read_params_in,
    write_in,
};
use envelope::Envelope;
pub(super) use query::{Query, request_of};
use refusal::Refusal;

/// What goes back over HTTP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// JSON, or nothing.
    pub body: String,
}

/// Whoever carries out calls.
pub(crate) trait Calls {
    /// Carries out one call, whose parameters fit what the method declares. A fault with a
    /// context is one of an operation: ` (Context: [...])` is put behind its message. An
    /// empty message is written as null.
    fn call(
        &self,
        method: &'static Method,
        request: Request,
    ) -> Result<(Graph, Node), Fault>;

    /// How requests are read.
    fn dialect(&self) -> Dialect {
        Dialect::default()
    }
}

/// Answers a request body: one call or a batch. What stands behind the JSON is not read.
pub(crate) fn answer(calls: &impl Calls, service: Service, body: &str) -> Answer {
    let mut deserializer = serde_json::Deserializer::from_str(body);
    let Ok(json) = Json::deserialize(&mut deserializer) else {
        return Outcome::refused(&Envelope::unknown(), Refusal::NoJson).answer();
    };
    Server { calls, service }.handle(&json).map_or_else(nothing, Outcome::answer)
}

fn nothing() -> Answer {
    Answer { status: 400, body: String::new() }
}

/// What became of one call or a batch.
struct Outcome {
    /// Empty where nothing is answered.
    body: String,
    status: u16,
}

impl Outcome {
    fn refused(envelope: &Envelope, refusal: Refusal) -> Self {
        Self { body: envelope.refusal(refusal), status: refusal.status() }
    }

    fn answer(self) -> Answer {
        Answer { status: self.status, body: self.body }
    }
}

struct Server<'s, C> {
    calls: &'s C,
    service: Service,
}

impl<C: Calls> Server<'_, C> {
    /// Nothing where the request is refused without a word.
    fn handle(&self, json: &Json) -> Option<Outcome> {
        match json {
            Json::Object(_) => self.single(json),
            Json::List(items) => self.batch(items),
            Json::Null
            | Json::Flag(_)
            | Json::Integer(_)
            | Json::Real(_)
            | Json::Text(_) => {
                Some(Outcome::refused(&Envelope::unknown(), Refusal::NoRequest))
            }
        }
    }

    /// Answers in the order of the calls; a single one that the server does not know makes
    /// the status that of a failure.
    fn batch(&self, items: &[Json]) -> Option<Outcome> {
        let outcomes: Option<Vec<_>> =
            items.iter().map(|item| self.handle(item)).collect();
        let outcomes = outcomes?;
        let failed = outcomes.iter().any(|outcome| outcome.status != 200);
        let bodies: Vec<_> = outcomes
            .iter()
            .map(|outcome| outcome.body.as_str())
            .filter(|body| !body.is_empty())
            .collect();
        let status = if failed { 500 } else { 200 };
        Some(Outcome { body: format!("[{}]", bodies.join(",")), status })
    }

    fn single(&self, json: &Json) -> Option<Outcome> {
        let envelope = Envelope::of(json)?;
        let name = match json.member("method") {
            Some(Json::Text(name)) => name.as_str(),
            _ => "",
        };
        let methods: Vec<_> =
            contract_of(self.calls.dialect().api).methods(self.service, name).collect();
        if methods.is_empty() {
            return Some(Outcome::refused(&envelope, Refusal::NoMethod));
        }
        let params = match json.member("params") {
            None | Some(Json::Null | Json::Object(_)) => &[][..],
            Some(Json::List(params)) => params,
            Some(_) => return None,
        };
        let method =
            methods.into_iter().find(|method| method.params.len() == params.len());
        Some(match method {
            Some(method) => self.carry_out(&envelope, method, params),
            None => Outcome::refused(&envelope, Refusal::BadParams),
        })
    }

    fn carry_out(
        &self,
        envelope: &Envelope,
        method: &'static Method,
        params: &[Json],
    ) -> Outcome {
        let dialect = self.calls.dialect();
        let request = read_params_in(dialect, method, params);
        let body = match request.and_then(|request| self.calls.call(method, request)) {
            Ok(_) if envelope.is_silent() => String::new(),
            Ok((graph, root)) => envelope.result(&write_in(dialect.api, &graph, &root)),
            Err(fault) => envelope.fault(&fault),
        };
        Outcome { body, status: 200 }
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Calls, answer};
    use crate::wire::Fault;
    use crate::wire::bean::{Graph, Method, Node, Request, Service};

    /// Knows no session; fails to log out.
    struct Nobody;

    impl Calls for Nobody {
        fn call(
            &self,
            method: &'static Method,
            _: Request,
        ) -> Result<(Graph, Node), Fault> {
            if method.name == "logout" {
                return Err(Fault {
                    class: "java.lang.RuntimeException".to_owned(),
                    message: "no".to_owned(),
                    context: Some(String::new()),
                });
            }
            Ok((Graph::new(), Node::Flag(false)))
        }
    }

    fn asked(body: &str) -> (u16, String) {
        let Answer { status, body } = answer(&Nobody, Service::As, body);
        (status, body)
    }

    fn active(id: &str) -> String {
        format!(r#"{{"id":{id},"method":"isSessionActive","params":["nobody"]}}"#)
    }

    fn inactive(id: &str) -> String {
        format!(r#"{{"jsonrpc":"2.0","id":{id},"result":false}}"#)
    }

    #[test]
    fn an_id_comes_back_as_it_was_sent() {
        for id in [r#""1""#, "17", "-3", "1.5", r#""""#] {
            assert_eq!(asked(&active(id)), (200, inactive(id)));
        }
        assert_eq!(asked(&active("true")), (400, String::new()));
        assert_eq!(asked(&active("null")), (200, String::new()));
    }

    #[test]
    fn what_is_no_call_is_refused_by_number() {
        let refusals = [
            ("{", 400, -32700),
            ("5", 400, -32600),
            (r#"{"id":1,"method":"none","params":[]}"#, 404, -32601),
            (r#"{"id":1,"method":"login","params":["x"]}"#, 500, -32602),
        ];
        for (request, status, code) in refusals {
            let (answered, body) = asked(request);
            assert_eq!(answered, status, "{request}");
            assert!(body.contains(&format!("\"code\":{code}")), "{body}");
        }
    }

    #[test]
    fn a_batch_is_answered_in_order_without_its_notifications() {
        let both = format!("[{},{},{}]", active("1"), active("null"), active("2"));
        assert_eq!(asked(&both), (200, format!("[{},{}]", inactive("1"), inactive("2"))));
        assert_eq!(asked("[5]").0, 500);
    }

    #[test]
    fn a_fault_is_an_answer_with_its_class_and_context() {
        let (status, body) = asked(r#"{"method":"logout","params":["x"]}"#);
        assert_eq!(status, 200);
        let expected =
            r#""id":null,"error":{"code":0,"message":"no (Context: [])","data":"#;
        assert!(body.contains(expected), "{body}");
    }
}
