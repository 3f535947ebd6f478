//! The one place where every change of a script goes.
mod atom;
mod blame;
mod book;
mod carrying;
mod collector;
mod completing;
mod guard;
mod journalling;
mod matching;
mod mirror;
mod needs;
mod newer;
mod overlay;
mod peers;
mod pile;
mod place;
pub(super) mod placeholder;
mod plan;
mod reach;
mod reading;
mod rules;
mod searching;
mod sending;
mod shown;
pub(super) mod splitting;
mod step;
mod tally;
pub(super) mod transaction;
mod trash;
mod verdict;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use super::session::lock;
use super::{Entity, Host, ScriptError, Session};
use crate::client::Outcome;
use crate::ledger::{Entry, Journal};
use crate::model::{Called, Id, Kind, Record};
use book::Book;
pub use carrying::{carry_out, look_at};
pub use collector::Transaction;
pub use journalling::without_secrets;
pub use needs::Needs;
pub use plan::Plan;
pub use reach::{Reach, authority};
pub use rules::Rules;
pub use step::Step;
use tally::Tally;

/// Decides what becomes of the changes of a run. Copies are the same desk.
#[derive(Clone, Default)]
pub struct Desk(Arc<Inner>);

#[derive(Default)]
struct Inner {
    rules: Rules,
    /// Whether nothing is sent.
    plans: bool,
    journal: Option<Arc<Journal>>,
    tally: Mutex<Tally>,
    /// By the address of the openBIS.
    books: Mutex<BTreeMap<String, Book>>,
    named: AtomicU64,
    /// Whether openBIS is to carry out after its answer what is sent now.
    asynchronous: AtomicBool,
}

impl Desk {
    /// One that sends what a person has typed.
    pub fn new() -> Self {
        Self::ruled(Rules { typed: true, ..Rules::default() }, None)
    }

    /// One that writes down what it sends.
    pub fn journalled(journal: Arc<Journal>) -> Self {
        Self::ruled(Rules::default(), Some(journal))
    }

    /// One that sends what the rules permit, and writes it down.
    pub fn ruled(rules: Rules, journal: Option<Arc<Journal>>) -> Self {
        Self(Arc::new(Inner { rules, journal, ..Inner::default() }))
    }

    /// One that sends nothing.
    pub fn planning(rules: Rules) -> Self {
        Self(Arc::new(Inner { rules, plans: true, ..Inner::default() }))
    }

    /// Does some work; where that is `wanted`, openBIS carries out after its answer what is
    /// sent meanwhile, all of it in one call.
    pub(super) fn asynchronously<T>(&self, wanted: bool, work: impl FnOnce() -> T) -> T {
        let before = self.0.asynchronous.fetch_or(wanted, Ordering::Relaxed);
        let value = work();
        self.0.asynchronous.store(before, Ordering::Relaxed);
        value
    }

    /// Whether openBIS carries out after its answer what is sent.
    pub(super) fn is_asynchronous(&self) -> bool {
        self.0.asynchronous.load(Ordering::Relaxed)
    }

    /// Whether nothing is sent.
    pub fn plans(&self) -> bool {
        self.0.plans
    }

    /// What the run would change, where nothing is sent.
    pub fn plan(&self) -> Plan {
        let books = lock(&self.0.books);
        Plan::of(books.iter().map(|(url, book)| (url.as_str(), book.planned.as_slice())))
    }

    /// What the run would change in the openBIS of this world, where nothing is sent: what
    /// would go in one call each, with all that it touches as it is now.
    ///
    /// # Errors
    /// When openBIS cannot be asked.
    pub fn planned(&self, host: &Host) -> Result<Vec<Vec<Entry>>, ScriptError> {
        let session = Session::new(host, host.session.clone());
        let calls = self.with_book(&session, |book| book.planned.clone());
        let some = calls.iter().filter(|call| !call.is_empty());
        some.map(|call| journalling::entries(&session, call)).collect()
    }

    /// What the run could not do, and why.
    pub fn failed(&self) -> Vec<(String, String)> {
        lock(&self.0.tally).failed.clone()
    }

    /// The header that the run would have needed.
    pub fn needs(&self) -> String {
        lock(&self.0.tally).needs()
    }

    /// How many objects were changed.
    pub fn changes(&self) -> u64 {
        lock(&self.0.tally).changes
    }

    /// What a method gives that changes openBIS and is called by its name; nothing where it is
    /// only planned.
    ///
    /// # Errors
    /// `invalid` in a transaction, which could not wait for it; as of any change.
    pub(super) fn call(
        &self,
        session: &Session,
        called: Called,
    ) -> Result<Option<String>, ScriptError> {
        if self.in_transaction(session) {
            let message = format!("`{}` is called at once", called.method);
            let error =
                ScriptError::invalid(format!("{message}, and not in a transaction"));
            return Err(error.hint("call it before or after the transaction"));
        }
        let outcomes = self.submit(session, vec![Step::of_call(called)])?;
        Ok(outcomes.into_iter().find_map(|outcome| match outcome {
            Outcome::Answered(text) => Some(text),
            Outcome::Created(_)
            | Outcome::Updated
            | Outcome::Deleted(_)
            | Outcome::Done => None,
        }))
    }

    /// What became of each change, in order.
    pub(super) fn submit(
        &self,
        session: &Session,
        mut steps: Vec<Step>,
    ) -> Result<Vec<Outcome>, ScriptError> {
        guard::permit(&self.0.rules, &steps)?;
        newer::require(session, &steps)?;
        self.resolve_all(session, &mut steps)?;
        match self.collects(session) {
            true => {
                if self.plans() {
                    self.complete(session, &mut steps)?;
                }
                Ok(self.collect(session, steps))
            }
            false => sending::send(self, session, &steps),
        }
    }

    /// Holds changes that will be sent in several calls to the limits, before the first.
    pub(super) fn check(
        &self,
        session: &Session,
        steps: &[Step],
    ) -> Result<(), ScriptError> {
        guard::permit(&self.0.rules, steps)?;
        newer::require(session, steps)?;
        match self.collects(session) {
            true => Ok(()),
            false => sending::ask(self, session, steps),
        }
    }

    /// Notes what could not be done, so that the run ends as one that is partly done.
    pub(super) fn note_failure(&self, entity: &Entity, error: &ScriptError) {
        let noun = super::value::called(entity.kind());
        let item = format!("{noun} `{}`", entity.label());
        lock(&self.0.tally).failed.push((item, error.message.clone()));
    }

    /// Whether changes are only collected: for a transaction, or for a plan.
    pub(super) fn collects(&self, session: &Session) -> bool {
        self.0.plans || self.in_transaction(session)
    }

    pub(super) fn in_transaction(&self, session: &Session) -> bool {
        let books = lock(&self.0.books);
        books.get(session.client().url()).is_some_and(|book| book.open.is_some())
    }

    fn collect(&self, session: &Session, steps: Vec<Step>) -> Vec<Outcome> {
        let now = session.host().clock.now();
        if !self.in_transaction(session) {
            lock(&self.0.tally).count(&steps);
        }
        self.with_book(session, |book| {
            let mut one = |(place, step)| {
                book.begin_call(place % sending::BATCH == 0);
                book.collect(step, self.number(), now)
            };
            steps.into_iter().enumerate().map(&mut one).collect()
        })
    }

    /// The lasting id behind the name of something that is made by now.
    pub(super) fn resolve(&self, session: &Session, id: &Id) -> Option<Id> {
        if !id.is_creation() {
            return None;
        }
        self.with_book(session, |book| book.resolve(id))
    }

    fn resolve_all(
        &self,
        session: &Session,
        steps: &mut [Step],
    ) -> Result<(), ScriptError> {
        let collects = self.collects(session);
        self.with_book(session, |book| {
            steps.iter_mut().try_for_each(|step| book.resolve_all(step, collects))
        })
    }

    /// A name for something that will be made.
    pub(super) fn name(&self, session: &Session, kind: Kind) -> Option<Id> {
        placeholder::may_be_named(kind).then(|| {
            let name = placeholder::new(kind, self.number());
            self.with_book(session, |book| book.give(&name));
            name
        })
    }

    /// Remembers an object as it was before the transaction that is open.
    pub(super) fn touch(&self, entity: &Entity, before: Record) {
        self.with_book(entity.session(), |book| book.touch(entity, before));
    }

    fn number(&self) -> u64 {
        self.0.named.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn with_book<T>(&self, session: &Session, act: impl FnOnce(&mut Book) -> T) -> T {
        let mut books: MutexGuard<'_, _> = lock(&self.0.books);
        act(books.entry(session.client().url().to_owned()).or_default())
    }
}
