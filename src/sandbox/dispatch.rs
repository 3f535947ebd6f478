//! From the name of a method to what carries it out.
use super::fault::failed;
use super::login::{login, login_anonymously, login_as};
use super::sandbox::{Sandbox, State};
use super::session::Session;
use super::verbs::{self, Call};
use super::work::Work;
use super::{history, implied, rules, single, strict, tokens};
use crate::model::{Kind, Verb};
use crate::wire::bean::{Graph, Node, Request};
use crate::wire::{Fault, names};

/// The method that keeps what it did although it fails further on.
const NO_TRANSACTION: &str = "createPersonalAccessTokens";

/// Carries out one call and keeps what it changed, or leaves no trace of it.
pub(super) fn call(
    sandbox: &Sandbox,
    method: &str,
    request: &Request,
) -> Result<(Graph, Node), Fault> {
    let mut state = sandbox.state();
    let mut graph = Graph::new();
    let outcome = match without_session(sandbox, &mut state, method, request) {
        Some(outcome) => outcome,
        None => with_session(sandbox, &mut state, (method, request), &mut graph),
    };
    if outcome.is_err() && method != NO_TRANSACTION {
        state.store.rollback();
    }
    if let Err(error) = state.store.commit() {
        state.store.rollback();
        return Err(failed(error.to_string()));
    }
    outcome.map(|root| (graph, root))
}

/// The methods that need no session; nothing, if it is another one.
fn without_session(
    sandbox: &Sandbox,
    state: &mut State,
    method: &str,
    request: &Request,
) -> Option<Result<Node, Fault>> {
    let text = |place: usize| text(request, place);
    let now = sandbox.clock().now();
    Some(match method {
        "login" => login(sandbox, state, text(0), text(1)).map(Node::from),
        "loginAs" => {
            login_as(sandbox, state, (text(0), text(1)), text(2)).map(Node::from)
        }
        "loginAsAnonymousUser" => login_anonymously(sandbox, state).map(Node::from),
        "logout" => state.sessions.end(text(0)).map(|()| Node::Null),
        "isSessionActive" => match text(0).filter(|token| tokens::is_personal(token)) {
            None => state.sessions.is_open(text(0), now).map(Node::Flag),
            Some(token) => Ok(Node::Flag(tokens::is_active(&state.store, token, now))),
        },
        "getServerPublicInformation" => Ok(single::public_information()),
        "getMajorVersion" => Ok(Node::Integer(3)),
        "getMinorVersion" => Ok(Node::Integer(6)),
        _ => return None,
    })
}

fn with_session(
    sandbox: &Sandbox,
    state: &mut State,
    (method, request): (&str, &Request),
    out: &mut Graph,
) -> Result<Node, Fault> {
    let now = sandbox.clock().now();
    let personal = text(request, 0).filter(|token| tokens::is_personal(token));
    let session: Session = match personal {
        Some(token) => tokens::session(state, token, now)?,
        None => state.sessions.of(text(request, 0), now)?.clone(),
    };
    if personal.is_some() {
        tokens::permit(method)?;
    }
    rules::archiving::proceed(&mut state.store, now);
    let mut work = Work::new(&mut state.store, &session, &sandbox.settings, now);
    let token = |token| work.store.find(Kind::PersonalAccessToken, "permId", token);
    work.rights.token = personal.and_then(token).map(|token| token.number);
    work.rights.any()?;
    implied::check(request)?;
    if sandbox.settings.dialect.strict {
        strict::check(&request.graph, work.store)?;
    }
    if let Some(run) = single::named(method) {
        let (graph, params) = (&request.graph, &request.params[..]);
        let sessions = &state.sessions;
        let asked = single::Asked {
            graph,
            params,
            session: &session,
            is_personal: personal.is_some(),
            sessions,
        };
        let outcome = run(&mut work, &asked, out);
        history::note(&mut work);
        return outcome;
    }
    let param = |place: usize| request.params.get(place).unwrap_or(&Node::Null);
    let (objects, options) = (param(1), param(2));
    match verb_of(method) {
        Some((verb, kind)) => {
            let call = Call { verb, kind, graph: &request.graph, objects, options };
            let outcome = verbs::run(&mut work, call, out);
            history::note(&mut work);
            outcome
        }
        None if method.starts_with("search") => Ok(verbs::result(out, Vec::new(), 0)),
        None if method.starts_with("get") => Ok(Node::Map(Vec::new())),
        None => Err(failed(format!("{method} is not supported."))),
    }
}

fn text(request: &Request, place: usize) -> Option<&str> {
    match request.params.get(place) {
        Some(Node::Text(text)) => Some(text),
        _ => None,
    }
}

/// The verb and kind of a method: `createSpaces`.
pub(super) fn verb_of(method: &str) -> Option<(Verb, Kind)> {
    let kinds = Kind::ALL.iter().copied();
    let mut all =
        kinds.flat_map(|kind| kind.spec().verbs.iter().map(move |&v| (v, kind)));
    all.find(|&(verb, kind)| {
        method.starts_with(verb.word()) && names::method(kind.spec(), verb) == method
    })
}
