use std::io::{Read, Write};
use std::net::TcpStream;

use crate::server::Server;

/// Starts a process that serves the seed and waits for its first answer.
pub(crate) fn listening(seed: &str) {
    let server = Server::start(seed);
    let answer = ask(server.url.trim_start_matches("http://"));
    assert!(answer.contains(r#""result":3"#), "{answer}");
}

fn ask(address: &str) -> String {
    let body = r#"{"jsonrpc":"2.0","id":"1","method":"getMajorVersion","params":[]}"#;
    let mut stream = TcpStream::connect(address).expect("a connection");
    write!(
        stream,
        "POST /openbis/openbis/rmi-application-server-v3.json HTTP/1.1\r\n\
         Host: {address}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .expect("the request goes out");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}
