//! JSON as the data base keeps it: keys by length, then by bytes; the last of a kind wins.
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::Refusal;

pub(super) fn normalised(text: &str) -> Result<String, Refusal> {
    let json: Json = serde_json::from_str(text).map_err(|_| {
        Refusal::User(format!(
            "ERROR: invalid input syntax for type json\n  Detail: Token \"{text}\" is invalid."
        ))
    })?;
    Ok(json.to_string())
}

enum Json {
    /// `null`, `true`, `false` and numbers.
    Word(String),
    Text(String),
    List(Vec<Json>),
    Map(BTreeMap<(usize, String), Json>),
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Text(text) => write_text(f, text),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::to_string).collect();
                write!(f, "[{}]", items.join(", "))
            }
            Self::Map(items) => {
                f.write_str("{")?;
                let mut comma = "";
                for ((_, key), item) in items {
                    f.write_str(comma)?;
                    write_text(f, key)?;
                    write!(f, ": {item}")?;
                    comma = ", ";
                }
                f.write_str("}")
            }
        }
    }
}

fn write_text(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str(&serde_json::to_string(text).map_err(|_| fmt::Error)?)
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Word("null".to_owned()))
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json, E> {
        Ok(Json::Word(flag.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Word(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Word(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Json::Word(number.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut map = BTreeMap::new();
        while let Some((key, item)) = items.next_entry::<String, Json>()? {
            map.insert((key.len(), key), item);
        }
        Ok(Json::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_and_the_last_of_a_kind_wins() {
        for (text, kept) in [
            ("{\"b\": 1, \"a\": [1, 2,  3]}", "{\"a\": [1, 2, 3], \"b\": 1}"),
            ("{\"aa\":1,\"b\":2}", "{\"b\": 2, \"aa\": 1}"),
            ("{\"a\": 1, \"a\": 2}", "{\"a\": 2}"),
            ("[]", "[]"),
            ("5", "5"),
            ("\"te\\u0078t\"", "\"text\""),
            ("null", "null"),
        ] {
            assert_eq!(normalised(text), Ok(kept.to_owned()));
        }
    }

    #[test]
    fn what_is_no_json_is_refused_by_the_data_base() {
        for text in ["{", "text"] {
            let Err(Refusal::User(message)) = normalised(text) else { panic!("{text}") };
            assert!(message.starts_with("ERROR: invalid input syntax for type json"));
        }
    }
}
