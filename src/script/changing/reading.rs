//! Reading, with the changes that are not made yet put on top.
use super::overlay::Known;
use super::{Book, Desk};
use crate::client::{PropertyType, Term, property_type};
use crate::model::{Fetch, Id, Kind, Record, Value};
use crate::script::{ScriptError, Session};

impl Desk {
    /// Several records in one call, in this order, as they would be.
    pub(in crate::script) fn records(
        &self,
        session: &Session,
        ids: &[Id],
        fetch: &Fetch,
    ) -> Result<Vec<Option<Record>>, ScriptError> {
        let lasting = |id: &Id| self.resolve(session, id).unwrap_or_else(|| id.clone());
        let ids: Vec<Id> = ids.iter().map(lasting).collect();
        if !self.changes_views(session) {
            return Ok(session.client().get(&ids, fetch)?);
        }
        let is_old = |book: &Book, id: &Id| {
            !id.is_creation() && matches!(book.overlay.known(id), Known::Old)
        };
        let old: Vec<Id> = self.with_book(session, |book| {
            ids.iter().filter(|id| is_old(book, id)).cloned().collect()
        });
        let mut told = match old.is_empty() {
            true => Vec::new(),
            false => session.client().get(&old, fetch)?,
        }
        .into_iter();
        Ok(self.with_book(session, |book| {
            let over = |id: &Id| match book.overlay.known(id) {
                Known::New(record) => Some(record.clone()),
                Known::Gone => None,
                Known::Old if id.is_creation() => None,
                Known::Old => book.overlay.over(told.next().flatten()?),
            };
            ids.iter().map(over).collect()
        }))
    }

    /// Whether there is something to put on top.
    pub(super) fn changes_views(&self, session: &Session) -> bool {
        self.with_book(session, |book| !book.overlay.is_empty())
    }

    /// The terms that would be in a vocabulary beside those that are.
    pub(in crate::script) fn new_terms(
        &self,
        session: &Session,
        vocabulary: &str,
    ) -> Vec<Term> {
        self.with_book(session, |book| {
            let named = |record: &&Record| match record.get("vocabulary") {
                Ok(Some(Value::One(link))) => link.id.text() == vocabulary,
                Ok(_) | Err(_) => false,
            };
            let single = book.overlay.created(Kind::VocabularyTerm).filter(named);
            let mut terms: Vec<Term> = single.map(term).collect();
            let whole = book.overlay.created(Kind::Vocabulary);
            for record in whole.filter(|record| record.text("code") == Some(vocabulary)) {
                let parts = crate::script::type_sheet::linked(record, "terms");
                terms.extend(parts.map(term));
            }
            terms
        })
    }

    /// Whether the vocabulary itself would be new.
    pub(in crate::script) fn is_new(&self, session: &Session, id: &Id) -> bool {
        self.with_book(session, |book| matches!(book.overlay.known(id), Known::New(_)))
    }

    /// The properties of a type that would be there, or would have more than now.
    pub(in crate::script) fn new_properties(
        &self,
        session: &Session,
        id: &Id,
    ) -> Result<Vec<PropertyType>, ScriptError> {
        if !self.changes_views(session) {
            return Ok(Vec::new());
        }
        let parts = self.with_book(session, |book| book.overlay.new_assignments(id));
        let mut properties = Vec::new();
        for part in parts {
            let Ok(Some(Value::One(link))) = part.get("propertyType") else { continue };
            let fetch = Fetch::plain(Kind::PropertyType).with("vocabulary");
            let fetch = fetch.with("sampleType");
            let found = self.records(session, std::slice::from_ref(&link.id), &fetch)?;
            let found = found.into_iter().next().flatten();
            let mandatory = part.get("mandatory") == Ok(Some(&Value::Flag(true)));
            let rule = found.as_ref().and_then(property_type);
            properties.extend(rule.map(|rule| PropertyType { mandatory, ..rule }));
        }
        Ok(properties)
    }
}

fn term(record: &Record) -> Term {
    let text = |field| record.text(field).map(str::to_owned);
    Term {
        code: text("code").unwrap_or_default().to_uppercase(),
        label: text("label"),
        description: text("description"),
    }
}
