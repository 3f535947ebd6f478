//! What cannot go yet because something that was made in it, or of it, lies in the trash.
use std::collections::BTreeSet;

use super::same::same_link;
use super::{Done, Present, after, made};
use crate::model::{Change, Id, Kind, Link, Record, Value, several};

/// The objects that those which stay, be it in the trash, name: places, types, properties and
/// terms.
#[derive(Default)]
pub(super) struct Needed {
    links: Vec<Link>,
    codes: BTreeSet<String>,
    values: BTreeSet<String>,
}

impl Needed {
    /// Notes all that a new object names.
    pub(super) fn note(&mut self, done: &Done) {
        let Change::Create(record) = &done.entry.change else { return };
        for (_, value) in record.iter() {
            match value {
                Value::One(link) => self.links.push(link.clone()),
                Value::Many(links) => self.links.extend(links.iter().cloned()),
                Value::Properties(_) => {
                    let texts = after::texts(Some(value));
                    self.codes.extend(texts.keys().map(|code| code.to_uppercase()));
                    let values = texts.values().flat_map(|text| several::each(text));
                    self.values.extend(values.map(str::to_uppercase));
                }
                Value::Null
                | Value::Text(_)
                | Value::Flag(_)
                | Value::Integer(_)
                | Value::Time(_)
                | Value::Bytes(_)
                | Value::Texts(_)
                | Value::Map(_) => {}
            }
        }
    }

    /// Whether a new object is among them.
    pub(super) fn has(&self, done: &Done, present: &Present) -> bool {
        let Some(id) = made(&done.outcome) else { return false };
        let link = link(id, present.records.get(id));
        let kind = id.kind();
        let named = |other: &&Link| other.id.kind() == kind && same_link(&link, other);
        let code = id.text().to_uppercase();
        self.links.iter().any(|other| named(&other))
            || (kind == Kind::PropertyType && self.codes.contains(&code))
            || (kind == Kind::VocabularyTerm && self.values.contains(&code))
    }
}

fn link(id: &Id, record: Option<&Record>) -> Link {
    Link { id: id.clone(), record: record.map(|record| record.clone().into()) }
}
