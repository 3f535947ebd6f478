//! The journal of a run: every change is written down before it is sent, and again once it
//! is known what became of it.
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::calls::{ASYNCHRONOUS, NewCall};
use super::recall::Recall;
use super::{CallId, Entry, Error, Ledger, Recalled, Run, RunId, Settlement};
use crate::model::{Change, Timestamp};

/// Where one run writes. It has no row in the ledger before its first change.
pub struct Journal {
    open: Box<Open>,
    opened: OnceLock<Opened>,
    opening: Mutex<()>,
}

/// Gives the ledger, and the row of the run in it.
type Open = dyn Fn() -> Result<(Arc<Ledger>, RunId), Error> + Send + Sync;

struct Opened {
    ledger: Arc<Ledger>,
    run: Run,
    key: String,
    /// The number of the next call.
    next: AtomicU32,
    recall: Mutex<Recall>,
}

/// A call that may be sent now, under this id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub call: CallId,
    /// For `executeOperations`: unique in the world.
    pub execution: String,
    /// For the records of the server: names run and script.
    pub description: String,
}

impl Journal {
    /// A journal that begins with the first change: `open` gives the ledger, and the row of
    /// the run in it.
    pub fn new(
        open: impl Fn() -> Result<(Arc<Ledger>, RunId), Error> + Send + Sync + 'static,
    ) -> Self {
        Self { open: Box::new(open), opened: OnceLock::new(), opening: Mutex::default() }
    }

    /// The journal of a run that was cut off: it goes on where that stopped.
    pub fn resume(ledger: Arc<Ledger>, run: RunId) -> Result<Self, Error> {
        ledger.reopen_run(run)?;
        let opened = Opened::new(Arc::clone(&ledger), run)?;
        let journal = Self::new(move || Ok((Arc::clone(&ledger), run)));
        journal.opened.get_or_init(|| opened);
        Ok(journal)
    }

    /// The run, once it has changed something.
    pub fn run(&self) -> Option<RunId> {
        self.opened.get().map(|opened| opened.run.id)
    }

    /// Whether nothing is known of any change: the run does not go on with what it began
    /// before.
    pub fn knows_nothing(&self) -> bool {
        self.opened.get().is_none_or(|opened| {
            opened.recall.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
        })
    }

    /// What is known of these changes, which are about to be made, in their order. Nothing
    /// that is known twice is told twice: the second time that a run makes a change, its
    /// second occurrence is meant.
    pub fn recall(&self, changes: &[Change]) -> Result<Vec<Recalled>, Error> {
        let Some(opened) = self.opened.get() else {
            return Ok(vec![Recalled::New; changes.len()]);
        };
        let mut recall = opened.recall.lock().unwrap_or_else(PoisonError::into_inner);
        recall.take(changes)
    }

    /// Forgets that the last changes were asked about: they were refused together with
    /// others, and will be tried again.
    pub fn put_back(&self) {
        if let Some(opened) = self.opened.get() {
            opened.recall.lock().unwrap_or_else(PoisonError::into_inner).put_back();
        }
    }

    /// Writes down a call that is about to be sent to this server. When it comes back, the
    /// changes are in the ledger.
    pub fn write(
        &self,
        server: &str,
        entries: &[Entry],
        now: Timestamp,
    ) -> Result<Written, Error> {
        self.write_as(server, entries, now, "")
    }

    /// The same, for a call that openBIS carries out after its answer.
    pub fn write_asynchronous(
        &self,
        server: &str,
        entries: &[Entry],
        now: Timestamp,
    ) -> Result<Written, Error> {
        self.write_as(server, entries, now, ASYNCHRONOUS)
    }

    fn write_as(
        &self,
        server: &str,
        entries: &[Entry],
        now: Timestamp,
        how: &str,
    ) -> Result<Written, Error> {
        let opened = self.opened()?;
        let ordinal = opened.next.fetch_add(1, Ordering::Relaxed);
        let execution = execution(&opened.key, ordinal);
        let (run, script) = (opened.run.id.0, &opened.run.script);
        let description = format!("rhobis run {run}, call {ordinal}: {script}{how}");
        let new = NewCall {
            run: opened.run.id,
            ordinal,
            execution: &execution,
            description: &description,
            server,
            written: now,
        };
        let call = opened.ledger.write_call(&new, entries)?;
        Ok(Written { call, execution, description })
    }

    /// Writes down what became of a call.
    pub fn finish(
        &self,
        call: CallId,
        settlement: &Settlement,
        now: Timestamp,
    ) -> Result<(), Error> {
        self.opened()?.ledger.settle(call, settlement, now)
    }

    /// Writes down how the run ended; nothing where it has changed nothing.
    pub fn end(&self, exit_code: i32, now: Timestamp) -> Result<(), Error> {
        let Some(opened) = self.opened.get() else { return Ok(()) };
        opened.ledger.end_run(opened.run.id, now, Some(exit_code))
    }

    fn opened(&self) -> Result<&Opened, Error> {
        if let Some(opened) = self.opened.get() {
            return Ok(opened);
        }
        let _one_at_a_time = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(opened) = self.opened.get() {
            return Ok(opened);
        }
        let (ledger, run) = (self.open)()?;
        let opened = Opened::new(ledger, run)?;
        Ok(self.opened.get_or_init(|| opened))
    }
}

impl Opened {
    fn new(ledger: Arc<Ledger>, run: RunId) -> Result<Self, Error> {
        let run = ledger.run(run)?.ok_or(Error::NoRun(run))?;
        let calls = ledger.calls(run.id)?;
        let next = calls.last().map_or(1, |call| call.ordinal + 1);
        let recall = Recall::of(&ledger, &calls)?;
        let key = run.key.clone().unwrap_or_default();
        Ok(Self {
            ledger,
            run,
            key,
            next: AtomicU32::new(next),
            recall: Mutex::new(recall),
        })
    }
}

/// The id on the server of the n-th call of a run.
pub fn execution(key: &str, ordinal: u32) -> String {
    format!("rhobis-{key}-{ordinal}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{About, CallState, RunKind};
    use crate::model::{Edit, Id, Kind, Outcome, Record, Value};

    const NOW: Timestamp = Timestamp(1_000);

    fn about() -> About {
        About {
            kind: RunKind::Script,
            script: "tag.rhai".into(),
            source: "1".into(),
            params: Vec::new(),
            profile: None,
            user: None,
            server: "https://lab".into(),
            of: None,
            key: "5eed".into(),
            started: NOW,
        }
    }

    fn journal(ledger: &Arc<Ledger>) -> Journal {
        let ledger = Arc::clone(ledger);
        Journal::new(move || {
            Ok((Arc::clone(&ledger), ledger.begin_changing(&about(), None)?))
        })
    }

    fn ledger() -> Arc<Ledger> {
        Arc::new(Ledger::in_memory().unwrap())
    }

    fn update(space: &str, text: &str) -> Change {
        let id = Id::parse(Kind::Space, space).unwrap();
        let edit = Edit::Set(Value::Text(text.into()));
        Change::Update { id, edits: [("description", edit)].into() }
    }

    fn create(code: &str) -> Change {
        let mut record = Record::new(Kind::Space);
        record.set("code", Value::Text(code.into()), None).unwrap();
        Change::Create(record)
    }

    fn entry(change: &Change) -> Entry {
        Entry { change: change.clone(), before: Vec::new(), label: "X".into() }
    }

    /// Makes a change as the one of a run that is cut off behind it.
    fn made(ledger: &Arc<Ledger>, change: &Change, settlement: Option<Settlement>) {
        let journal = journal(ledger);
        let written = journal.write("https://lab", &[entry(change)], NOW).unwrap();
        if let Some(settlement) = settlement {
            journal.finish(written.call, &settlement, NOW).unwrap();
        }
    }

    fn resumed(ledger: &Arc<Ledger>) -> Journal {
        Journal::resume(Arc::clone(ledger), RunId(1)).unwrap()
    }

    #[test]
    fn a_run_that_changes_nothing_leaves_no_row() {
        let ledger = ledger();
        journal(&ledger).end(0, NOW).unwrap();
        assert!(ledger.runs(10).unwrap().is_empty());
    }

    #[test]
    fn a_call_is_in_the_ledger_before_it_is_sent_and_has_an_id_of_its_own() {
        let ledger = ledger();
        let journal = journal(&ledger);
        let first = journal.write("https://lab", &[entry(&create("A"))], NOW).unwrap();
        assert_eq!(first.execution, "rhobis-5eed-1");
        assert_eq!(first.description, "rhobis run 1, call 1: tag.rhai");
        let calls = ledger.calls(RunId(1)).unwrap();
        assert_eq!((calls[0].state, calls[0].whole), (CallState::Written, true));
        let second = journal.write("https://lab", &[entry(&create("B"))], NOW).unwrap();
        assert_eq!(second.execution, "rhobis-5eed-2");
    }

    #[test]
    fn what_is_done_is_recalled_once_with_its_outcome() {
        let (ledger, change) = (ledger(), create("A"));
        let outcome = Outcome::Created(Id::parse(Kind::Space, "A").unwrap());
        made(&ledger, &change, Some(Settlement::Done(vec![outcome.clone()])));
        let journal = resumed(&ledger);
        let known = journal.recall(&[change.clone(), change]).unwrap();
        assert_eq!(known, [Recalled::Done(outcome), Recalled::New]);
    }

    #[test]
    fn what_is_done_is_recalled_again_where_others_were_refused_with_it() {
        let (ledger, change) = (ledger(), create("A"));
        let outcome = Outcome::Created(Id::parse(Kind::Space, "A").unwrap());
        made(&ledger, &change, Some(Settlement::Done(vec![outcome.clone()])));
        let journal = resumed(&ledger);
        let done = [Recalled::Done(outcome)];
        assert_eq!(journal.recall(std::slice::from_ref(&change)).unwrap(), done);
        journal.put_back();
        assert_eq!(journal.recall(std::slice::from_ref(&change)).unwrap(), done);
        assert_eq!(journal.recall(&[change]).unwrap(), [Recalled::New]);
    }

    #[test]
    fn what_was_refused_is_tried_again_and_what_is_not_known_is_left() {
        for (settlement, left) in [
            (Settlement::Refused("no".into()), false),
            (Settlement::Undecided("?".into()), true),
        ] {
            let (ledger, change) = (ledger(), update("A", "x"));
            made(&ledger, &change, Some(settlement));
            let known = resumed(&ledger).recall(&[change]).unwrap();
            assert_eq!(matches!(known[0], Recalled::Left(_)), left, "{known:?}");
        }
    }

    #[test]
    fn an_object_that_would_get_other_values_now_is_left_alone() {
        let ledger = ledger();
        made(&ledger, &update("A", "6"), Some(Settlement::Done(vec![Outcome::Updated])));
        let journal = resumed(&ledger);
        let known = journal.recall(&[update("A", "7"), update("B", "7")]).unwrap();
        assert!(matches!(known[0], Recalled::Left(_)), "{known:?}");
        assert_eq!(known[1], Recalled::New);
    }

    #[test]
    fn a_run_that_goes_on_never_uses_an_id_twice() {
        let ledger = ledger();
        made(&ledger, &create("A"), None);
        let next = resumed(&ledger).write("https://lab", &[entry(&create("B"))], NOW);
        assert_eq!(next.unwrap().execution, "rhobis-5eed-2");
    }
}
