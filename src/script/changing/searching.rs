//! Searching, with the changes that are not made yet put on top.
use super::Desk;
use super::matching::Matcher;
use super::overlay::Overlay;
use super::verdict::Verdict;
use crate::client::Page;
use crate::model::{Criteria, Criterion, Fetch, Id, Record};
use crate::script::{Level, ScriptError, Session};

/// How a search is touched by changes that are not made.
enum Touched {
    /// Not at all, but for what its objects hold.
    No,
    /// It may find more or fewer objects.
    Yes,
    /// Nobody can tell.
    Unclear,
}

impl Desk {
    /// One page of what a search would find.
    pub(in crate::script) fn search(
        &self,
        session: &Session,
        criteria: &Criteria,
        fetch: &Fetch,
    ) -> Result<Page, ScriptError> {
        if !self.changes_views(session) {
            return Ok(session.client().search(criteria, fetch)?);
        }
        self.meet_peers(session, criteria)?;
        match self.with_book(session, |book| touched(&book.overlay, criteria)) {
            Touched::No => self.page_over(session, criteria, fetch),
            Touched::Yes => self.all_over(session, criteria, fetch),
            Touched::Unclear => {
                self.warn(session, criteria);
                self.all_over(session, criteria, fetch)
            }
        }
    }

    fn page_over(
        &self,
        session: &Session,
        criteria: &Criteria,
        fetch: &Fetch,
    ) -> Result<Page, ScriptError> {
        let page = session.client().search(criteria, fetch)?;
        let records = self.with_book(session, |book| {
            page.records
                .into_iter()
                .filter_map(|record| book.overlay.over(record))
                .collect()
        });
        Ok(Page { records, total: page.total })
    }

    /// Everything, so that what comes and goes has its place; then the page of it.
    fn all_over(
        &self,
        session: &Session,
        criteria: &Criteria,
        fetch: &Fetch,
    ) -> Result<Page, ScriptError> {
        let whole = Fetch { from: None, count: None, ..fetch.clone() };
        let mut records = Vec::new();
        for page in session.client().pages(criteria.clone(), whole.clone()) {
            records.extend(page?.records);
        }
        let others = self.others(session, criteria, &whole, &records)?;
        records = self.with_book(session, |book| {
            let matcher = Matcher(&book.overlay);
            let finds = |record: &Record| matcher.finds(criteria, record) != Verdict::No;
            let sure = |record: &Record| matcher.finds(criteria, record) == Verdict::Yes;
            let over = records.into_iter().filter_map(|record| {
                let edited = book.overlay.edits(&record);
                let record = book.overlay.over(record)?;
                (!edited || finds(&record)).then_some(record)
            });
            let others = others.into_iter().filter_map(|r| book.overlay.over(r));
            let more = others.filter(|record| sure(record));
            let new = book.overlay.created(criteria.kind).filter(|r| sure(r)).cloned();
            over.chain(more).chain(new).collect()
        });
        let total = records.len() as u64;
        let place = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let from = place(fetch.from.unwrap_or(0));
        let count = place(fetch.count.unwrap_or(u64::MAX));
        let records = records.into_iter().skip(from).take(count).collect();
        Ok(Page { records, total })
    }

    /// Objects that would be changed, and that the search does not find as they are.
    fn others(
        &self,
        session: &Session,
        criteria: &Criteria,
        fetch: &Fetch,
        found: &[Record],
    ) -> Result<Vec<Record>, ScriptError> {
        let ids: Vec<Id> = self.with_book(session, |book| {
            let updated = book.overlay.updated(criteria.kind).map(|(id, _)| id);
            let known = |id: &&Id| !found.iter().any(|record| record.id() == Some(id));
            updated.filter(known).cloned().collect()
        });
        let plain = Fetch { sort: Vec::new(), ..fetch.clone() };
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        // One object may be known by two ids.
        let mut others: Vec<Record> = Vec::new();
        for record in session.client().get(&ids, &plain)?.into_iter().flatten() {
            let mut known = found.iter().chain(&others);
            if known.all(|other| other.id() != record.id()) {
                others.push(record);
            }
        }
        Ok(others)
    }

    fn warn(&self, session: &Session, criteria: &Criteria) {
        if !self.plans() {
            return;
        }
        let nouns = criteria.kind.spec().nouns().replace('_', " ");
        let text = format!(
            "a search for {nouns} may be incomplete: nothing is sent, and only openBIS can \
             tell whether it would find what is to be made or changed"
        );
        session.host().console.say(Level::Warning, &text);
    }
}

/// Whether the changes make the search find other objects.
fn touched(overlay: &Overlay, criteria: &Criteria) -> Touched {
    let matcher = Matcher(overlay);
    let mut touched = match overlay.deletes(criteria.kind) {
        true => Touched::Yes,
        false => Touched::No,
    };
    for record in overlay.created(criteria.kind) {
        match matcher.finds(criteria, record) {
            Verdict::Yes => touched = Touched::Yes,
            Verdict::No => {}
            Verdict::Unknown => return Touched::Unclear,
        }
    }
    for (_, edits) in overlay.updated(criteria.kind) {
        if !edits.keys().any(|field| asks(criteria, field)) {
            continue;
        }
        if !is_plain(criteria) {
            return Touched::Unclear;
        }
        touched = Touched::Yes;
    }
    touched
}

/// Whether the search asks for what is in a field.
fn asks(criteria: &Criteria, field: &str) -> bool {
    criteria.items.iter().any(|item| match item {
        Criterion::Field { name, .. } => *name == field,
        Criterion::Property { .. } | Criterion::AnyProperty(_) => field == "properties",
        Criterion::AnyField(_) => true,
        Criterion::Linked { field: name, .. } | Criterion::Without { field: name } => {
            *name == field
        }
        Criterion::Ids(_) => false,
        Criterion::Sub(criteria) => asks(criteria, field),
    })
}

/// Whether it can be decided here.
fn is_plain(criteria: &Criteria) -> bool {
    criteria.items.iter().all(|item| match item {
        Criterion::AnyProperty(_) | Criterion::AnyField(_) => false,
        Criterion::Field { .. }
        | Criterion::Property { .. }
        | Criterion::Linked { .. }
        | Criterion::Without { .. }
        | Criterion::Ids(_) => true,
        Criterion::Sub(criteria) => is_plain(criteria),
    })
}
