use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use super::{Keeper, PropertyType, Term, Words};
use crate::client::Error;
use crate::model::{Change, Kind};

/// What is known of types and vocabularies.
pub(in crate::client) struct Cache {
    /// Of types, by their kind and code.
    pub(super) properties: Shelf<(Kind, String), PropertyType>,
    /// All there are.
    pub(super) alone: Shelf<(), PropertyType>,
    pub(super) terms: Shelf<String, Term>,
    /// At most one.
    pub(super) words: Shelf<(), Words>,
    keeper: OnceLock<Arc<dyn Keeper>>,
}

/// How long something is kept that nobody changes here.
const LIFETIME: Duration = Duration::from_secs(15 * 60);

/// Lists that are good for some time after they were fetched.
pub(super) struct Shelf<K, T> {
    lifetime: Duration,
    held: Mutex<Held<K, T>>,
}

struct Held<K, T> {
    /// With the time when they were fetched.
    lists: HashMap<K, (Duration, Arc<Vec<T>>)>,
    /// How often all was forgotten: what is fetched meanwhile may be old.
    forgotten: u64,
}

impl Default for Cache {
    fn default() -> Self {
        Self::lasting(LIFETIME)
    }
}

impl Cache {
    /// One that keeps what it has for so long; zero: not at all.
    pub(in crate::client) fn lasting(lifetime: Duration) -> Self {
        let (properties, alone) = (Shelf::lasting(lifetime), Shelf::lasting(lifetime));
        let (terms, words) = (Shelf::lasting(lifetime), Shelf::lasting(lifetime));
        Self { properties, alone, terms, words, keeper: OnceLock::new() }
    }

    /// Who keeps words, from now on.
    pub(in crate::client) fn keep(&self, keeper: Arc<dyn Keeper>) {
        self.keeper.get_or_init(|| keeper);
    }

    pub(super) fn keeper(&self) -> Option<&Arc<dyn Keeper>> {
        self.keeper.get()
    }

    /// Forgets what is kept, too.
    pub(in crate::client) fn forget_all(&self) {
        self.clear();
        if let Some(keeper) = self.keeper() {
            keeper.forget();
        }
    }

    pub(in crate::client) fn clear(&self) {
        self.properties.clear();
        self.alone.clear();
        self.terms.clear();
        self.words.clear();
    }

    /// Forgets everything when one of the changes is of masterdata.
    pub(in crate::client) fn forget(&self, changes: &[Change]) {
        if changes.iter().filter_map(Change::kind).any(is_masterdata) {
            self.forget_all();
        }
    }
}

impl<K: Clone + Eq + Hash, T> Shelf<K, T> {
    fn lasting(lifetime: Duration) -> Self {
        let held = Held { lists: HashMap::new(), forgotten: 0 };
        Self { lifetime, held: Mutex::new(held) }
    }

    /// The list, fetched where there is none that is young enough.
    pub(super) fn get(
        &self,
        key: &K,
        now: Duration,
        fetch: impl FnOnce() -> Result<Vec<T>, Error>,
    ) -> Result<Arc<Vec<T>>, Error> {
        let held = self.lock();
        if let Some((since, list)) = held.lists.get(key)
            && now.saturating_sub(*since) < self.lifetime
        {
            return Ok(Arc::clone(list));
        }
        let forgotten = held.forgotten;
        drop(held);
        let list = Arc::new(fetch()?);
        let mut held = self.lock();
        if held.forgotten == forgotten {
            held.lists.insert(key.clone(), (now, Arc::clone(&list)));
        }
        Ok(list)
    }

    /// A list that came along with something else.
    pub(super) fn put(&self, key: K, now: Duration, list: Vec<T>) {
        self.lock().lists.insert(key, (now, Arc::new(list)));
    }

    fn clear(&self) {
        let mut held = self.lock();
        held.lists.clear();
        held.forgotten += 1;
    }

    fn lock(&self) -> MutexGuard<'_, Held<K, T>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the kind says what other objects are like.
fn is_masterdata(kind: Kind) -> bool {
    MASTERDATA.contains(&kind)
}

const MASTERDATA: &[Kind] = &[
    Kind::SampleType,
    Kind::ExperimentType,
    Kind::DataSetType,
    Kind::MaterialType,
    Kind::PropertyType,
    Kind::PropertyAssignment,
    Kind::Vocabulary,
    Kind::VocabularyTerm,
    Kind::Plugin,
];

#[cfg(test)]
mod tests {
    use super::*;

    const S: fn(u64) -> Duration = Duration::from_secs;

    /// The list that is there after so many seconds; `new` where it has to be fetched.
    fn at(shelf: &Shelf<(), u32>, seconds: u64, new: u32) -> u32 {
        shelf.get(&(), S(seconds), || Ok(vec![new])).unwrap()[0]
    }

    #[test]
    fn a_list_is_fetched_again_when_its_time_is_over() {
        let shelf = Shelf::lasting(S(10));
        assert_eq!([at(&shelf, 0, 1), at(&shelf, 9, 2), at(&shelf, 10, 3)], [1, 1, 3]);
        shelf.clear();
        assert_eq!(at(&shelf, 11, 4), 4);
    }

    #[test]
    fn nothing_is_kept_where_that_is_off() {
        let shelf = Shelf::lasting(S(0));
        assert_eq!([at(&shelf, 0, 1), at(&shelf, 0, 2)], [1, 2]);
    }

    #[test]
    fn what_was_fetched_while_all_was_forgotten_is_not_kept() {
        let shelf = Shelf::lasting(S(10));
        let fetched = shelf.get(&(), S(0), || {
            shelf.clear();
            Ok(vec![1])
        });
        assert_eq!(fetched.unwrap()[0], 1);
        assert_eq!(at(&shelf, 1, 2), 2);
    }
}
