use std::sync::Arc;

use crate::model::{Id, Record, Timestamp};

/// A value of an answer as it stands there; what is known in it is a record or an id.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Untyped {
    #[default]
    Null,
    Flag(bool),
    Integer(i64),
    Real(f64),
    Text(String),
    List(Vec<Self>),
    /// An object of a class that rhobis does not know, or a map; `@type` is kept.
    Map(Vec<(String, Self)>),
    Record(Arc<Record>),
    Id(Id),
    /// Where the type of the answer says that it is one.
    Time(Timestamp),
}

impl Untyped {
    /// What it is, for messages.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Flag(_) => "a flag",
            Self::Integer(_) | Self::Real(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Map(_) => "an object",
            Self::Record(_) => "a record",
            Self::Id(_) => "an id",
            Self::Time(_) => "a time",
        }
    }

    /// A member of an object; null where there is none.
    pub fn get(&self, name: &str) -> &Self {
        let Self::Map(members) = self else { return &Self::Null };
        members
            .iter()
            .find(|(key, _)| key == name)
            .map_or(&Self::Null, |(_, value)| value)
    }

    /// Takes a member out of an object.
    pub fn take(&mut self, name: &str) -> Self {
        let Self::Map(members) = self else { return Self::Null };
        let member = members.iter_mut().find(|(key, _)| key == name);
        member.map_or(Self::Null, |(_, value)| std::mem::take(value))
    }

    /// The text of a scalar, as the server would write it.
    pub fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Integer(number) => Some(number.to_string()),
            Self::Real(number) => Some(number.to_string()),
            Self::Flag(flag) => Some(flag.to_string()),
            Self::Id(id) => Some(id.text().to_owned()),
            Self::Time(time) => Some(time.0.to_string()),
            Self::Null | Self::List(_) | Self::Map(_) | Self::Record(_) => None,
        }
    }

    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Id(id) => Some(id.text()),
            Self::Null
            | Self::Flag(_)
            | Self::Integer(_)
            | Self::Real(_)
            | Self::List(_)
            | Self::Map(_)
            | Self::Record(_)
            | Self::Time(_) => None,
        }
    }
}
