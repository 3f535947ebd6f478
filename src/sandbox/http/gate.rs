//! Where connections come in, and when they do not.
use std::io;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;

use crate::sandbox::faults::Outage;

const BACKLOG: u32 = 1024;

/// Says when nobody shall listen for a while.
pub(super) struct Gate {
    outage: Mutex<Option<Outage>>,
    /// Counts the outages.
    closed: watch::Sender<u64>,
}

impl Gate {
    pub(super) fn new() -> Self {
        Self { outage: Mutex::default(), closed: watch::Sender::new(0) }
    }

    /// Begins an outage.
    pub(super) fn close(&self, outage: Outage) {
        *self.outage.lock().unwrap_or_else(PoisonError::into_inner) = Some(outage);
        self.closed.send_modify(|count| *count += 1);
    }

    /// Changes whenever an outage begins.
    pub(super) fn closed(&self) -> watch::Receiver<u64> {
        self.closed.subscribe()
    }

    /// The listener after the outage that has begun.
    pub(super) async fn reopen(&self, listener: TcpListener) -> io::Result<TcpListener> {
        let outage = self.outage.lock().unwrap_or_else(PoisonError::into_inner).take();
        match outage {
            None => Ok(listener),
            Some(Outage::For(time)) => {
                let address = listener.local_addr()?;
                drop(listener);
                let held = held(address)?;
                tokio::time::sleep(time).await;
                held.listen(BACKLOG)
            }
            Some(Outage::Connections(count)) => {
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
