use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

/// Starts a process that serves the seed and waits for its first answer.
pub(crate) fn listening(seed: &str) {
    let mut process = Command::new(env!("CARGO_BIN_EXE_rhobis"))
        .args(["sandbox", "--listen", "127.0.0.1:0", "--seed", seed])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut url = String::new();
    let stdout = process.stdout.as_mut().expect("a pipe");
    BufReader::new(stdout).read_line(&mut url).expect("the address");
    let answer = ask(url.trim().trim_start_matches("http://"));
    assert!(answer.contains(r#""result":3"#), "{answer}");
    process.kill().expect("the process ends");
    process.wait().expect("the process ends");
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
