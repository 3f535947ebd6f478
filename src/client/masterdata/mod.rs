//! What types and vocabularies hold: fetched once in a while, forgotten when they change.
mod cache;
mod reading;
mod words;

pub use reading::property_type;
use std::ptr;
use std::sync::Arc;
pub use words::{BadWords, Keeper, Words};

use super::{Client, Error};
use crate::model::{Criteria, Criterion, DataType, Fetch, Id, Kind, Record, Test};
use crate::wire::Fault;
pub(super) use cache::Cache;

/// A property as a type has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyType {
    pub code: String,
    pub label: String,
    pub data_type: DataType,
    /// The vocabulary that its values come from.
    pub vocabulary: Option<String>,
    /// The type of the samples that its values name; none: any.
    pub sample_type: Option<String>,
    pub mandatory: bool,
    /// Whether it takes several values.
    pub several: bool,
}

/// A word of a vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub code: String,
    pub label: Option<String>,
    pub description: Option<String>,
}

impl Client {
    /// The properties of a type, in its order. `kind` is that of the entities or of the
    /// types: `Sample` or `SampleType`.
    ///
    /// # Errors
    /// Not found, where there is no such type.
    pub fn property_types(
        &self,
        kind: Kind,
        type_code: &str,
    ) -> Result<Arc<Vec<PropertyType>>, Error> {
        let key = (type_kind(kind), type_code.to_uppercase());
        let fetch = || self.fetch_properties(key.0, &key.1);
        self.masterdata.properties.get(&key, self.now(), fetch)
    }

    /// Learns what the types of these objects hold, where that came along with them.
    pub fn learn<'r>(&self, records: impl IntoIterator<Item = &'r Record>) {
        let types =
            records.into_iter().filter_map(|record| reading::linked(record, "type"));
        let mut last = None;
        for found in types {
            // Objects of one type share it, and mostly stand together.
            let repeated = last.replace(found).is_some_and(|last| ptr::eq(last, found));
            let Some(code) = found.text("code").filter(|_| !repeated) else { continue };
            if let Some(properties) = reading::assignments(found) {
                let key = (found.kind(), code.to_uppercase());
                self.masterdata.properties.put(key, self.now(), properties);
            }
        }
    }

    /// The words of a vocabulary, in its order.
    pub fn terms(&self, vocabulary: &str) -> Result<Arc<Vec<Term>>, Error> {
        let fetch = || self.fetch_terms(vocabulary);
        self.masterdata.terms.get(&vocabulary.to_owned(), self.now(), fetch)
    }

    /// All property types of the server, as they are by themselves: none is mandatory.
    pub fn all_property_types(&self) -> Result<Arc<Vec<PropertyType>>, Error> {
        let fetch = || {
            let kind = Kind::PropertyType;
            let fetch = Fetch::plain(kind).with("vocabulary").with("sampleType");
            let found = self.search(&Criteria::all(kind), &fetch)?;
            Ok(found.records.iter().filter_map(property_type).collect())
        };
        self.masterdata.alone.get(&(), self.now(), fetch)
    }

    /// Forgets what is known of types and vocabularies, for later runs too.
    pub fn clear_cache(&self) {
        self.masterdata.forget_all();
    }

    fn fetch_terms(&self, vocabulary: &str) -> Result<Vec<Term>, Error> {
        let test = Criterion::Field { name: "code", test: Test::exactly(vocabulary) };
        let field = "vocabulary";
        let criteria = Criteria::all(Kind::Vocabulary).with(test);
        let criteria = Criteria::all(Kind::VocabularyTerm)
            .with(Criterion::Linked { field, criteria });
        let fetch = Fetch::plain(Kind::VocabularyTerm);
        let mut records = self.search(&criteria, &fetch)?.records;
        records.sort_by_key(|record| reading::integer(record, "ordinal"));
        Ok(records.iter().map(reading::term).collect())
    }

    fn fetch_properties(
        &self,
        kind: Kind,
        code: &str,
    ) -> Result<Vec<PropertyType>, Error> {
        let id = Id::told(kind, kind.spec().ids[0], code);
        let mut fetch = Fetch::plain(kind);
        let property = fetch.add("propertyAssignments").add("propertyType");
        property.add("vocabulary");
        property.add("sampleType");
        let record = self.get(&[id], &fetch)?.pop().flatten();
        let record = record.ok_or_else(|| missing(kind, code))?;
        Ok(reading::assignments(&record).unwrap_or_default())
    }
}

/// As the server says it of what is named in a change.
fn missing(kind: Kind, code: &str) -> Error {
    let noun = kind.spec().noun().replace('_', " ");
    let message = format!("{noun} `{code}` has not been found");
    Error::Refused(Fault { class: String::new(), message, context: None })
}

/// The kind of the types of a kind of entities.
fn type_kind(kind: Kind) -> Kind {
    kind.spec().field("type").and_then(|field| field.ty.kind()).unwrap_or(kind)
}
