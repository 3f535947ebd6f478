//! The sandbox over HTTP, at the addresses that openBIS has.
use std::io::Read;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse};
use axum::routing::any;
use flate2::read::GzDecoder;

use super::rpc::{Query, request_of};
use super::{Answer, Sandbox};

/// Each with the service that answers there.
const SERVICES: [(&str, &str); 2] = [
    ("/openbis/openbis/rmi-application-server-v3.json", "application-server"),
    ("/datastore_server/rmi-data-store-server-v3.json", "data-store-server"),
];

/// An answer with a long line of ancestors is written from the inside: bytes.
const STACK: usize = 64 << 20;

/// Serves until `stop` is raised.
pub fn serve(
    sandbox: Arc<Sandbox>,
    listener: TcpListener,
    stop: Arc<AtomicBool>,
) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .thread_stack_size(STACK)
        .enable_all()
        .build()?;
    let served = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, routes(sandbox)).with_graceful_shutdown(raised(stop)).await
    });
    runtime.shutdown_timeout(Duration::from_secs(1));
    served
}

async fn raised(stop: Arc<AtomicBool>) {
    while !stop.load(Ordering::Relaxed) {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn routes(sandbox: Arc<Sandbox>) -> Router {
    let mut router = Router::new();
    for (path, service) in SERVICES {
        let route = any(move |State(sandbox), method, uri, headers, body| {
            answer(sandbox, service, Incoming { method, uri, headers, body })
        });
        router = router.route(path, route.clone()).route(&format!("{path}/"), route);
    }
    router
        .fallback(|| async { (StatusCode::NOT_FOUND, Html("<h1>404 Not Found</h1>")) })
        .layer(DefaultBodyLimit::disable())
        .with_state(sandbox)
}

struct Incoming {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

async fn answer(
    sandbox: Arc<Sandbox>,
    service: &'static str,
    incoming: Incoming,
) -> Response<Body> {
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
    let answered =
        tokio::task::spawn_blocking(move || sandbox.answer(service, &request)).await;
    match answered {
        Ok(answer) => reply(answer, incoming.headers.get(header::ORIGIN)),
        Err(_) => failure(),
    }
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

fn not_allowed() -> Response<Body> {
    let allowed = HeaderValue::from_static("POST, GET");
    (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, allowed)]).into_response()
}

fn failure() -> Response<Body> {
    (StatusCode::INTERNAL_SERVER_ERROR, Html("<h1>500 Server Error</h1>")).into_response()
}
