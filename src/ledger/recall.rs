//! What a run that goes on has done already, found again by what its changes are about.
use std::collections::{HashMap, VecDeque};

use super::fingerprint::{Fingerprint, fingerprints};
use super::{Call, CallState, Error, Ledger, Recalled};
use crate::model::{Change, Outcome};

/// The changes that were made, by what they are about, in their order.
#[derive(Default)]
pub(super) struct Recall {
    made: HashMap<String, VecDeque<Made>>,
    /// What was told the last time, with what it is about.
    told: Vec<(String, Made)>,
}

#[derive(Clone)]
struct Made {
    /// What exactly was changed to what.
    content: String,
    label: String,
    /// None where nobody knows whether it was done.
    outcome: Option<Outcome>,
}

impl Recall {
    pub(super) fn of(ledger: &Ledger, calls: &[Call]) -> Result<Self, Error> {
        let mut recall = Self::default();
        for call in calls {
            match call.state {
                CallState::Done | CallState::Undecided => recall.add(ledger, call)?,
                CallState::Written
                | CallState::Lost
                | CallState::Refused
                | CallState::Never => {}
            }
        }
        Ok(recall)
    }

    fn add(&mut self, ledger: &Ledger, call: &Call) -> Result<(), Error> {
        let entries = ledger.entries(call.id)?;
        let changes: Vec<&Change> = entries.iter().map(|entry| &entry.change).collect();
        let mut outcomes = call.outcomes.iter().cloned();
        for (entry, Fingerprint { subject, content }) in
            entries.iter().zip(fingerprints(&changes)?)
        {
            let label = entry.label.clone();
            let made = Made { content, label, outcome: outcomes.next() };
            self.made.entry(subject).or_default().push_back(made);
        }
        Ok(())
    }

    /// Whether there is nothing to be told, nor to be taken back.
    pub(super) fn is_empty(&self) -> bool {
        self.made.is_empty() && self.told.is_empty()
    }

    /// What is known of these changes; each thing that is known is told once.
    pub(super) fn take(&mut self, changes: &[Change]) -> Result<Vec<Recalled>, Error> {
        self.told.clear();
        if self.made.is_empty() {
            return Ok(vec![Recalled::New; changes.len()]);
        }
        let changes: Vec<&Change> = changes.iter().collect();
        Ok(fingerprints(&changes)?.iter().map(|found| self.take_one(found)).collect())
    }

    /// Takes back what was told the last time: the changes were not made, and will be asked
    /// about again.
    pub(super) fn put_back(&mut self) {
        for (subject, made) in self.told.drain(..).rev() {
            self.made.entry(subject).or_default().push_front(made);
        }
    }

    fn take_one(&mut self, change: &Fingerprint) -> Recalled {
        let Some(made) = self.made.get_mut(&change.subject) else { return Recalled::New };
        let same = made.iter().position(|made| made.content == change.content);
        // What lies before the one that is the same was passed over by the script this time.
        let passed = made.drain(..same.unwrap_or(0));
        self.told.extend(passed.map(|made| (change.subject.clone(), made)));
        let Some(made) = made.pop_front() else { return Recalled::New };
        self.told.push((change.subject.clone(), made.clone()));
        let Made { label, outcome, .. } = made;
        match outcome {
            None => Recalled::Left(format!(
                "`{label}`: nobody knows whether this run has changed it"
            )),
            Some(outcome) if same.is_some() => Recalled::Done(outcome),
            Some(_) => Recalled::Left(format!(
                "`{label}`: this run has changed it already, to something else than it \
                 would get now"
            )),
        }
    }
}
