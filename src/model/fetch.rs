use std::collections::BTreeMap;

use super::Kind;

/// What of an object shall come along: relations by field name, each with what it brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetch {
    pub kind: Kind,
    pub with: BTreeMap<&'static str, Fetch>,
    pub sort: Vec<Sort>,
    pub from: Option<u64>,
    pub count: Option<u64>,
}

/// One sorting of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// As the server spells it: `CODE`, `REGISTRATION_DATE`, `PROPERTY$NAME`.
    pub field: String,
    pub ascending: bool,
}

impl Fetch {
    /// Nothing but the object's own plain fields.
    pub fn plain(kind: Kind) -> Self {
        Self { kind, with: BTreeMap::new(), sort: Vec::new(), from: None, count: None }
    }

    /// Adds a field that has to be asked for, with nothing of its own.
    ///
    /// # Panics
    /// When the kind has no such field: names come from the specs.
    pub fn with(mut self, field: &str) -> Self {
        self.add(field);
        self
    }

    /// Adds a field that has to be asked for, and gives what it shall bring.
    ///
    /// # Panics
    /// When the kind has no such field: names come from the specs.
    pub fn add(&mut self, field: &str) -> &mut Self {
        let spec = self.kind.spec();
        let field = spec.field(field).expect("a field of its own spec");
        // What leads to no kind (properties, content) has options of its own without fields.
        let kind = field.ty.kind().unwrap_or(self.kind);
        self.with.entry(field.name).or_insert_with(|| Self::plain(kind))
    }

    /// Sorts by what no two objects share, after whatever else it is sorted by: the pages
    /// of an unsorted search overlap and miss. Says whether the server can.
    pub fn sort_for_good(&mut self) -> bool {
        let field = self.kind.spec().sort_key;
        if !field.is_empty() && self.sort.iter().all(|sort| sort.field != field) {
            self.sort.push(Sort { field: field.to_owned(), ascending: true });
        }
        !field.is_empty()
    }
}
