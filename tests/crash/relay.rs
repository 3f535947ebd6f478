//! Stands between a client and openBIS, counts the calls that change something, and has the
//! client killed at one of them.
use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::SystemTime;

/// When the client dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strike {
    /// It has sent the call, and openBIS gets nothing of it.
    BeforeArrival,
    /// openBIS gets the call, but only when the client is dead.
    OnItsWay,
    /// openBIS has done it, and the answer is lost.
    BeforeAnswer,
    /// It has the answer.
    AfterAnswer,
    /// It has begun to write the answer down.
    InLedger,
}

impl Strike {
    pub(crate) const ALL: [Self; 5] = [
        Self::BeforeArrival,
        Self::OnItsWay,
        Self::BeforeAnswer,
        Self::AfterAnswer,
        Self::InLedger,
    ];
}

/// What is to happen once, and who is told.
pub(crate) struct Order {
    /// At which of the calls that change something, from 1.
    pub(crate) call: usize,
    pub(crate) strike: Strike,
    /// Written to with every change of the ledger.
    pub(crate) ledger: PathBuf,
    /// Told when it is time to kill the client.
    pub(crate) now: Sender<()>,
    /// Tells that it is dead.
    pub(crate) dead: Receiver<()>,
}

struct State {
    seen: usize,
    order: Option<Order>,
}

/// Relays to the server from now on; the address.
pub(crate) fn relay(server: &str, order: Order) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let state = Arc::new(Mutex::new(State { seen: 0, order: Some(order) }));
    let server = server.to_owned();
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let (server, state) = (server.clone(), Arc::clone(&state));
            // It ends with its connection.
            thread::spawn(move || serve(client, &server, &state));
        }
    });
    address
}

fn serve(client: TcpStream, server: &str, state: &Mutex<State>) -> Result<()> {
    let mut server = BufReader::new(TcpStream::connect(server)?);
    let mut client = BufReader::new(client);
    loop {
        let request = message(&mut client)?;
        let order = due(&request, state);
        match &order {
            Some(order) if order.strike == Strike::BeforeArrival => {
                order.kill();
                return Ok(());
            }
            Some(order) if order.strike == Strike::OnItsWay => order.kill(),
            Some(_) | None => {}
        }
        server.get_mut().write_all(&request)?;
        let answer = message(&mut server)?;
        if let Some(order) = &order
            && order.strike == Strike::BeforeAnswer
        {
            order.kill();
        }
        let before = order.as_ref().map(Order::written);
        client.get_mut().write_all(&answer)?;
        if let Some(order) = order {
            order.kill_after_answer(before.flatten());
        }
    }
}

/// The order, when this is the call that it is about.
fn due(request: &[u8], state: &Mutex<State>) -> Option<Order> {
    let mut state = state.lock().unwrap();
    let method = b"\"executeOperations\"";
    if !request.windows(method.len()).any(|part| part == method) {
        return None;
    }
    state.seen += 1;
    let seen = state.seen;
    state.order.take_if(|order| order.call == seen)
}

impl Order {
    fn kill(&self) {
        // Where nobody listens, the client is dead already.
        if self.now.send(()).is_ok() {
            let _ = self.dead.recv();
        }
    }

    fn kill_after_answer(&self, before: Option<SystemTime>) {
        match self.strike {
            Strike::AfterAnswer => self.kill(),
            Strike::InLedger => {
                while self.written() == before {
                    thread::yield_now();
                }
                self.kill();
            }
            Strike::BeforeArrival | Strike::OnItsWay | Strike::BeforeAnswer => {}
        }
    }

    fn written(&self) -> Option<SystemTime> {
        self.ledger.metadata().and_then(|about| about.modified()).ok()
    }
}

/// A whole request or answer.
fn message(stream: &mut BufReader<TcpStream>) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    let mut length = 0;
    loop {
        let begin = all.len();
        if stream.read_until(b'\n', &mut all)? == 0 {
            return Err(Error::from(ErrorKind::UnexpectedEof));
        }
        let line = String::from_utf8_lossy(&all[begin..]).to_lowercase();
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().map_err(Error::other)?;
        }
    }
    let begin = all.len();
    all.resize(begin + length, 0);
    stream.read_exact(&mut all[begin..])?;
    Ok(all)
}
