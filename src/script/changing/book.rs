//! What was asked of one openBIS and not sent.
use std::collections::{HashMap, HashSet};

use super::Step;
use super::overlay::Overlay;
use super::pile::Pile;
use super::placeholder;
use crate::client::Outcome;
use crate::ledger::targets;
use crate::model::{Change, Id, Kind, Record, Timestamp};
use crate::script::{Entity, ScriptError};

/// The changes of a dry run, and those of a transaction.
#[derive(Default)]
pub(super) struct Book {
    /// What would go in one call each.
    pub(super) planned: Vec<Vec<Step>>,
    /// How often something was put into the trash.
    trashed: u64,
    pub(super) overlay: Overlay,
    pub(super) open: Option<Open>,
    /// What became of names of transactions that are over.
    made: HashMap<Id, Id>,
    /// Names that are known and stand for nothing yet.
    given: HashSet<Id>,
}

/// A transaction that is not over.
pub(super) struct Open {
    pub(super) pile: Pile,
    /// What there was to be seen before it.
    before: Overlay,
    /// Objects as they were before it.
    touched: Vec<(Entity, Record)>,
}

/// A transaction that is over.
pub(super) struct Closed {
    pub(super) steps: Vec<Step>,
    pub(super) touched: Vec<(Entity, Record)>,
}

impl Book {
    /// Begins a transaction.
    pub(super) fn begin(&mut self) -> Result<(), ScriptError> {
        if self.open.is_some() {
            let message = "a transaction within a transaction";
            let hint = "what is inside goes with the outer one: leave the inner one out";
            return Err(ScriptError::invalid(message).hint(hint));
        }
        let (before, pile) = (self.overlay.clone(), Pile::default());
        self.open = Some(Open { pile, before, touched: Vec::new() });
        Ok(())
    }

    /// Ends the transaction. What it would have made is to be seen only if it is `kept`.
    pub(super) fn end(&mut self, kept: bool) -> Closed {
        let Some(open) = self.open.take() else {
            return Closed { steps: Vec::new(), touched: Vec::new() };
        };
        if !kept {
            self.overlay = open.before;
        }
        Closed { steps: open.pile.into_steps(), touched: open.touched }
    }

    /// Remembers an object as it was before the transaction.
    pub(super) fn touch(&mut self, entity: &Entity, before: Record) {
        if let Some(open) = &mut self.open
            && !open.touched.iter().any(|(other, _)| other.is_same(entity))
        {
            open.touched.push((entity.clone(), before));
        }
    }

    /// Puts a change to the others; what would become of it.
    pub(super) fn collect(
        &mut self,
        mut step: Step,
        number: u64,
        now: Timestamp,
    ) -> Outcome {
        let name = match &mut step.change {
            Change::Create(record) => {
                let own = record.id().cloned();
                let name = own.unwrap_or_else(|| placeholder::name(record, number));
                if placeholder::may_be_named(record.kind()) {
                    *record = record.clone().named(name.clone());
                }
                Some(name)
            }
            _ => None,
        };
        self.overlay.note(&step, name.as_ref(), now);
        let outcome = self.outcome(&step, name.clone());
        self.given.extend(name.iter().cloned());
        if let Outcome::Deleted(Some(deletion)) = &outcome {
            self.given.insert(deletion.clone());
            let made = self.open.as_ref().map(|open| &open.pile);
            let is_made = |id: &Id| made.is_some_and(|pile| pile.makes(id));
            // What is new in the transaction is not made at all.
            if !targets(&step.change).iter().all(is_made) {
                self.overlay.trash(&step, deletion, now);
            }
        }
        match &mut self.open {
            Some(open) => open.pile.add(step, name.as_ref()),
            None => self.plan(step),
        }
        outcome
    }

    /// Puts a change to those of the last call; what is called by its name goes alone.
    fn plan(&mut self, step: Step) {
        let goes_alone = |step: &Step| matches!(step.change, Change::Call(_));
        match self.planned.last_mut() {
            Some(call) if !goes_alone(&step) && !call.iter().any(goes_alone) => {
                call.push(step);
            }
            Some(_) | None => self.planned.push(vec![step]),
        }
    }

    /// Begins a call of a plan, where it is `due`.
    pub(super) fn begin_call(&mut self, due: bool) {
        if due
            && self.open.is_none()
            && self.planned.last().is_none_or(|call| !call.is_empty())
        {
            self.planned.push(Vec::new());
        }
    }

    /// What a change would give.
    fn outcome(&mut self, step: &Step, name: Option<Id>) -> Outcome {
        let to_trash = [Kind::Sample, Kind::Experiment, Kind::DataSet];
        match (&step.change, name) {
            (Change::Create(_), Some(name)) => Outcome::Created(name),
            (Change::Update { .. } | Change::Create(_), _) => Outcome::Updated,
            (Change::Delete { .. }, _) => {
                let trash = step.kind().is_some_and(|kind| to_trash.contains(&kind));
                Outcome::Deleted(trash.then(|| {
                    self.trashed += 1;
                    placeholder::new(Kind::Deletion, self.trashed)
                }))
            }
            (
                Change::Archive { .. }
                | Change::Unarchive { .. }
                | Change::Lock { .. }
                | Change::Unlock { .. }
                | Change::Confirm { .. }
                | Change::Revert { .. }
                | Change::Call(_),
                _,
            ) => Outcome::Done,
        }
    }

    /// Notes a name that something will be made under.
    pub(super) fn give(&mut self, name: &Id) {
        self.given.insert(name.clone());
    }

    /// Notes what a name stands for.
    pub(super) fn learn(&mut self, name: &Id, lasting: &Id) {
        if name != lasting {
            self.made.insert(name.clone(), lasting.clone());
        }
    }

    /// The lasting id, where it is known by now.
    pub(super) fn resolve(&self, id: &Id) -> Option<Id> {
        self.made.get(id).cloned()
    }

    /// Puts lasting ids in place of names; a name that stands for nothing is an error.
    pub(super) fn resolve_all(
        &self,
        step: &mut Step,
        collects: bool,
    ) -> Result<(), ScriptError> {
        if self.given.is_empty() {
            return Ok(());
        }
        let mut lost = None;
        step.change.relink(&mut |id| {
            let found = self.resolve(id);
            let known = collects && self.given.contains(id);
            if found.is_none() && id.is_creation() && !known {
                lost.get_or_insert_with(|| id.clone());
            }
            found
        });
        let Some(id) = lost else { return Ok(()) };
        let message = format!("`{id}` is of a transaction that is not over");
        Err(ScriptError::invalid(message).hint("`commit()` makes it first"))
    }
}
