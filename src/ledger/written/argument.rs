use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::{Contents, WrittenId, sha256};
use crate::ledger::Error;
use crate::model::{Argument, Called, Timestamp, is_secret_name};

/// A call of a method by its name.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::ledger) struct WrittenCall {
    method: String,
    params: Vec<WrittenArgument>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    plain: bool,
}

/// What a method is given.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WrittenArgument {
    Null,
    Flag(bool),
    Integer(i64),
    Real(f64),
    Text(String),
    Bytes(String),
    /// In place of long contents.
    Hashed {
        length: usize,
        sha256: String,
    },
    Time(i64, String),
    Id(WrittenId),
    List(Vec<Self>),
    Map(Vec<(String, Self)>),
    /// In place of what is a secret.
    Secret,
}

impl WrittenCall {
    pub(super) fn of(called: &Called, contents: Contents) -> Self {
        let param = |param: &Argument| WrittenArgument::of(param, contents);
        Self {
            method: called.method.clone(),
            params: called.params.iter().map(param).collect(),
            plain: called.plain,
        }
    }

    pub(super) fn into_called(self) -> Result<Called, Error> {
        let params = self.params.into_iter().map(WrittenArgument::into_argument);
        let params = params.collect::<Result<_, _>>()?;
        Ok(Called { method: self.method, params, plain: self.plain })
    }

    pub(super) fn is_whole(&self) -> bool {
        self.params.iter().all(WrittenArgument::is_whole)
    }
}

impl WrittenArgument {
    fn of(given: &Argument, contents: Contents) -> Self {
        match given {
            Argument::Null => Self::Null,
            Argument::Flag(flag) => Self::Flag(*flag),
            Argument::Integer(number) => Self::Integer(*number),
            Argument::Real(number) => Self::Real(*number),
            Argument::Text(text) if text.starts_with(TOKEN) => Self::Secret,
            Argument::Text(text) => Self::Text(text.clone()),
            Argument::Bytes(bytes) => match contents {
                Contents::Kept => Self::Bytes(STANDARD.encode(bytes)),
                Contents::Hashed => {
                    Self::Hashed { length: bytes.len(), sha256: sha256(bytes) }
                }
            },
            Argument::Time(time, text) => Self::Time(time.0, text.clone()),
            Argument::Id(id) => Self::Id(WrittenId::of(id)),
            Argument::List(items) => {
                Self::List(items.iter().map(|item| Self::of(item, contents)).collect())
            }
            Argument::Map(members) => {
                let member = |(key, value): &(String, Argument)| {
                    let value = match is_secret_name(key) {
                        true => Self::Secret,
                        false => Self::of(value, contents),
                    };
                    (key.clone(), value)
                };
                Self::Map(members.iter().map(member).collect())
            }
            Argument::Hidden => Self::Secret,
        }
    }

    fn into_argument(self) -> Result<Argument, Error> {
        Ok(match self {
            Self::Null => Argument::Null,
            Self::Flag(flag) => Argument::Flag(flag),
            Self::Integer(number) => Argument::Integer(number),
            Self::Real(number) => Argument::Real(number),
            Self::Text(text) => Argument::Text(text),
            Self::Bytes(text) => {
                Argument::Bytes(STANDARD.decode(text).map_err(|_| {
                    Error::Unreadable("bytes that are no base64".to_owned())
                })?)
            }
            Self::Time(time, text) => Argument::Time(Timestamp(time), text),
            Self::Id(id) => Argument::Id(id.into_id()?),
            Self::List(items) => {
                let items = items.into_iter().map(Self::into_argument);
                Argument::List(items.collect::<Result<_, _>>()?)
            }
            Self::Map(members) => {
                let member =
                    |(key, value): (String, Self)| Ok((key, value.into_argument()?));
                Argument::Map(
                    members.into_iter().map(member).collect::<Result<_, Error>>()?,
                )
            }
            Self::Secret | Self::Hashed { .. } => Argument::Hidden,
        })
    }

    fn is_whole(&self) -> bool {
        match self {
            Self::Secret | Self::Hashed { .. } => false,
            Self::Id(id) => id.is_whole(),
            Self::List(items) => items.iter().all(Self::is_whole),
            Self::Map(members) => members.iter().all(|(_, value)| value.is_whole()),
            Self::Null
            | Self::Flag(_)
            | Self::Integer(_)
            | Self::Real(_)
            | Self::Text(_)
            | Self::Bytes(_)
            | Self::Time(..) => true,
        }
    }
}

/// How personal access tokens begin.
const TOKEN: &str = "$pat-";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Id, Kind};

    fn called(params: Vec<Argument>) -> Called {
        Called { method: "executeImport".into(), params, plain: true }
    }

    fn written(called: &Called, contents: Contents) -> (String, WrittenCall) {
        let text = serde_json::to_string(&WrittenCall::of(called, contents)).unwrap();
        let read = serde_json::from_str(&text).unwrap();
        (text, read)
    }

    #[test]
    fn a_call_is_read_as_it_was_written() {
        let id = Id::parse(Kind::Sample, "/LAB/S1").unwrap();
        let map = Argument::Map(vec![
            ("b".into(), Argument::Real(1.5)),
            ("a".into(), Argument::List(vec![Argument::Null, Argument::Flag(true)])),
        ]);
        let time = Argument::Time(Timestamp(7), "1970".into());
        let bytes = Argument::Bytes(vec![1, 2]);
        let call = called(vec![Argument::Id(id), map, time, bytes, Argument::Integer(3)]);
        let (_, read) = written(&call, Contents::Kept);
        assert!(read.is_whole());
        assert_eq!(read.into_called().unwrap(), call);
    }

    #[test]
    fn secrets_and_contents_are_left_out() {
        let map =
            Argument::Map(vec![("apiToken".into(), Argument::Text("5ecret".into()))]);
        let token = Argument::Text("$pat-5ecret".into());
        let call = called(vec![map, token, Argument::Bytes(b"5ecret".to_vec())]);
        let (text, read) = written(&call, Contents::Hashed);
        assert!(!text.contains("5ecret") && !read.is_whole(), "{text}");
        assert_eq!(read.into_called().unwrap().params[1], Argument::Hidden);
    }
}
