//! openBIS's answers, read straight into records.
mod classes;
mod envelope;
mod fields;
mod operations;
mod reading;
mod untyped;
mod visit;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::method::{Asked, typed};
use super::{Error, Fault, names};
use crate::model::{Fetch, Id, Record};
pub use operations::{Operated, Remembered};
pub(super) use reading::{Object as Seen, Reading};
pub use untyped::Untyped;
use visit::Any;

/// What the server answered to a call.
pub struct Reply {
    result: Untyped,
    reading: Reading,
}

impl Reply {
    /// Reads an answer to a call that asked for `fetch`.
    pub fn read(text: &str, fetch: Option<&Fetch>) -> Result<Result<Self, Fault>, Error> {
        let reading = Reading::default();
        let answer = envelope::read(text, Any { reading: &reading, fetch })?;
        Ok(answer.map(|result| Self { result, reading }))
    }

    /// Reads an answer to a call of any method.
    pub fn read_any(text: &str, asked: &Asked) -> Result<Result<Self, Fault>, Error> {
        let reading = Reading::whole(asked.plain);
        let answer = envelope::read(text, Any { reading: &reading, fetch: None })?;
        Ok(answer.map(|result| {
            let result = typed(&reading, asked.returns(), result);
            Self { result, reading }
        }))
    }

    /// Reads an answer about operations: what they concern is not looked into.
    pub fn read_plain(text: &str) -> Result<Result<Self, Fault>, Error> {
        let reading = Reading::plain();
        let answer = envelope::read(text, Any { reading: &reading, fetch: None })?;
        Ok(answer.map(|result| Self { result, reading }))
    }

    /// The objects of a search, and how many there are in all.
    pub fn found(mut self, fetch: &Fetch) -> Result<(Vec<Record>, u64), Error> {
        let Untyped::Integer(total) = *self.result.get("totalCount") else {
            return Err(shape("a search result", &self.result));
        };
        let objects = match self.result.take("objects") {
            Untyped::List(objects) => objects,
            Untyped::Null => Vec::new(),
            other => return Err(shape("a list of objects", &other)),
        };
        let records = self.records(objects, fetch)?;
        drop(self);
        let records = records.into_iter().map(Arc::unwrap_or_clone).collect();
        Ok((records, u64::try_from(total).unwrap_or_default()))
    }

    /// The objects of a get, by the ids that were asked.
    pub fn by_id(self, fetch: &Fetch) -> Result<Found, Error> {
        let Untyped::Map(members) = self.result else {
            return Err(shape("objects by id", &self.result));
        };
        let at = Any { reading: &self.reading, fetch: Some(fetch) };
        let mut records = HashMap::with_capacity(members.len());
        for (key, value) in members {
            if let Some(record) = record(at, value)? {
                records.insert(key, record);
            }
        }
        Ok(Found(records))
    }

    /// The ids of what was created, in order.
    pub fn ids(self) -> Result<Vec<Id>, Error> {
        let items = match self.result {
            Untyped::List(items) => items,
            Untyped::Null => Vec::new(),
            other => return Err(shape("a list of ids", &other)),
        };
        let at = Any { reading: &self.reading, fetch: None };
        let links = items.into_iter().map(|item| fields::to_link(at, item));
        let ids = links.map(|link| link.ok().flatten().map(|link| link.id));
        ids.collect::<Option<Vec<Id>>>()
            .ok_or(Error::Shape { expected: "an id", found: "something else" })
    }

    /// One id: of a deletion; nothing where nothing went to the trash.
    pub fn id(self) -> Result<Option<Id>, Error> {
        match self.result {
            Untyped::Id(id) => Ok(Some(id)),
            Untyped::Null => Ok(None),
            other => Err(shape("an id", &other)),
        }
    }

    pub fn text(self) -> Result<Option<String>, Error> {
        match self.result {
            Untyped::Null => Ok(None),
            other => {
                let noun = other.noun();
                let shape = Error::Shape { expected: "a text", found: noun };
                other.into_text().map(Some).ok_or(shape)
            }
        }
    }

    pub fn flag(self) -> Result<bool, Error> {
        match self.result {
            Untyped::Flag(flag) => Ok(flag),
            other => Err(shape("a flag", &other)),
        }
    }

    pub fn texts(self) -> Result<Vec<String>, Error> {
        match self.result {
            Untyped::List(items) => {
                Ok(items.into_iter().filter_map(Untyped::into_text).collect())
            }
            other => Err(shape("a list of texts", &other)),
        }
    }

    /// Texts by key; what has no value is absent.
    pub fn map(self) -> Result<BTreeMap<String, String>, Error> {
        let Untyped::Map(members) = self.result else {
            return Err(shape("a map", &self.result));
        };
        let texts =
            members.into_iter().map(|(key, value)| Some((key, value.into_text()?)));
        Ok(texts.flatten().collect())
    }

    /// The answer as it stands.
    pub fn untyped(self) -> Untyped {
        self.result
    }

    fn records(
        &self,
        items: Vec<Untyped>,
        fetch: &Fetch,
    ) -> Result<Vec<Arc<Record>>, Error> {
        let at = Any { reading: &self.reading, fetch: Some(fetch) };
        let records = items.into_iter().map(|item| record(at, item));
        records.filter_map(Result::transpose).collect()
    }
}

/// What a get found. The server names the objects by the ids as they were sent.
pub struct Found(HashMap<String, Arc<Record>>);

impl Found {
    pub fn get(&self, id: &Id) -> Option<&Record> {
        self.0.get(&names::key(id)).map(Arc::as_ref)
    }
}

/// The record that stands here, or that is referred to.
fn record(at: Any<'_>, item: Untyped) -> Result<Option<Arc<Record>>, Error> {
    let noun = item.noun();
    let shape = Error::Shape { expected: "a record", found: noun };
    match fields::to_link(at, item) {
        Ok(None) => Ok(None),
        Ok(Some(link)) => link.record.map(Some).ok_or(shape),
        Err(_) => Err(shape),
    }
}

fn shape(expected: &'static str, found: &Untyped) -> Error {
    Error::Shape { expected, found: found.noun() }
}

#[cfg(test)]
mod recorded;
#[cfg(test)]
mod tests;
