//! From the name of a method to what carries it out.
//!
//! What only reads goes beside others that do; everything else has the store for itself.
use super::fault::failed;
use super::later::{self, Job};
use super::login::{login, login_anonymously, login_as};
use super::sandbox::{Sandbox, State};
use super::session::{Session, Sessions};
use super::single::{Asked, Single};
use super::verbs::{self, Call, Reading};
use super::work::{Held, Work};
use super::{history, implied, rules, single, strict, tokens};
use crate::model::{Kind, Timestamp, Verb};
use crate::wire::bean::{Api, Graph, Node, Request};
use crate::wire::{Fault, names};

/// The method that keeps what it did although it fails further on.
const NO_TRANSACTION: &str = "createPersonalAccessTokens";

/// Carries out one call and keeps what it changed, or leaves no trace of it.
pub(super) fn call(
    sandbox: &Sandbox,
    method: &str,
    request: Request,
) -> Result<(Graph, Node), Fault> {
    let mut graph = Graph::new();
    if let Some(outcome) = beside_others(sandbox, (method, &request), &mut graph) {
        return outcome.map(|root| (graph, root));
    }
    let mut state = sandbox.alone();
    let outcome = match without_session(sandbox, &mut state, method, &request) {
        Some(outcome) => outcome,
        None => with_session(sandbox, &mut state, (method, &request), &mut graph),
    };
    if outcome.is_err() && method != NO_TRANSACTION {
        state.store.rollback();
    }
    if let Err(error) = state.store.commit() {
        state.store.rollback();
        return Err(failed(error.to_string()));
    }
    let root = outcome?;
    if let Some(id) = later::taken_over(&graph, &root) {
        let session = session_of(&mut state, &request, sandbox.clock().now())?;
        drop(state);
        later::begin(sandbox, Job { id, session, request });
    }
    Ok((graph, root))
}

/// Whose call it is.
fn session_of(
    state: &mut State,
    request: &Request,
    now: Timestamp,
) -> Result<Session, Fault> {
    match text(request, 0).filter(|token| tokens::is_personal(token)) {
        Some(token) => tokens::session(state, token, now),
        None => Ok(state.sessions.of(text(request, 0), now)?.clone()),
    }
}

/// Whether a personal access token stands for the session.
pub(super) fn is_personal(request: &Request) -> bool {
    text(request, 0).is_some_and(tokens::is_personal)
}

/// What a method does that changes nothing.
#[derive(Clone, Copy)]
enum Read {
    Single(fn(&Work<'_>, &Asked<'_>, &mut Graph) -> Result<Node, Fault>),
    Verb(Reading, Kind),
}

impl Read {
    fn of(method: &str) -> Option<Self> {
        match single::named(method) {
            Some(Single::Reads(run)) => Some(Self::Single(run)),
            Some(Single::Changes(_)) => None,
            None => {
                let (verb, kind) = verb_of(method)?;
                Some(Self::Verb(Reading::of(verb)?, kind))
            }
        }
    }
}

/// Answers a call that changes nothing; gives nothing where it has to be alone.
fn beside_others(
    sandbox: &Sandbox,
    (method, request): (&str, &Request),
    out: &mut Graph,
) -> Option<Result<Node, Fault>> {
    if let Some(answer) = fixed(method, sandbox.settings.dialect.api) {
        return Some(Ok(answer));
    }
    let now = sandbox.clock().now();
    let token = text(request, 0);
    let personal = token.filter(|token| tokens::is_personal(token));
    let state = sandbox.shared();
    if method == "isSessionActive" {
        return Some(match personal {
            None => state.sessions.is_open(token, now).map(Node::Flag),
            Some(token) => Ok(Node::Flag(tokens::is_active(&state.store, token, now))),
        });
    }
    let read = Read::of(method)?;
    if rules::archiving::is_under_way(&state.store) {
        return None;
    }
    let session = match personal {
        Some(token) => tokens::known_session(&state, token, now).transpose()?,
        None => state.sessions.of(token, now).cloned(),
    };
    let session = match session {
        Ok(session) => session,
        Err(fault) => return Some(Err(fault)),
    };
    let held = Held::Shared(&state.store);
    let mut work = Work::new(held, &session, &sandbox.settings, now);
    let admitted = admit(&mut work, request, personal);
    let asked = asked(sandbox, request, &session, (personal, &state.sessions));
    Some(admitted.and_then(|()| match read {
        Read::Single(run) => run(&work, &asked, out),
        Read::Verb(reading, kind) => {
            verbs::read(&work, (reading, verb_call(reading.verb(), kind, request)), out)
        }
    }))
}

/// What every server answers to everybody.
fn fixed(method: &str, api: Api) -> Option<Node> {
    Some(match method {
        "getServerPublicInformation" => single::public_information(),
        "getMajorVersion" => Node::Integer(3),
        "getMinorVersion" => Node::Integer(single::version(api).0),
        _ => return None,
    })
}

/// The methods that need no session; nothing, if it is another one.
fn without_session(
    sandbox: &Sandbox,
    state: &mut State,
    method: &str,
    request: &Request,
) -> Option<Result<Node, Fault>> {
    let text = |place: usize| text(request, place);
    Some(match method {
        "login" => login(sandbox, state, text(0), text(1)).map(Node::from),
        "loginAs" => {
            login_as(sandbox, state, (text(0), text(1)), text(2)).map(Node::from)
        }
        "loginAsAnonymousUser" => login_anonymously(sandbox, state).map(Node::from),
        "logout" => state.sessions.end(text(0)).map(|()| Node::Null),
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
    let session = session_of(state, request, now)?;
    if personal.is_some() {
        tokens::permit(method)?;
    }
    rules::archiving::proceed(&mut state.store, now);
    let held = Held::Alone(&mut state.store);
    let mut work = Work::new(held, &session, &sandbox.settings, now);
    admit(&mut work, request, personal)?;
    if let Some(single) = single::named(method) {
        let asked = asked(sandbox, request, &session, (personal, &state.sessions));
        let outcome = single.run(&mut work, &asked, out);
        history::note(&mut work);
        return outcome;
    }
    match verb_of(method) {
        Some((verb, kind)) => {
            let outcome = verbs::run(&mut work, verb_call(verb, kind, request), out);
            history::note(&mut work);
            outcome
        }
        None if method.starts_with("search") => Ok(verbs::result(out, Vec::new(), 0)),
        None if method.starts_with("get") => Ok(Node::Map(Vec::new())),
        None => Err(failed(format!("{method} is not supported."))),
    }
}

/// Refuses whoever has no role, and what no method takes.
fn admit(
    work: &mut Work<'_>,
    request: &Request,
    personal: Option<&str>,
) -> Result<(), Fault> {
    let token = |token| work.store.find(Kind::PersonalAccessToken, "permId", token);
    work.rights.token = personal.and_then(token).map(|token| token.number);
    work.rights.any()?;
    implied::check(request)?;
    work.strictly(|store| strict::check(&request.graph, store))
}

fn asked<'r>(
    sandbox: &'r Sandbox,
    request: &'r Request,
    session: &'r Session,
    (personal, sessions): (Option<&str>, &'r Sessions),
) -> Asked<'r> {
    Asked {
        graph: &request.graph,
        params: &request.params,
        session,
        is_personal: personal.is_some(),
        sessions,
        sandbox,
    }
}

fn verb_call(verb: Verb, kind: Kind, request: &Request) -> Call<'_> {
    let param = |place: usize| request.params.get(place).unwrap_or(&Node::Null);
    Call { verb, kind, graph: &request.graph, objects: param(1), options: param(2) }
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
