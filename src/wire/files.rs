//! What the file server speaks: lines, chunks of bytes, and refusals in JSON.
use serde::{Deserialize, Serialize};

use super::Fault;
use crate::model::Timestamp;

/// A file or a folder on the file server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The permId of the sample or collection.
    pub owner: String,
    pub path: String,
    pub name: String,
    pub is_folder: bool,
    pub size: u64,
    pub modified: Option<Timestamp>,
}

/// A part of a file: what is asked for, or what came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chunk {
    pub owner: String,
    pub source: String,
    pub offset: i64,
    pub limit: i32,
    pub data: Vec<u8>,
}

/// What stands for a session that the file server does not know.
const NO_SESSION: i32 = 40003;
const INVALID_SESSION: &str =
    "ch.systemsx.cisd.common.exceptions.InvalidSessionException";

/// A list, a line for each; nothing where a line is none.
pub fn read_list(text: &str) -> Option<Vec<Listed>> {
    text.lines().filter(|line| !line.is_empty()).map(read_line).collect()
}

fn read_line(line: &str) -> Option<Listed> {
    let parts: Vec<&str> = line.split('\t').collect();
    let [owner, path, name, is_folder, size, modified, ..] = parts.as_slice() else {
        return None;
    };
    let text = |text: &&str| (*text).to_owned();
    Some(Listed {
        owner: text(owner),
        path: text(path),
        name: text(name),
        is_folder: is_folder.eq_ignore_ascii_case("true"),
        size: if size.is_empty() { 0 } else { size.parse().ok()? },
        modified: modified.parse().ok().map(Timestamp),
    })
}

/// The same list as text. A tab or a line end in a name would be read as another thing.
pub fn write_list(list: &[Listed]) -> String {
    let line = |it: &Listed| {
        let modified = it.modified.map(|time| time.0.to_string()).unwrap_or_default();
        let size = if it.is_folder { String::new() } else { it.size.to_string() };
        let (owner, path, name) = (&it.owner, &it.path, &it.name);
        format!("{owner}\t{path}\t{name}\t{}\t{size}\t{modified}", it.is_folder)
    };
    list.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Chunks as bytes, numbers with the highest byte first.
pub fn pack(chunks: &[Chunk]) -> Vec<u8> {
    let mut bytes = Vec::new();
    put_length(&mut bytes, chunks.len());
    for chunk in chunks {
        put(&mut bytes, chunk.owner.as_bytes());
        put(&mut bytes, chunk.source.as_bytes());
        bytes.extend(chunk.offset.to_be_bytes());
        bytes.extend(chunk.limit.to_be_bytes());
        put(&mut bytes, &chunk.data);
    }
    bytes
}

fn put_length(bytes: &mut Vec<u8>, length: usize) {
    let length = i32::try_from(length).unwrap_or(i32::MAX);
    bytes.extend(length.to_be_bytes());
}

fn put(bytes: &mut Vec<u8>, part: &[u8]) {
    put_length(bytes, part.len());
    bytes.extend_from_slice(part);
}

/// The chunks in these bytes; nothing where they are none.
pub fn unpack(mut bytes: &[u8]) -> Option<Vec<Chunk>> {
    let count = take_int(&mut bytes)?;
    (0..count).map(|_| unpack_one(&mut bytes)).collect()
}

fn unpack_one(bytes: &mut &[u8]) -> Option<Chunk> {
    let text = |part: &[u8]| String::from_utf8(part.to_vec()).ok();
    Some(Chunk {
        owner: text(take_part(bytes)?)?,
        source: text(take_part(bytes)?)?,
        offset: i64::from_be_bytes(take(bytes, 8)?.try_into().ok()?),
        limit: take_int(bytes)?,
        data: take_part(bytes)?.to_vec(),
    })
}

/// What follows its length; nothing where that is negative.
fn take_part<'b>(bytes: &mut &'b [u8]) -> Option<&'b [u8]> {
    let length = take_int(bytes)?;
    take(bytes, usize::try_from(length).unwrap_or(0))
}

fn take_int(bytes: &mut &[u8]) -> Option<i32> {
    Some(i32::from_be_bytes(take(bytes, 4)?.try_into().ok()?))
}

fn take<'b>(bytes: &mut &'b [u8], length: usize) -> Option<&'b [u8]> {
    let (part, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(part)
}

#[derive(Deserialize, Serialize)]
struct Refused {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    result: Option<String>,
    error: (String, Reason),
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Reason {
    message: Message,
    #[serde(default)]
    exception_code: Option<i32>,
}

/// Some servers put the whole refusal of another one into the message.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Message {
    Text(String),
    Inner { error: (String, Box<Reason>) },
}

/// A refusal of the file server, without the session token that it repeats.
pub fn read_refusal(body: &str, token: &str) -> Option<Fault> {
    let refused: Refused = serde_json::from_str(body).ok()?;
    let (mut class, mut reason) = refused.error;
    while let Message::Inner { error } = reason.message {
        (class, reason) = (error.0, *error.1);
    }
    let Message::Text(message) = reason.message else { return None };
    let message = match token {
        "" => message,
        token => message.replace(token, "…"),
    };
    if reason.exception_code == Some(NO_SESSION) {
        return Some(Fault { class: INVALID_SESSION.to_owned(), message, context: None });
    }
    Some(Fault { class, message, context: None })
}

/// A refusal as the file server writes it.
pub fn write_refusal(class: &str, message: String, code: Option<i32>) -> String {
    let reason = Reason { message: Message::Text(message), exception_code: code };
    let id = Some("1".to_owned());
    let refused = Refused { id, result: None, error: (class.to_owned(), reason) };
    serde_json::to_string(&refused).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Refusal;

    #[test]
    fn chunks_are_packed_as_the_server_reads_them() {
        let chunk = Chunk {
            owner: "1-2".to_owned(),
            source: "/ä".to_owned(),
            offset: 258,
            limit: 5,
            data: vec![7],
        };
        let bytes = pack(std::slice::from_ref(&chunk));
        let expected = [
            &[0, 0, 0, 1, 0, 0, 0, 3][..],
            b"1-2",
            &[0, 0, 0, 3, b'/', 0xC3, 0xA4],
            &[0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 5, 0, 0, 0, 1, 7],
        ];
        assert_eq!(bytes, expected.concat());
        assert_eq!(unpack(&bytes), Some(vec![chunk]));
        for end in 0..bytes.len() {
            assert_eq!(unpack(&bytes[..end]), None, "{end}");
        }
    }

    #[test]
    fn a_list_comes_back_and_other_text_is_none() {
        let text = "P\t/a\ta\ttrue\t\t5\nP\t/b.txt\tb.txt\tfalse\t7\t6";
        let list = read_list(text).unwrap();
        assert_eq!((list[0].is_folder, list[1].size), (true, 7));
        assert_eq!(write_list(&list), text);
        assert_eq!(read_list(""), Some(Vec::new()));
        assert_eq!(read_list("<html>"), None);
    }

    #[test]
    fn a_refusal_is_told_without_the_token_that_it_repeats() {
        let token = "ann-260101000000000xAB";
        let text =
            format!("Session {token} don't have rights [Read] over 1-2 / to perform");
        let body = write_refusal("java.lang.RuntimeException", text, Some(40001));
        let fault = read_refusal(&body, token).unwrap();
        assert_eq!(fault.refusal(), Refusal::Unauthorized);
        assert!(!fault.message.contains(token), "{fault}");
        let inner = format!(r#"{{"error":["x",{{"message":{body}}}]}}"#);
        assert_eq!(read_refusal(&inner, token), Some(fault));
        let gone =
            write_refusal("x", format!("Session {token} doesn't exist"), Some(40003));
        assert_eq!(read_refusal(&gone, token).unwrap().refusal(), Refusal::SessionLost);
        assert_eq!(read_refusal("<html>", token), None);
    }
}
