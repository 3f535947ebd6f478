//! Where connections come in, and when they do not.
use std::io;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{Notify, watch};

use crate::sandbox::faults::Outage;

const BACKLOG: u32 = 1024;

/// Says when nobody shall listen for a while.
pub(super) struct Gate {
    wanted: Mutex<Option<Outage>>,
    /// Wakes whoever listens.
    asked: Notify,
    /// Counts the outages.
    closed: watch::Sender<u64>,
}

impl Gate {
    pub(super) fn new() -> Self {
        let (wanted, asked) = Default::default();
        Self { wanted, asked, closed: watch::Sender::new(0) }
    }

    /// Asks for an outage, and waits until it has begun.
    pub(super) async fn close(&self, outage: Outage) {
        let mut closed = self.closed();
        *self.wanted.lock().unwrap_or_else(PoisonError::into_inner) = Some(outage);
        self.asked.notify_one();
        // It cannot fail as long as the gate is there.
        let _ = closed.changed().await;
    }

    /// Waits until an outage is asked for.
    pub(super) async fn asked(&self) {
        self.asked.notified().await;
    }

    /// Changes whenever an outage begins.
    pub(super) fn closed(&self) -> watch::Receiver<u64> {
        self.closed.subscribe()
    }

    fn begin(&self) {
        self.closed.send_modify(|count| *count += 1);
    }

    /// The listener after the outage that was asked for.
    pub(super) async fn reopen(&self, listener: TcpListener) -> io::Result<TcpListener> {
        let outage = self.wanted.lock().unwrap_or_else(PoisonError::into_inner).take();
        match outage {
            None => Ok(listener),
            Some(Outage::For(time)) => {
                let address = listener.local_addr()?;
                drop(listener);
                let held = held(address)?;
                self.begin();
                tokio::time::sleep(time).await;
                held.listen(BACKLOG)
            }
            Some(Outage::Connections(count)) => {
                self.begin();
                for _ in 0..count {
                    reset(&listener.accept().await?.0)?;
                }
                Ok(listener)
            }
        }
    }
}

/// A socket that nobody can connect to and nobody else can take.
fn held(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

/// Ends a connection as if nobody had listened.
fn reset(stream: &TcpStream) -> io::Result<()> {
    stream.set_zero_linger()
}
