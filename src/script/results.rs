//! What a search finds, fetched as it is looked at.
use std::sync::{Arc, Mutex};

use rhai::Map;

use super::ordering::{self, Order};
use super::session::lock;
use super::sieve::Sieve;
use super::{Entity, ScriptError, Session, search};
use crate::model::{Criteria, Criterion, Fetch, Id, Kind, Record, Test, Value};

/// So many objects come with one page.
const PAGE: u64 = 1000;

/// What a search finds: nothing is fetched before it is looked at, and pages that were
/// looked at are let go.
#[derive(Clone)]
pub struct Results(Arc<Inner>);

struct Inner {
    session: Session,
    criteria: Criteria,
    fetch: Fetch,
    from: u64,
    count: Option<u64>,
    attrs: Vec<String>,
    props: Vec<String>,
    /// What the server cannot search by.
    sieves: Vec<Sieve>,
    /// What the server cannot sort by.
    orders: Vec<Order>,
    seen: Mutex<Seen>,
}

/// What is known of the answer.
#[derive(Default)]
struct Seen {
    total: Option<u64>,
    /// The page that was looked at last, and its beginning.
    page: Option<(u64, Vec<Entity>)>,
    /// All that went through the sieves, where there are any.
    kept: Option<Arc<Vec<Entity>>>,
}

impl Results {
    pub(super) fn new(session: &Session, criteria: Criteria, fetch: Fetch) -> Self {
        Self(Arc::new(Inner {
            session: session.clone(),
            criteria,
            fetch: stable(fetch),
            from: 0,
            count: None,
            attrs: Vec::new(),
            props: Vec::new(),
            sieves: Vec::new(),
            orders: Vec::new(),
            seen: Mutex::default(),
        }))
    }

    /// From the `from`-th on, at most `count`.
    pub(super) fn within(self, from: u64, count: Option<u64>) -> Self {
        self.but(|inner| Inner { from, count, ..inner })
    }

    /// With these columns when it is shown as a table.
    pub(super) fn showing(self, attrs: Vec<String>, props: Vec<String>) -> Self {
        self.but(|inner| Inner { attrs, props, ..inner })
    }

    /// Those of them that go through these, after everything was fetched.
    pub(super) fn sieved(self, sieves: Vec<Sieve>) -> Self {
        self.but(|inner| Inner { sieves, ..inner })
    }

    /// In this order, after everything was fetched.
    pub(super) fn ordered(self, orders: Vec<Order>) -> Self {
        self.but(|inner| Inner { orders, ..inner })
    }

    /// Those of them that fit this as well.
    pub(super) fn also(self, criterion: Criterion) -> Self {
        self.but(|inner| Inner { criteria: inner.criteria.with(criterion), ..inner })
    }

    fn but(self, change: impl FnOnce(Inner) -> Inner) -> Self {
        let inner = &self.0;
        Self(Arc::new(change(Inner {
            session: inner.session.clone(),
            criteria: inner.criteria.clone(),
            fetch: inner.fetch.clone(),
            from: inner.from,
            count: inner.count,
            attrs: inner.attrs.clone(),
            props: inner.props.clone(),
            sieves: inner.sieves.clone(),
            orders: inner.orders.clone(),
            seen: Mutex::default(),
        })))
    }

    pub(super) fn session(&self) -> &Session {
        &self.0.session
    }

    pub(super) fn kind(&self) -> Kind {
        self.0.criteria.kind
    }

    /// From where on and at most how many are looked at.
    pub(super) fn bounds(&self) -> (u64, Option<u64>) {
        (self.0.from, self.0.count)
    }

    pub(super) fn attrs(&self) -> &[String] {
        &self.0.attrs
    }

    pub(super) fn props(&self) -> &[String] {
        &self.0.props
    }

    /// How many the search finds on the server, whatever of it is looked at.
    pub(super) fn total(&self) -> Result<u64, ScriptError> {
        if let Some(total) = lock(&self.0.seen).total {
            return Ok(total);
        }
        self.page(0)?;
        Ok(lock(&self.0.seen).total.unwrap_or(0))
    }

    /// How many there are to look at.
    pub(super) fn len(&self) -> Result<u64, ScriptError> {
        let left = self.total()?.saturating_sub(self.0.from);
        Ok(self.0.count.map_or(left, |count| left.min(count)))
    }

    /// The `index`-th, counted from 0.
    pub(super) fn at(&self, index: u64) -> Result<Option<Entity>, ScriptError> {
        let total = lock(&self.0.seen).total;
        let left = total.map(|total| total.saturating_sub(self.0.from));
        if [self.0.count, left].into_iter().flatten().any(|end| index >= end) {
            return Ok(None);
        }
        let start = index / PAGE * PAGE;
        let page = self.page(start)?;
        Ok(usize::try_from(index - start).ok().and_then(|at| page.get(at).cloned()))
    }

    /// The one with this permId, identifier or code.
    pub(super) fn named(&self, name: &str) -> Result<Option<Entity>, ScriptError> {
        let names = ["permId", "identifier", "code", "userId"];
        for entity in self.pages() {
            let entity = entity?;
            let found = entity.with(|record| {
                names
                    .iter()
                    .filter_map(|f| record.text(f))
                    .any(|t| t.eq_ignore_ascii_case(name))
            });
            if found {
                return Ok(Some(entity));
            }
        }
        Ok(None)
    }

    pub(super) fn pages(&self) -> Pages {
        Pages { results: self.clone(), next: 0, failed: false }
    }

    pub(super) fn to_vec(&self) -> Result<Vec<Entity>, ScriptError> {
        self.pages().collect()
    }

    pub(super) fn ids(&self) -> Result<Vec<Id>, ScriptError> {
        self.pages().map(|entity| entity?.id()).collect()
    }

    /// Those of the same kind that are linked to any of these by `back`.
    pub(super) fn relatives(
        &self,
        back: &'static str,
        args: &Map,
    ) -> Result<Self, ScriptError> {
        let mut any = Criteria::any(self.kind());
        for id in self.ids()? {
            let test = Test::exactly(id.text());
            any = any.with(Criterion::Field { name: "permId", test });
        }
        let none = any.items.is_empty();
        let linked = Criterion::Linked { field: back, criteria: any };
        let results = search::results(&self.0.session, self.kind(), args)?.also(linked);
        Ok(if none { results.within(0, Some(0)) } else { results })
    }

    /// The page that begins here, within what is looked at.
    fn page(&self, start: u64) -> Result<Vec<Entity>, ScriptError> {
        if let Some((begin, page)) = &lock(&self.0.seen).page
            && *begin == start
        {
            return Ok(page.clone());
        }
        self.0.session.require(self.kind())?;
        if !self.0.sieves.is_empty() || !self.0.orders.is_empty() {
            return self.sieved_page(start);
        }
        let size =
            self.0.count.map_or(PAGE, |count| count.saturating_sub(start).min(PAGE));
        let mut fetch = self.0.fetch.clone();
        if has_pages(self.kind()) {
            fetch.from = Some(self.0.from + start);
            fetch.count = Some(size);
        }
        let page = self.0.session.search(&self.0.criteria, &fetch)?;
        if page.total == 0 {
            search::check_places(&self.0.session, &self.0.criteria)?;
        }
        let mut records = page.records;
        if self.kind() == Kind::VocabularyTerm && self.0.fetch.sort.is_empty() {
            records.sort_by_key(ordinal);
        }
        if !has_pages(self.kind()) {
            let skip = usize::try_from(self.0.from + start).unwrap_or(usize::MAX);
            let take = usize::try_from(size).unwrap_or(usize::MAX);
            records = records.into_iter().skip(skip).take(take).collect();
        }
        self.0.session.client().learn(&records);
        let records = Entity::page(&self.0.session, records);
        let (total, page) = (Some(page.total), Some((start, records.clone())));
        *lock(&self.0.seen) = Seen { total, page, kept: None };
        Ok(records)
    }

    /// The page that begins here of what goes through the sieves, in its order.
    fn sieved_page(&self, start: u64) -> Result<Vec<Entity>, ScriptError> {
        let known = lock(&self.0.seen).kept.clone();
        let kept = match known {
            Some(kept) => kept,
            None => Arc::new(self.sieve()?),
        };
        let place = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let size =
            self.0.count.map_or(PAGE, |count| count.saturating_sub(start).min(PAGE));
        let page = kept.iter().skip(place(self.0.from + start)).take(place(size));
        let page: Vec<Entity> = page.cloned().collect();
        *lock(&self.0.seen) = Seen {
            total: Some(kept.len() as u64),
            page: Some((start, page.clone())),
            kept: Some(kept),
        };
        Ok(page)
    }

    fn sieve(&self) -> Result<Vec<Entity>, ScriptError> {
        let client = self.0.session.client();
        let mut kept = Vec::new();
        for page in client.pages(self.0.criteria.clone(), self.0.fetch.clone()) {
            let page = Entity::page(&self.0.session, page?.records);
            let sieved = page.into_iter().map(|entity| {
                let keeps = self.0.sieves.iter().map(|sieve| sieve.keeps(&entity));
                let keeps = keeps.collect::<Result<Vec<bool>, ScriptError>>()?;
                Ok(keeps.iter().all(|keeps| *keeps).then_some(entity))
            });
            let sieved: Vec<Option<Entity>> =
                sieved.collect::<Result<_, ScriptError>>()?;
            kept.extend(sieved.into_iter().flatten());
        }
        ordering::sort(&mut kept, &self.0.orders)?;
        Ok(kept)
    }
}

/// Goes through the results, a page at a time.
pub struct Pages {
    results: Results,
    next: u64,
    failed: bool,
}

impl Iterator for Pages {
    type Item = Result<Entity, ScriptError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let item = self.results.at(self.next).transpose()?;
        self.failed = item.is_err();
        self.next += 1;
        Some(item)
    }
}

/// The place of a term in its vocabulary: the server gives them in no order.
fn ordinal(term: &Record) -> Option<i64> {
    match term.get("ordinal") {
        Ok(Some(Value::Integer(ordinal))) => Some(*ordinal),
        Ok(_) | Err(_) => None,
    }
}

/// Whether the server gives the kind by pages in an order that lasts.
fn has_pages(kind: Kind) -> bool {
    kind.spec().field("registrationDate").is_some() && !kind.spec().sort_key.is_empty()
}

/// Always sorted, by the order asked for and then by what tells all apart.
fn stable(mut fetch: Fetch) -> Fetch {
    fetch.sort_for_good();
    fetch
}
