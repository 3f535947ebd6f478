//! What openBIS says of the objects that planned changes lead to, so that searches through
//! links can be decided.
use std::collections::{BTreeMap, BTreeSet};

use super::Desk;
use super::overlay::{Known, Overlay};
use crate::model::{Criteria, Criterion, Edit, Id, Kind, Link, Value};
use crate::script::{ScriptError, Session, fetches};

impl Desk {
    /// Asks once for each object that a planned change leads to in a field of the search.
    pub(super) fn meet_peers(
        &self,
        session: &Session,
        criteria: &Criteria,
    ) -> Result<(), ScriptError> {
        let mut fields = BTreeSet::new();
        linked(criteria, &mut fields);
        if fields.is_empty() {
            return Ok(());
        }
        let ids =
            self.with_book(session, |book| unmet(&book.overlay, criteria.kind, &fields));
        let mut kinds: BTreeMap<Kind, Vec<Id>> = BTreeMap::new();
        for id in ids {
            kinds.entry(id.kind()).or_default().push(id);
        }
        for (kind, ids) in kinds {
            let found = session.client().get(&ids, &fetches::usual(kind))?;
            self.with_book(session, |book| {
                let pairs = ids.into_iter().zip(found);
                pairs.for_each(|(id, record)| book.overlay.meet(id, record));
            });
        }
        Ok(())
    }
}

/// The fields of links that a search looks through.
fn linked(criteria: &Criteria, fields: &mut BTreeSet<&'static str>) {
    for item in &criteria.items {
        match item {
            Criterion::Linked { field, .. } => {
                fields.insert(*field);
            }
            Criterion::Sub(criteria) => linked(criteria, fields),
            Criterion::Field { .. }
            | Criterion::Ids(_)
            | Criterion::Property { .. }
            | Criterion::AnyProperty(_)
            | Criterion::AnyField(_)
            | Criterion::Without { .. } => {}
        }
    }
}

fn unmet(overlay: &Overlay, kind: Kind, fields: &BTreeSet<&'static str>) -> BTreeSet<Id> {
    let mut ids = BTreeSet::new();
    let mut note = |links: &[Link]| {
        let bare = links.iter().filter(|link| link.record.is_none());
        let unknown = bare.filter(|link| {
            let id = &link.id;
            !id.is_creation()
                && matches!(overlay.known(id), Known::Old)
                && !overlay.has_met(id)
        });
        ids.extend(unknown.map(|link| link.id.clone()));
    };
    for record in overlay.created(kind) {
        for field in fields {
            match record.get(field) {
                Ok(Some(Value::One(link))) => note(std::slice::from_ref(link)),
                Ok(Some(Value::Many(links))) => note(links),
                Ok(_) | Err(_) => {}
            }
        }
    }
    for (_, edits) in overlay.updated(kind) {
        for edit in fields.iter().filter_map(|field| edits.get(field)) {
            match edit {
                Edit::Set(Value::One(link)) => note(std::slice::from_ref(link)),
                Edit::Set(Value::Many(links)) | Edit::Links(links) => note(links),
                Edit::AddRemove { add, .. } => note(add),
                Edit::Set(_) | Edit::Properties(_) | Edit::Parts { .. } => {}
            }
        }
    }
    ids
}
