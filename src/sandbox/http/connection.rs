use std::convert::Infallible;

use axum::Router;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::Watcher;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

use super::cut::Dropped;

/// What every connection meets.
#[derive(Clone)]
pub(super) struct Host {
    pub(super) routes: Router,
    /// With one it is TLS.
    pub(super) acceptor: Option<TlsAcceptor>,
}

impl Host {
    /// Answers on a connection until it ends or `closed` changes.
    pub(super) async fn attend(
        self,
        stream: TcpStream,
        watcher: Watcher,
        mut closed: watch::Receiver<u64>,
    ) {
        let Self { routes, acceptor } = self;
        let attended = async move {
            // Small answers are not to wait for more. Nothing depends on it.
            let _ = stream.set_nodelay(true);
            let Some(acceptor) = acceptor else {
                return converse(stream, routes, watcher).await;
            };
            // Whoever does not trust the certificate goes away.
            if let Ok(stream) = acceptor.accept(stream).await {
                converse(stream, routes, watcher).await;
            }
        };
        tokio::select! {
            () = attended => {}
            _ = closed.changed() => {}
        }
    }
}

async fn converse<S>(stream: S, routes: Router, watcher: Watcher)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let routes = TowerToHyperService::new(routes);
    let service = service_fn(move |request: Request<Incoming>| {
        let answered = routes.call(request);
        async move {
            match answered.await {
                Ok(response) if Dropped::marks(&response) => Err(Dropped),
                Ok(response) => Ok(response),
                Err(never) => Err(impossible(never)),
            }
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service);
    // How a connection ended is the client's to tell.
    let _ = watcher.watch(connection).await;
}

fn impossible(never: Infallible) -> Dropped {
    match never {}
}
