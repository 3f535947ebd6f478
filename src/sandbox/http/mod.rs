//! The sandbox over HTTP and HTTPS.
mod certificate;
mod connection;
mod cut;
mod gate;
mod prefix;
mod routes;
mod slow;

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper_util::server::graceful::GracefulShutdown;

use super::Sandbox;
use super::faults::Faults;
pub use certificate::{Certificate, Error as CertificateError};
use connection::Host;
use gate::Gate;
pub use prefix::{BadPrefix, Prefix};
use routes::{Site, routes};

/// An answer with a long line of ancestors is written from the inside: bytes.
const STACK: usize = 64 << 20;

/// How long calls that are being carried out may go on after the end.
const FAREWELL: Duration = Duration::from_secs(10);

/// Serves until `stop` is raised.
///
/// # Errors
/// Where the listener cannot be used.
#[expect(clippy::needless_pass_by_value, reason = "it is for a thread of its own")]
pub fn serve(
    sandbox: Arc<Sandbox>,
    listener: TcpListener,
    stop: Arc<AtomicBool>,
) -> std::io::Result<()> {
    Server::of(sandbox).serve(listener, &stop)
}

/// A sandbox, and how it is served.
pub struct Server {
    pub sandbox: Arc<Sandbox>,
    /// What goes wrong.
    pub faults: Faults,
    /// With one it is HTTPS.
    pub certificate: Option<Certificate>,
    /// It answers beneath this path only.
    pub prefix: Prefix,
}

impl Server {
    /// By HTTP, and nothing goes wrong.
    pub fn of(sandbox: Arc<Sandbox>) -> Self {
        let faults = Faults::default();
        Self { sandbox, faults, certificate: None, prefix: Prefix::default() }
    }

    /// Serves until `stop` is raised.
    ///
    /// # Errors
    /// Where the listener or the certificate cannot be used.
    pub fn serve(self, listener: TcpListener, stop: &AtomicBool) -> std::io::Result<()> {
        listener.set_nonblocking(true)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .thread_stack_size(STACK)
            .enable_all()
            .build()?;
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            self.listen(listener, stop).await
        });
        runtime.shutdown_timeout(Duration::from_secs(1));
        served
    }

    async fn listen(
        self,
        mut listener: tokio::net::TcpListener,
        stop: &AtomicBool,
    ) -> std::io::Result<()> {
        let gate = Arc::new(Gate::new());
        let acceptor = self.certificate.map(|it| it.acceptor()).transpose()?;
        let site =
            Site { sandbox: self.sandbox, faults: self.faults, gate: Arc::clone(&gate) };
        let host = Host { routes: routes(site, &self.prefix), acceptor };
        let graceful = GracefulShutdown::new();
        loop {
            tokio::select! {
                () = raised(stop) => break,
                () = gate.asked() => tokio::select! {
                    () = raised(stop) => break,
                    reopened = gate.reopen(listener) => listener = reopened?,
                },
                accepted = listener.accept() => if let Ok((stream, _)) = accepted {
                    let attended = host.clone().attend(stream, graceful.watcher(), gate.closed());
                    tokio::spawn(attended);
                },
            }
        }
        // Whoever is not done by then is cut off.
        let _ = tokio::time::timeout(FAREWELL, graceful.shutdown()).await;
        Ok(())
    }
}

async fn raised(stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
