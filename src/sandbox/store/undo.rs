use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Number, Object};

/// What the changed objects were before the request; nothing for those it made.
#[derive(Debug, Default)]
pub(super) struct Undo {
    before: BTreeMap<Number, Option<Arc<Object>>>,
}

impl Undo {
    /// Notes an object's state; only the first one of a request counts.
    pub(super) fn before(&mut self, number: Number, object: Option<&Arc<Object>>) {
        self.before.entry(number).or_insert_with(|| object.cloned());
    }

    pub(super) fn numbers(&self) -> BTreeSet<Number> {
        self.before.keys().copied().collect()
    }

    /// The changed objects, as they were.
    pub(super) fn objects(&self) -> impl Iterator<Item = &Arc<Object>> {
        self.before.values().flatten()
    }

    pub(super) fn forget(&mut self) {
        self.before.clear();
    }

    pub(super) fn take(&mut self) -> BTreeMap<Number, Option<Arc<Object>>> {
        std::mem::take(&mut self.before)
    }
}
