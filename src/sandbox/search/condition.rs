use crate::sandbox::store::{Number, Object};

/// What an object has to meet.
pub(super) struct Condition<'s> {
    test: Box<dyn Fn(&Object) -> bool + 's>,
    /// Everything that can meet it, and maybe more, where an index tells; in order.
    among: Option<Vec<Number>>,
    /// Whether all of these meet it, so that nobody has to look.
    exact: bool,
}

/// How several conditions go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Junction {
    All,
    One,
}

impl<'s> Condition<'s> {
    pub(super) fn new(test: impl Fn(&Object) -> bool + 's) -> Self {
        Self { test: Box::new(test), among: None, exact: false }
    }

    pub(super) fn always() -> Self {
        Self::new(|_| true)
    }

    pub(super) fn never() -> Self {
        Self::new(|_| false).among([])
    }

    /// The same, known to be met only by some of these.
    pub(super) fn among(mut self, numbers: impl IntoIterator<Item = Number>) -> Self {
        self.among = Some(ordered(numbers.into_iter().collect()));
        self
    }

    /// The same, known to be met by these and by no others.
    pub(super) fn exactly(self, numbers: impl IntoIterator<Item = Number>) -> Self {
        Self { exact: true, ..self.among(numbers) }
    }

    pub(super) fn not(self) -> Self {
        Self::new(move |object| !(self.test)(object))
    }

    /// What all of the conditions demand, or one of them; nothing where there are none.
    pub(super) fn joined(junction: Junction, mut conditions: Vec<Self>) -> Self {
        if conditions.len() <= 1 {
            return conditions.pop().unwrap_or_else(Self::always);
        }
        let among = match junction {
            Junction::All => smallest(&mut conditions),
            Junction::One => together(&mut conditions),
        };
        let tests: Vec<_> = conditions.into_iter().map(|one| one.test).collect();
        let test: Box<dyn Fn(&Object) -> bool + 's> = match junction {
            Junction::All => {
                Box::new(move |object| tests.iter().all(|test| test(object)))
            }
            Junction::One => {
                Box::new(move |object| tests.iter().any(|test| test(object)))
            }
        };
        Self { test, among, exact: false }
    }

    pub(super) fn holds(&self, object: &Object) -> bool {
        self.exact || (self.test)(object)
    }

    /// The only objects to look at, where that is known.
    pub(super) fn candidates(&self) -> Option<&[Number]> {
        self.among.as_deref()
    }
}

fn ordered(mut numbers: Vec<Number>) -> Vec<Number> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn smallest(conditions: &mut [Condition<'_>]) -> Option<Vec<Number>> {
    let sets = conditions.iter_mut().filter_map(|condition| condition.among.take());
    sets.min_by_key(Vec::len)
}

fn together(conditions: &mut [Condition<'_>]) -> Option<Vec<Number>> {
    let mut sets = conditions.iter_mut().map(|condition| condition.among.take());
    let all = sets.try_fold(Vec::new(), |mut all, set| {
        all.extend(set?);
        Some(all)
    });
    all.map(ordered)
}
