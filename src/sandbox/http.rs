//! The sandbox over HTTP, at the addresses that openBIS has.
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::{Html, IntoResponse};
use axum::routing::post;

use super::{Answer, Sandbox};

const APPLICATION_SERVER: &str = "/openbis/openbis/rmi-application-server-v3.json";
const DATA_STORE_SERVER: &str = "/datastore_server/rmi-data-store-server-v3.json";

/// Serves until `stop` is raised.
pub fn serve(
    sandbox: Arc<Sandbox>,
    listener: TcpListener,
    stop: Arc<AtomicBool>,
) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
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
    let application_server =
        |State(sandbox), body| call(sandbox, "application-server", body);
    let data_store_server =
        |State(sandbox), body| call(sandbox, "data-store-server", body);
    Router::new()
        .route(APPLICATION_SERVER, post(application_server).fallback(not_allowed))
        .route(DATA_STORE_SERVER, post(data_store_server).fallback(not_allowed))
        .fallback(|| async { (StatusCode::NOT_FOUND, Html("<h1>404 Not Found</h1>")) })
        .layer(DefaultBodyLimit::disable())
        .with_state(sandbox)
}

async fn call(
    sandbox: Arc<Sandbox>,
    service: &'static str,
    body: Bytes,
) -> Response<axum::body::Body> {
    let request = String::from_utf8_lossy(&body).into_owned();
    let answered =
        tokio::task::spawn_blocking(move || sandbox.answer(service, &request)).await;
    match answered {
        Ok(answer) => reply(answer),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn reply(answer: Answer) -> Response<axum::body::Body> {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let json = HeaderValue::from_static("application/json-rpc");
    (status, [(header::CONTENT_TYPE, json)], answer.body).into_response()
}

async fn not_allowed() -> Response<axum::body::Body> {
    let allowed = HeaderValue::from_static("POST, GET");
    (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, allowed)]).into_response()
}
