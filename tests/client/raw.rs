//! Calls without a client: what really comes over the wire.
use std::io::{ErrorKind, Read, Result, Write};
use std::net::TcpStream;

/// What came back.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Got {
    /// The head and the body of an answer that came whole.
    Whole(String, String),
    /// An answer that ended too early.
    Half,
    /// No answer.
    Nothing,
}

impl Got {
    /// The status and the body.
    pub(crate) fn whole(self) -> (u16, String) {
        match self {
            Self::Whole(head, body) => {
                (head.split(' ').nth(1).unwrap().parse().unwrap(), body)
            }
            other => panic!("{other:?}"),
        }
    }

    /// The body of an answer with status 200.
    pub(crate) fn body(self) -> String {
        let (status, body) = self.whole();
        assert_eq!(status, 200, "{body}");
        body
    }
}

/// A call over a connection of its own. `params` is JSON.
pub(crate) fn call(address: &str, method: &str, params: &str) -> Got {
    call_at(address, "", method, params)
}

/// The same at a path prefix.
pub(crate) fn call_at(address: &str, prefix: &str, method: &str, params: &str) -> Got {
    let body = format!(
        r#"{{"jsonrpc":"2.0","id":"1","method":"{method}","params":[{params}]}}"#
    );
    let request = format!(
        "POST {prefix}/openbis/openbis/rmi-application-server-v3.json HTTP/1.1\r\n\
         Host: sandbox\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    sent(address, &request).map_or(Got::Nothing, |answer| got(&answer))
}

fn sent(address: &str, request: &str) -> Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Err(error) if error.kind() != ErrorKind::ConnectionReset => Err(error),
        Ok(_) | Err(_) => Ok(String::from_utf8_lossy(&answer).into_owned()),
    }
}

fn got(answer: &str) -> Got {
    let Some((head, body)) = answer.split_once("\r\n\r\n") else { return Got::Nothing };
    let length = head.lines().find_map(|line| {
        line.to_lowercase().strip_prefix("content-length:").map(str::trim).map(str::parse)
    });
    let length: usize = length.unwrap().unwrap();
    if body.len() < length {
        Got::Half
    } else {
        Got::Whole(head.to_owned(), body.to_owned())
    }
}

/// The token of a new session, as JSON.
pub(crate) fn login(address: &str) -> String {
    let body = call(address, "login", r#""admin","pw""#).body();
    format!("\"{}\"", body.split('"').find(|part| part.starts_with("admin-")).unwrap())
}

/// Makes a space.
pub(crate) fn create_space(address: &str, token: &str, code: &str) -> Got {
    let creation =
        format!(r#"{{"@type":"as.dto.space.create.SpaceCreation","code":"{code}"}}"#);
    call(address, "createSpaces", &format!("{token},[{creation}]"))
}

/// Looks for a space.
pub(crate) fn get_space(address: &str, token: &str, code: &str) -> Got {
    let id = format!(r#"{{"@type":"as.dto.space.id.SpacePermId","permId":"{code}"}}"#);
    let options = r#"{"@type":"as.dto.space.fetchoptions.SpaceFetchOptions"}"#;
    call(address, "getSpaces", &format!("{token},[{id}],{options}"))
}
