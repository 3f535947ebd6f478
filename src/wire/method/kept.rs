//! Answers as texts, for the journal.
use serde_json::{Value as Json, json};

use super::operation::untyped;
use crate::model::{Timestamp, is_secret_name};
use crate::wire::redact::without_tokens;
use crate::wire::reply::Untyped;

/// In place of a time.
const TIME: &str = "$time";

/// A text from which [`read_answer`] reads the answer again. Ids are told as texts; a record
/// is its id.
pub fn write_answer(answer: &Untyped) -> String {
    json(answer).to_string()
}

/// An answer that was written down; nothing where the text is none.
pub fn read_answer(text: &str) -> Untyped {
    times(untyped(serde_json::from_str(text).unwrap_or_default()))
}

fn json(answer: &Untyped) -> Json {
    match answer {
        Untyped::Null => Json::Null,
        Untyped::Flag(flag) => json!(flag),
        Untyped::Integer(number) => json!(number),
        Untyped::Real(number) => json!(number),
        Untyped::Text(text) => json!(text),
        Untyped::Id(id) => json!(id.to_string()),
        Untyped::Time(time) => json!({ (TIME): time.0 }),
        Untyped::Record(record) => {
            record.id().map_or(Json::Null, |id| json!(id.to_string()))
        }
        Untyped::List(items) => items.iter().map(json).collect(),
        Untyped::Map(members) => {
            let members = members.iter().map(|(key, item)| (key.clone(), json(item)));
            members.collect::<serde_json::Map<_, _>>().into()
        }
    }
}

/// The text of an answer without what would let somebody in.
pub fn without_secrets(answer: &str) -> String {
    let mut json = serde_json::from_str(answer).unwrap_or_default();
    blot(&mut json);
    json.to_string()
}

fn blot(json: &mut Json) {
    match json {
        Json::String(text) => *text = without_tokens(text),
        Json::Array(items) => items.iter_mut().for_each(blot),
        Json::Object(members) => {
            members.retain(|key, _| !is_secret_name(key));
            members.values_mut().for_each(blot);
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

fn times(answer: Untyped) -> Untyped {
    match answer {
        Untyped::Map(members) => match members.as_slice() {
            [(key, Untyped::Integer(time))] if key == TIME => {
                Untyped::Time(Timestamp(*time))
            }
            _ => {
                let members = members.into_iter().map(|(key, item)| (key, times(item)));
                Untyped::Map(members.collect())
            }
        },
        Untyped::List(items) => Untyped::List(items.into_iter().map(times).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Id, Kind};

    #[test]
    fn an_answer_is_read_as_it_was_written() {
        let id = Id::parse(Kind::Sample, "/LAB/S1").unwrap();
        let map = vec![
            ("a".to_owned(), Untyped::Time(Timestamp(7))),
            ("ids".to_owned(), Untyped::List(vec![Untyped::Id(id)])),
            ("n".to_owned(), Untyped::Real(1.5)),
        ];
        let read = read_answer(&write_answer(&Untyped::Map(map)));
        assert_eq!(*read.get("a"), Untyped::Time(Timestamp(7)));
        assert_eq!(
            *read.get("ids"),
            Untyped::List(vec![Untyped::Text("/LAB/S1".into())])
        );
        assert_eq!(*read.get("n"), Untyped::Real(1.5));
    }

    #[test]
    fn what_lets_somebody_in_is_left_out() {
        let token = Id::parse(Kind::PersonalAccessToken, "$pat-5ecret").unwrap();
        let map = vec![
            ("made".to_owned(), Untyped::Id(token)),
            ("sessionToken".to_owned(), Untyped::Text("5ecret".into())),
            ("said".to_owned(), Untyped::Text("it is $pat-5ecret".into())),
        ];
        let answer = write_answer(&Untyped::Map(map));
        assert!(answer.contains("5ecret"));
        assert!(!without_secrets(&answer).contains("5ecret"));
    }
}
