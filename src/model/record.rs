use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Edit, Field, Id, Kind, Timestamp};

/// One openBIS object as far as it was fetched, and what was changed since.
///
/// A field that was not fetched is absent: it is never mistaken for an empty one, and
/// never sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    kind: Kind,
    id: Option<Id>,
    values: BTreeMap<&'static str, Value>,
    edits: BTreeMap<&'static str, Edit>,
    /// What the edited fields held before, as far as it was at hand.
    originals: BTreeMap<&'static str, Value>,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Text(String),
    Flag(bool),
    Integer(i64),
    Time(Timestamp),
    Bytes(Vec<u8>),
    Texts(Vec<String>),
    Map(BTreeMap<String, String>),
    /// By code in capitals, as the server writes them.
    Properties(BTreeMap<String, String>),
    One(Link),
    Many(Vec<Link>),
}

/// A reference to another object, with as much of it as was fetched.
#[derive(Clone, Debug)]
pub struct Link {
    pub id: Id,
    pub record: Option<Arc<Record>>,
}

impl Link {
    /// An object that lives inside another, and has no name of its own.
    pub fn part(record: Record) -> Self {
        let id = record.id.clone().unwrap_or_else(|| Id::unnamed(record.kind));
        Self { id, record: Some(Arc::new(record)) }
    }
}

impl PartialEq for Link {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a {kind} has no attribute `{field}`")]
pub struct UnknownField {
    pub kind: &'static str,
    pub field: String,
    /// The names that there are, the nearest first.
    pub known: Vec<&'static str>,
}

impl Record {
    /// One that openBIS does not have yet.
    pub fn new(kind: Kind) -> Self {
        Self::told(kind, None, BTreeMap::new())
    }

    /// One that openBIS does not have yet, under the name that it has in the call that
    /// creates it: [`Id::creation`].
    pub fn to_be(id: Id) -> Self {
        let kind = id.kind();
        Self { id: Some(id), ..Self::new(kind) }
    }

    /// One as the server told it.
    pub fn told(
        kind: Kind,
        id: Option<Id>,
        values: BTreeMap<&'static str, Value>,
    ) -> Self {
        let (edits, originals) = Default::default();
        Self { kind, id, values, edits, originals }
    }

    /// The same under another name.
    pub fn named(self, id: Id) -> Self {
        Self { id: Some(id), ..self }
    }

    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The name that lasts; none before it was created.
    pub fn id(&self) -> Option<&Id> {
        self.id.as_ref()
    }

    pub fn is_new(&self) -> bool {
        self.id.as_ref().is_none_or(Id::is_creation)
    }

    /// What the field holds, changes included; `None` when it was not fetched.
    ///
    /// Edits that only say what comes and goes show up after the next fetch, except where
    /// the links are at hand.
    pub fn get(&self, field: &str) -> Result<Option<&Value>, UnknownField> {
        Ok(self.values.get(self.known(field)?.name))
    }

    /// Changes a field, here only; `None` marks nothing as changed.
    pub fn set(
        &mut self,
        field: &str,
        value: Value,
        edit: Option<Edit>,
    ) -> Result<(), UnknownField> {
        let name = self.known(field)?.name;
        let old = self.values.insert(name, value);
        if let Some(edit) = edit {
            self.remember(name, old);
            self.edits.insert(name, edit);
        }
        Ok(())
    }

    /// Notes a change of a field whose value is not at hand.
    pub fn edit(&mut self, field: &str, edit: Edit) -> Result<(), UnknownField> {
        let name = self.known(field)?.name;
        self.remember(name, self.values.get(name).cloned());
        self.edits.insert(name, edit);
        Ok(())
    }

    /// Takes the value of a field that was edited without being at hand: what it holds
    /// now, and what it held before the edit.
    pub fn learn(
        &mut self,
        field: &str,
        value: Value,
        before: Value,
    ) -> Result<(), UnknownField> {
        let name = self.known(field)?.name;
        self.values.insert(name, value);
        if self.edits.contains_key(name) {
            self.originals.entry(name).or_insert(before);
        }
        Ok(())
    }

    /// What an edited field held before, where that is known.
    pub fn before(&self, field: &str) -> Option<&Value> {
        self.originals.get(field)
    }

    /// Only the first edit finds what the server has.
    fn remember(&mut self, name: &'static str, old: Option<Value>) {
        if let Some(old) = old.filter(|_| !self.edits.contains_key(name)) {
            self.originals.insert(name, old);
        }
    }

    /// What was changed since it was fetched.
    pub fn edits(&self) -> &BTreeMap<&'static str, Edit> {
        &self.edits
    }

    pub fn has_changes(&self) -> bool {
        !self.edits.is_empty()
    }

    /// All fields that were fetched or set.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.values.iter().map(|(name, value)| (*name, value))
    }

    /// The text of a field, where it has one.
    pub fn text(&self, field: &str) -> Option<&str> {
        match self.values.get(field) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// How people know it: the identifier, else the code, else the permId.
    pub fn label(&self) -> String {
        let named = ["identifier", "code", "userId", "fileName", "permId"]
            .into_iter()
            .find_map(|f| self.text(f));
        named.map_or_else(|| format!("new {}", self.kind.spec().noun()), str::to_owned)
    }

    fn known(&self, field: &str) -> Result<&'static Field, UnknownField> {
        let spec = self.kind.spec();
        spec.field(field).ok_or_else(|| UnknownField {
            kind: spec.noun(),
            field: field.to_owned(),
            known: spec.fields.iter().map(|field| field.name).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn an_edited_field_remembers_what_the_server_has() {
        let told = [("description", text("one"))].into();
        let mut record = Record::told(Kind::Space, None, told);
        for new in ["two", "three"] {
            let edit = Some(Edit::Set(text(new)));
            record.set("description", text(new), edit).unwrap();
        }
        assert_eq!(record.before("description"), Some(&text("one")));
        assert_eq!(record.before("code"), None);
    }

    #[test]
    fn what_was_not_at_hand_can_be_learnt_later() {
        let mut record = Record::new(Kind::Sample);
        let edit = Edit::AddRemove { add: Vec::new(), remove: Vec::new() };
        record.edit("parents", edit).unwrap();
        assert_eq!(record.before("parents"), None);
        let (now, before) = (Value::Many(Vec::new()), Value::Null);
        record.learn("parents", now, before.clone()).unwrap();
        assert_eq!(record.before("parents"), Some(&before));
    }
}
