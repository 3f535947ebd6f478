//! The JSON-RPC around an answer.
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::Untyped;
use super::visit::Any;
use crate::wire::{Error, Fault, redact};

/// The result in the envelope, or the fault.
pub(super) fn read(text: &str, at: Any<'_>) -> Result<Result<Untyped, Fault>, Error> {
    let mut from = serde_json::Deserializer::from_str(text);
    let (result, fault) = Envelope(at).deserialize(&mut from)?;
    from.end()?;
    match (result, fault) {
        (_, Some(fault)) => Ok(Err(fault)),
        (Some(result), None) => Ok(Ok(result)),
        (None, None) => Err(Error::NotRpc),
    }
}

struct Envelope<'r>(Any<'r>);

impl<'de> DeserializeSeed<'de> for Envelope<'_> {
    type Value = (Option<Untyped>, Option<Fault>);

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Envelope<'_> {
    type Value = (Option<Untyped>, Option<Fault>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON-RPC answer")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut result, mut error) = (None, None);
        while let Some(key) = map.next_key::<String>()? {
            match &*key {
                "result" => result = Some(map.next_value_seed(self.0)?),
                "error" => error = Some(map.next_value_seed(self.0)?),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let error = error.filter(|error| *error != Untyped::Null);
        Ok((result, error.map(|error| fault(&error))))
    }
}

fn fault(error: &Untyped) -> Fault {
    let class = error.get("data").get("exceptionTypeName").as_text().unwrap_or_default();
    let message = error.get("message").as_text();
    let message = message.unwrap_or("the server gave no reason");
    Fault::told(class, &redact::without_tokens(message))
}
