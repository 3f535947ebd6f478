//! A method of the interface that is called by its name, with what it is given.
use super::{Id, Timestamp};

/// A value as people give it.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    Null,
    Flag(bool),
    Integer(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
    /// A moment, and how it is written.
    Time(Timestamp, String),
    Id(Id),
    List(Vec<Self>),
    /// An object, by its fields; `@type` names its class where that is not clear.
    Map(Vec<(String, Self)>),
    /// What was left out when it was written down.
    Hidden,
}

/// A call that changes something, and of which no more is known than what was given.
#[derive(Clone, Debug, PartialEq)]
pub struct Called {
    pub method: String,
    /// Without the session token.
    pub params: Vec<Argument>,
    /// Whether the answer comes as plain objects.
    pub plain: bool,
}

/// So much of a text is shown.
const SHOWN: usize = 80;

impl Called {
    /// How people know the objects that it is about: those of the first list.
    pub fn labels(&self) -> Vec<String> {
        match self.params.first() {
            Some(Argument::List(items)) if !items.is_empty() => {
                items.iter().map(|item| self.label(item)).collect()
            }
            Some(Argument::Id(id)) => vec![id.to_string()],
            Some(_) | None => vec![self.method.clone()],
        }
    }

    fn label(&self, item: &Argument) -> String {
        let told = match item {
            Argument::Map(members) => {
                let is_name = |key: &str| key == "code" || key.ends_with("Id");
                let own = members.iter().find(|(key, value)| {
                    is_name(key) && matches!(value, Argument::Text(_) | Argument::Id(_))
                });
                own.map(|(_, value)| value.shown())
            }
            Argument::Text(_) | Argument::Id(_) => Some(item.shown()),
            Argument::Null
            | Argument::Flag(_)
            | Argument::Integer(_)
            | Argument::Real(_)
            | Argument::Bytes(_)
            | Argument::Time(..)
            | Argument::List(_)
            | Argument::Hidden => None,
        };
        told.unwrap_or_else(|| self.method.clone())
    }

    /// What it is given, shortened, for people.
    pub fn shown(&self) -> String {
        let all: Vec<String> = self.params.iter().map(Argument::shown).collect();
        short(&all.join(", "))
    }

    /// Whether something is gone afterwards.
    pub fn is_deletion(&self) -> bool {
        let method = self.method.trim_start_matches("dss.");
        method.starts_with("delete") || method == "confirmDeletions"
    }

    /// Whether it freezes something for good.
    pub fn is_freezing(&self) -> bool {
        self.params.iter().any(Argument::is_freezing)
    }
}

impl Argument {
    fn is_freezing(&self) -> bool {
        let freezes = |(key, value): &(String, Self)| {
            key.starts_with("freeze") && *value == Self::Flag(true) || value.is_freezing()
        };
        match self {
            Self::Map(members) => members.iter().any(freezes),
            Self::List(items) => items.iter().any(Self::is_freezing),
            Self::Null
            | Self::Flag(_)
            | Self::Integer(_)
            | Self::Real(_)
            | Self::Text(_)
            | Self::Bytes(_)
            | Self::Time(..)
            | Self::Id(_)
            | Self::Hidden => false,
        }
    }

    fn shown(&self) -> String {
        let joined = |all: Vec<String>| all.join(", ");
        match self {
            Self::Null => "()".to_owned(),
            Self::Flag(flag) => flag.to_string(),
            Self::Integer(number) => number.to_string(),
            Self::Real(number) => number.to_string(),
            Self::Text(text) => short(text),
            Self::Bytes(bytes) => format!("{} bytes", bytes.len()),
            Self::Time(_, text) => text.clone(),
            Self::Id(id) => id.to_string(),
            Self::List(items) => {
                format!("[{}]", joined(items.iter().map(Self::shown).collect()))
            }
            Self::Map(members) => joined(
                members
                    .iter()
                    .map(|(key, value)| match is_secret_name(key) {
                        true => format!("{key}: (secret)"),
                        false => format!("{key}: {}", value.shown()),
                    })
                    .collect(),
            ),
            Self::Hidden => "(secret)".to_owned(),
        }
    }
}

/// Long texts are cut.
fn short(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Parts of names of parameters whose values are nobody's business.
const SECRETS: &[&str] =
    &["password", "passwd", "passphrase", "token", "secret", "api_key", "apikey"];

/// Whether what bears this name is nobody's business.
pub fn is_secret_name(name: &str) -> bool {
    let name = name.to_lowercase();
    SECRETS.iter().any(|part| name.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(item: Vec<(&str, Argument)>) -> Called {
        let members = item.into_iter().map(|(key, value)| (key.to_owned(), value));
        let params = vec![Argument::List(vec![Argument::Map(members.collect())])];
        Called { method: "updateSamples".into(), params, plain: false }
    }

    fn text(text: &str) -> Argument {
        Argument::Text(text.to_owned())
    }

    #[test]
    fn a_call_is_known_by_the_objects_of_its_list() {
        let call = called(vec![("sampleId", text("/LAB/S1")), ("note", text("x"))]);
        assert_eq!(call.labels(), ["/LAB/S1"]);
        assert_eq!(call.shown(), "[sampleId: /LAB/S1, note: x]");
    }

    #[test]
    fn secrets_are_not_shown_and_long_texts_are_cut() {
        let call = called(vec![
            ("code", text("A")),
            ("apiToken", text("5ecret")),
            ("n", text(&"x".repeat(999))),
        ]);
        assert!(!call.shown().contains("5ecret") && call.shown().len() < 100);
    }

    #[test]
    fn freezing_is_seen_wherever_it_stands() {
        assert!(called(vec![("freeze", Argument::Flag(true))]).is_freezing());
        assert!(!called(vec![("freeze", Argument::Flag(false))]).is_freezing());
    }
}
