//! A proxy for plain requests and for tunnels, which counts what goes through it.
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// It works until the test ends.
pub(crate) struct Proxy {
    pub(crate) url: String,
    counts: Arc<Counts>,
}

#[derive(Default)]
struct Counts {
    tunnels: AtomicUsize,
    requests: AtomicUsize,
}

impl Proxy {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let counts = Arc::new(Counts::default());
        let counted = Arc::clone(&counts);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let counts = Arc::clone(&counted);
                // A connection that breaks is the client's to tell.
                thread::spawn(move || drop(pass(&stream, &counts)));
            }
        });
        Self { url, counts }
    }

    /// How many connections were let through as they are.
    pub(crate) fn tunnels(&self) -> usize {
        self.counts.tunnels.load(Ordering::SeqCst)
    }

    /// How many plain requests were carried.
    pub(crate) fn requests(&self) -> usize {
        self.counts.requests.load(Ordering::SeqCst)
    }
}

fn pass(mut client: &TcpStream, counts: &Counts) -> io::Result<()> {
    let mut reader = BufReader::new(client.try_clone()?);
    let head = head(&mut reader)?;
    let mut words = head[0].split(' ');
    let (method, target) = (words.next().unwrap(), words.next().unwrap());
    if method == "CONNECT" {
        counts.tunnels.fetch_add(1, Ordering::SeqCst);
        return tunnel(client, target);
    }
    counts.requests.fetch_add(1, Ordering::SeqCst);
    let (host, path) = target.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut server = TcpStream::connect(host)?;
    write!(server, "{method} /{path} HTTP/1.1\r\nConnection: close\r\n")?;
    let mut length = 0;
    for line in &head[1..] {
        let (name, value) = line.split_once(':').unwrap();
        match &*name.to_lowercase() {
            "connection" | "proxy-connection" => continue,
            "content-length" => length = value.trim().parse().unwrap(),
            _ => {}
        }
        write!(server, "{line}\r\n")?;
    }
    server.write_all(b"\r\n")?;
    io::copy(&mut reader.take(length), &mut server)?;
    io::copy(&mut server, &mut client)?;
    client.shutdown(Shutdown::Both)
}

/// The lines of a head.
fn head(reader: &mut impl BufRead) -> io::Result<Vec<String>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        match line.trim_end() {
            "" => return Ok(lines),
            line => lines.push(line.to_owned()),
        }
    }
}

fn tunnel(mut client: &TcpStream, target: &str) -> io::Result<()> {
    let server = TcpStream::connect(target)?;
    client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
    let (mut from, mut to) = (server.try_clone()?, client.try_clone()?);
    let back = thread::spawn(move || {
        let copied = io::copy(&mut from, &mut to);
        drop(to.shutdown(Shutdown::Both));
        copied
    });
    io::copy(&mut client, &mut &server)?;
    server.shutdown(Shutdown::Both)?;
    back.join().unwrap().map(drop)
}
