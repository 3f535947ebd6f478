//! The changes of a transaction, of each object one.
use std::collections::{BTreeMap, HashMap, HashSet};

use super::Step;
use crate::model::{Change, Edit, Id, Kind, Record};

/// Changes in the order in which they are to be made.
#[derive(Default)]
pub(super) struct Pile {
    steps: BTreeMap<usize, Step>,
    next: usize,
    created: HashMap<Id, usize>,
    updated: HashMap<Id, usize>,
    /// Creations that hold more than when they were asked for: what stands behind them
    /// may have to come before them.
    grown: HashSet<usize>,
}

impl Pile {
    /// Adds a change; a creation under this name.
    pub(super) fn add(&mut self, step: Step, name: Option<&Id>) {
        match &step.change {
            Change::Create(_) => {
                let place = self.push(step);
                if let Some(id) = name {
                    self.created.insert(id.clone(), place);
                }
            }
            Change::Update { id, edits } => self.update(&id.clone(), edits.clone(), step),
            Change::Delete { ids, .. } => {
                let ids = ids.clone();
                self.delete(&ids, step);
            }
            Change::Archive { .. }
            | Change::Unarchive { .. }
            | Change::Lock { .. }
            | Change::Unlock { .. }
            | Change::Confirm { .. }
            | Change::Revert { .. }
            | Change::Call(_) => drop(self.push(step)),
        }
    }

    /// Whether it makes this object.
    pub(super) fn makes(&self, id: &Id) -> bool {
        self.created.contains_key(id)
    }

    fn push(&mut self, step: Step) -> usize {
        let place = self.next;
        self.next += 1;
        self.steps.insert(place, step);
        place
    }

    fn update(&mut self, id: &Id, edits: BTreeMap<&'static str, Edit>, mut step: Step) {
        let edits = match self.created.get(id).copied() {
            Some(place) => self.grow(place, edits),
            None => edits,
        };
        if edits.is_empty() {
            return;
        }
        let earlier = self.updated.get(id).and_then(|place| self.steps.remove(place));
        let mut all = BTreeMap::new();
        if let Some(earlier) = earlier {
            if let Change::Update { edits, .. } = earlier.change {
                all = edits;
            }
            step.before.extend(earlier.before);
            step.modified = earlier.modified.or(step.modified);
        }
        Edit::join(&mut all, &edits);
        step.change = Change::Update { id: id.clone(), edits: all };
        let place = self.push(step);
        self.updated.insert(id.clone(), place);
    }

    /// Puts edits into a creation; those that it cannot take are left.
    fn grow(
        &mut self,
        place: usize,
        edits: BTreeMap<&'static str, Edit>,
    ) -> BTreeMap<&'static str, Edit> {
        let Some(step) = self.steps.get_mut(&place) else { return edits };
        let Change::Create(record) = &mut step.change else { return edits };
        let spec = record.kind().spec();
        let takes = |name: &str| spec.field(name).is_some_and(|field| field.on_create);
        let (more, left): (BTreeMap<_, _>, _) =
            edits.into_iter().partition(|(name, _)| takes(name));
        if !more.is_empty() {
            let mut whole = settled(record);
            whole.apply(&more);
            *record = whole;
            self.grown.insert(place);
        }
        left
    }

    /// What is new is not made at all; what would be gone anyway is not changed before.
    fn delete(&mut self, ids: &[Id], mut step: Step) {
        let mut kept = Vec::new();
        let mut labels = Vec::new();
        for (id, label) in ids.iter().zip(&step.labels) {
            if let Some(place) = self.updated.remove(id) {
                self.steps.remove(&place);
            }
            if let Some(place) = self.created.remove(id) {
                self.steps.remove(&place);
                continue;
            }
            kept.push(id.clone());
            labels.push(label.clone());
        }
        if let Change::Delete { ids, .. } = &mut step.change
            && !kept.is_empty()
        {
            *ids = kept;
            step.labels = labels;
            self.push(step);
        }
    }

    /// The changes in their order.
    pub(super) fn into_steps(self) -> Vec<Step> {
        let Some(first) = self.grown.iter().min().copied() else {
            return self.steps.into_values().collect();
        };
        let (mut early, mut late) = (Vec::new(), Vec::new());
        for (place, step) in self.steps {
            let ahead = place < first || is_masterdata(&step.change);
            if ahead { early.push(step) } else { late.push(step) }
        }
        early.extend(late);
        early
    }
}

/// A new object whose edits are values.
fn settled(record: &Record) -> Record {
    let mut whole = record.clone();
    whole.apply(record.edits());
    let values = whole.iter().map(|(name, value)| (name, value.clone())).collect();
    Record::told(record.kind(), record.id().cloned(), values)
}

/// Whether it makes something that objects of the lab are made with.
fn is_masterdata(change: &Change) -> bool {
    let Change::Create(record) = change else { return false };
    !matches!(
        record.kind(),
        Kind::Experiment | Kind::Sample | Kind::DataSet | Kind::Material
    )
}
