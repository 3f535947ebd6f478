//! The addresses that openBIS has, and what is answered there.
use std::io::Read;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse};
use axum::routing::any;
use flate2::read::GzDecoder;

use super::cut::{Cut, Dropped};
use super::gate::Gate;
use super::prefix::Prefix;
use super::slow::Slow;
use crate::sandbox::faults::{Ending, Faults};
use crate::sandbox::rpc::{Query, request_of};
use crate::sandbox::{Answer, Sandbox, Visit};

/// Each with the service that answers there.
const SERVICES: [(&str, &str); 2] = [
    ("/openbis/openbis/rmi-application-server-v3.json", "application-server"),
    ("/datastore_server/rmi-data-store-server-v3.json", "data-store-server"),
];

/// What answers, and what goes wrong with it.
#[derive(Clone)]
pub(super) struct Site {
    pub(super) sandbox: Arc<Sandbox>,
    pub(super) faults: Faults,
    pub(super) gate: Arc<Gate>,
}

pub(super) fn routes(site: Site, prefix: &Prefix) -> Router {
    let (mut router, below) = (Router::new(), prefix.to_string());
    for (path, service) in SERVICES {
        let route = any(move |State(site), method, uri, headers, body| {
            answer(site, service, Incoming { method, uri, headers, body })
        });
        let path = format!("{prefix}{path}");
        router = router.route(&path, route.clone()).route(&format!("{path}/"), route);
    }
    router
        .fallback(move |State(site), method, uri, headers, body| {
            visit(site, below, Incoming { method, uri, headers, body })
        })
        .layer(DefaultBodyLimit::disable())
        .with_state(site)
}

struct Incoming {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

async fn answer(site: Site, service: &'static str, incoming: Incoming) -> Response<Body> {
    let query = match incoming.method {
        Method::POST => Query::Request(body_text(&incoming)),
        Method::GET => request_of(incoming.uri.query().unwrap_or_default()),
        _ => return not_allowed(),
    };
    let request = match query {
        Query::Request(request) => request,
        Query::Nothing => return StatusCode::BAD_REQUEST.into_response(),
        Query::Broken => return failure(),
    };
    let strike = site.faults.strike(&request, site.sandbox.now());
    let gate = Arc::clone(&site.gate);
    // Whoever goes away while a call waits is not waited for, but the call is carried out.
    let ended = tokio::spawn(async move {
        tokio::time::sleep(strike.latency).await;
        let carried = move || site.faults.carry(strike, &site.sandbox, service, &request);
        tokio::task::spawn_blocking(carried).await
    });
    let origin = incoming.headers.get(header::ORIGIN);
    let Ok(Ok(ending)) = ended.await else { return failure() };
    match ending {
        Ending::Answered(answer) => reply(answer, origin),
        Ending::Cut(answer) => reply(answer, origin).map(|body| Body::new(Cut::of(body))),
        Ending::Stalled(answer) => slowly(answer, origin, Slow::half),
        Ending::Trickled(answer, wait) => {
            slowly(answer, origin, |body| Slow::trickling(body, wait))
        }
        // Whoever waits for it has to end the connection.
        Ending::Silent => std::future::pending().await,
        Ending::Page { status, retry_after } => page(status, retry_after),
        Ending::Dropped => Dropped::response(),
        Ending::Gone(outage) => {
            gate.close(outage).await;
            Dropped::response()
        }
    }
}

/// Answers beneath the other addresses of openBIS.
async fn visit(site: Site, below: String, incoming: Incoming) -> Response<Body> {
    let missing = || (StatusCode::NOT_FOUND, Html("<h1>404 Not Found</h1>"));
    let carried = move || {
        let headers: Vec<(String, String)> = incoming
            .headers
            .iter()
            .filter_map(|(name, value)| {
                Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
            })
            .collect();
        site.sandbox.visit(Visit {
            verb: incoming.method.as_str(),
            path: incoming.uri.path().strip_prefix(&below)?,
            query: incoming.uri.query().unwrap_or_default(),
            headers: &headers,
            body: &incoming.body,
        })
    };
    match tokio::task::spawn_blocking(carried).await {
        Ok(None) => missing().into_response(),
        Ok(Some(visited)) => {
            let status = StatusCode::from_u16(visited.status).unwrap_or(StatusCode::OK);
            let kind = HeaderValue::from_static(visited.content_type);
            (status, [(header::CONTENT_TYPE, kind)], visited.body).into_response()
        }
        Err(_) => failure(),
    }
}

/// What something in front of openBIS says.
fn page(status: u16, retry_after: Option<u32>) -> Response<Body> {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    let mut response = (status, Html(format!("<h1>{status}</h1>"))).into_response();
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The body as text, unpacked where it is packed. What is no text becomes no JSON.
fn body_text(incoming: &Incoming) -> String {
    let packed = incoming.headers.get(header::CONTENT_ENCODING);
    if packed.is_none_or(|encoding| encoding != "gzip") {
        return String::from_utf8_lossy(&incoming.body).into_owned();
    }
    let mut text = String::new();
    match GzDecoder::new(&*incoming.body).read_to_string(&mut text) {
        Ok(_) => text,
        Err(_) => String::new(),
    }
}

fn reply(answer: Answer, origin: Option<&HeaderValue>) -> Response<Body> {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let json = HeaderValue::from_static("application/json-rpc");
    let mut response =
        (status, [(header::CONTENT_TYPE, json)], answer.body).into_response();
    if let Some(origin) = origin {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        let yes = HeaderValue::from_static("true");
        headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, yes);
        let allowed = HeaderValue::from_static("Content-Type");
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, allowed);
    }
    response
}

/// The reply with its body in a form of its own.
fn slowly(
    mut answer: Answer,
    origin: Option<&HeaderValue>,
    form: impl FnOnce(String) -> Slow,
) -> Response<Body> {
    let body = std::mem::take(&mut answer.body);
    reply(answer, origin).map(|_| Body::new(form(body)))
}

fn not_allowed() -> Response<Body> {
    let allowed = HeaderValue::from_static("POST, GET");
    (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, allowed)]).into_response()
}

fn failure() -> Response<Body> {
    (StatusCode::INTERNAL_SERVER_ERROR, Html("<h1>500 Server Error</h1>")).into_response()
}
