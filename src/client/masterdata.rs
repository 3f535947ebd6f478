//! What types and vocabularies hold: fetched once, forgotten when they change.
use std::collections::HashMap;
use std::ptr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Client, Error};
use crate::model::{
    Change, Criteria, Criterion, DataType, Fetch, Id, Kind, Link, Record, Test, Value,
};
use crate::wire::Fault;

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
}

/// A word of a vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub code: String,
    pub label: Option<String>,
    pub description: Option<String>,
}

#[derive(Default)]
pub(super) struct Cache(Mutex<Held>);

#[derive(Default)]
struct Held {
    properties: HashMap<(Kind, String), Arc<Vec<PropertyType>>>,
    terms: HashMap<String, Arc<Vec<Term>>>,
}

impl Cache {
    pub(super) fn clear(&self) {
        *self.lock() = Held::default();
    }

    /// Forgets everything when one of the changes is of masterdata.
    pub(super) fn forget(&self, changes: &[Change]) {
        if changes.iter().filter_map(Change::kind).any(is_masterdata) {
            self.clear();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
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
        if let Some(known) = self.masterdata.lock().properties.get(&key) {
            return Ok(Arc::clone(known));
        }
        let properties = Arc::new(self.fetch_properties(key.0, &key.1)?);
        let kept = Arc::clone(&properties);
        self.masterdata.lock().properties.insert(key, kept);
        Ok(properties)
    }

    /// Learns what the types of these objects hold, where that came along with them.
    pub fn learn<'r>(&self, records: impl IntoIterator<Item = &'r Record>) {
        let types = records.into_iter().filter_map(|record| linked(record, "type"));
        let mut last = None;
        for found in types {
            // Objects of one type share it, and mostly stand together.
            let repeated = last.replace(found).is_some_and(|last| ptr::eq(last, found));
            let Some(code) = found.text("code").filter(|_| !repeated) else { continue };
            if let Some(properties) = assignments(found) {
                let key = (found.kind(), code.to_uppercase());
                self.masterdata.lock().properties.insert(key, Arc::new(properties));
            }
        }
    }

    /// The words of a vocabulary, in its order.
    pub fn terms(&self, vocabulary: &str) -> Result<Arc<Vec<Term>>, Error> {
        if let Some(known) = self.masterdata.lock().terms.get(vocabulary) {
            return Ok(Arc::clone(known));
        }
        let test = Criterion::Field { name: "code", test: Test::exactly(vocabulary) };
        let field = "vocabulary";
        let criteria = Criteria::all(Kind::Vocabulary).with(test);
        let criteria = Criteria::all(Kind::VocabularyTerm)
            .with(Criterion::Linked { field, criteria });
        let fetch = Fetch::plain(Kind::VocabularyTerm);
        let mut records = self.search(&criteria, &fetch)?.records;
        records.sort_by_key(|record| integer(record, "ordinal"));
        let terms: Arc<Vec<Term>> = Arc::new(records.iter().map(term).collect());
        self.masterdata.lock().terms.insert(vocabulary.to_owned(), Arc::clone(&terms));
        Ok(terms)
    }

    /// Forgets what is known of types and vocabularies.
    pub fn clear_cache(&self) {
        self.masterdata.clear();
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
        Ok(assignments(&record).unwrap_or_default())
    }
}

/// The properties of a type; nothing where they were not fetched.
fn assignments(found: &Record) -> Option<Vec<PropertyType>> {
    let Ok(Some(Value::Many(links))) = found.get("propertyAssignments") else {
        return None;
    };
    Some(links.iter().filter_map(assigned).collect())
}

fn assigned(link: &Link) -> Option<PropertyType> {
    let assignment = link.record.as_deref()?;
    let property = linked(assignment, "propertyType")?;
    let code_of = |field| linked(property, field)?.text("code").map(str::to_owned);
    Some(PropertyType {
        code: property.text("code")?.to_owned(),
        label: property.text("label").unwrap_or_default().to_owned(),
        data_type: DataType::named(property.text("dataType")?)?,
        vocabulary: code_of("vocabulary"),
        sample_type: code_of("sampleType"),
        mandatory: assignment.get("mandatory") == Ok(Some(&Value::Flag(true))),
    })
}

fn term(record: &Record) -> Term {
    let text = |field| record.text(field).map(str::to_owned);
    Term {
        code: text("code").unwrap_or_default(),
        label: text("label"),
        description: text("description"),
    }
}

fn linked<'r>(record: &'r Record, field: &str) -> Option<&'r Record> {
    let Ok(Some(Value::One(link))) = record.get(field) else { return None };
    link.record.as_deref()
}

fn integer(record: &Record, field: &str) -> Option<i64> {
    let Ok(Some(Value::Integer(number))) = record.get(field) else { return None };
    Some(*number)
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

/// Whether the kind says what other objects are like.
fn is_masterdata(kind: Kind) -> bool {
    MASTERDATA.contains(&kind)
}

const MASTERDATA: &[Kind] = &[
    Kind::SampleType,
    Kind::ExperimentType,
    Kind::DataSetType,
    Kind::MaterialType,
    Kind::PropertyType,
    Kind::PropertyAssignment,
    Kind::Vocabulary,
    Kind::VocabularyTerm,
    Kind::Plugin,
];
