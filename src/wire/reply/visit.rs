//! Reads JSON straight into records: no tree in between, references resolved on the way.
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::reading::Reading;
use super::{Untyped, classes, fields};
use crate::model::{Fetch, Kind, Record, Value};

/// What stands in an object, in its order.
type Members = Vec<(String, Untyped)>;

/// Reads whatever comes.
#[derive(Clone, Copy)]
pub(super) struct Any<'r> {
    pub(super) reading: &'r Reading,
    /// What was asked for of the records in it, where that is known.
    pub(super) fetch: Option<&'r Fetch>,
}

impl<'de> DeserializeSeed<'de> for Any<'_> {
    type Value = Untyped;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Untyped, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Any<'_> {
    type Value = Untyped;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of openBIS")
    }

    fn visit_unit<E: Error>(self) -> Result<Untyped, E> {
        Ok(Untyped::Null)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Untyped, E> {
        Ok(Untyped::Flag(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Untyped, E> {
        Ok(Untyped::Integer(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Untyped, E> {
        Ok(i64::try_from(number)
            .map_or_else(|_| Untyped::Text(number.to_string()), Untyped::Integer))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Untyped, E> {
        Ok(Untyped::Real(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Untyped, E> {
        Ok(Untyped::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Untyped, E> {
        Ok(Untyped::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Untyped, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Untyped::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Untyped, A::Error> {
        let mut number = None;
        let mut first = map.next_key_seed(Key)?;
        if first.as_deref() == Some("@id") {
            number = Some(map.next_value()?);
            first = map.next_key_seed(Key)?;
        }
        let Some(first) = first else { return Ok(Untyped::Map(Vec::new())) };
        if first != "@type" {
            let members = vec![(first.into_owned(), map.next_value_seed(self)?)];
            return Ok(Untyped::Map(self.members(members, map)?.0));
        }
        let class = map.next_value_seed(Key)?;
        let entity = classes::entity(&class).filter(|_| !self.reading.plain);
        if let Some(kind) = entity {
            return Ok(Untyped::Record(self.record(kind, number, map)?));
        }
        let fetch = self.fetch.filter(|_| class == "as.dto.common.search.SearchResult");
        let known = classes::is_id(&class);
        let (members, later) = Self { fetch, ..self }.members(Vec::new(), map)?;
        if known && let Some(id) = classes::id(&class, &members) {
            if let Some(number) = number.or(later) {
                self.reading.note(number, id.clone());
            }
            return Ok(Untyped::Id(id));
        }
        let kind = ("@type".to_owned(), Untyped::Text(class.into_owned()));
        let object = Untyped::Map(std::iter::once(kind).chain(members).collect());
        if let Some(number) = number.or(later) {
            self.reading.note_other(number, &object);
        }
        Ok(object)
    }
}

impl Any<'_> {
    /// The members of an object that is no record, and its number.
    fn members<'de, A: MapAccess<'de>>(
        self,
        mut members: Members,
        mut map: A,
    ) -> Result<(Members, Option<i64>), A::Error> {
        let mut number = None;
        while let Some(key) = map.next_key_seed(Key)? {
            match &*key {
                "@id" => number = Some(map.next_value()?),
                "fetchOptions" => drop(map.next_value::<IgnoredAny>()?),
                _ => members.push((key.into_owned(), map.next_value_seed(self)?)),
            }
        }
        Ok((members, number))
    }

    /// A record, the `@type` of which has been read.
    fn record<'de, A: MapAccess<'de>>(
        self,
        kind: Kind,
        number: Option<i64>,
        mut map: A,
    ) -> Result<Arc<Record>, A::Error> {
        let fetch = self.fetch.filter(|fetch| fetch.kind == kind);
        let place = Place { kind, number: self.reading.begin(kind) };
        if let Some(number) = number {
            self.reading.number(place.number, number);
        }
        while let Some(key) = map.next_key_seed(Key)? {
            match &*key {
                "@id" => self.reading.number(place.number, map.next_value()?),
                "fetchOptions" => drop(map.next_value::<IgnoredAny>()?),
                name => self.field(place, fetch, name, &mut map)?,
            }
        }
        self.reading.end().ok_or_else(|| A::Error::custom("a record without a beginning"))
    }

    /// One field of a record; `fetch` is what was asked for of the record.
    fn field<'de, A: MapAccess<'de>>(
        self,
        place: Place,
        fetch: Option<&Fetch>,
        name: &str,
        map: &mut A,
    ) -> Result<(), A::Error> {
        let field = place.kind.spec().field(name);
        let within = field.and_then(|field| fetch?.with.get(field.name));
        let seed = Any { reading: self.reading, fetch: within };
        let value = map.next_value_seed(seed)?;
        if let ("permId" | "id", Untyped::Id(id)) = (name, &value) {
            self.reading.name(place.number, id.clone());
        }
        let Some(field) = field else { return Ok(()) };
        let asked = !field.asked || within.is_some();
        let value = fields::value(seed, field.ty, value);
        let value =
            value.map_err(|what| A::Error::custom(format!("`{name}`: {what}")))?;
        if asked || value != Value::Null {
            self.reading.put(place.number, field.name, value);
        }
        Ok(())
    }
}

/// A record that is being read: its kind, and its place among the open ones.
#[derive(Clone, Copy)]
struct Place {
    kind: Kind,
    number: usize,
}

/// Reads a key or a class name without copying it.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}
