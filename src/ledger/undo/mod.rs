//! What a run has changed, taken back. All of it is computed here from the journal and from
//! what the objects hold now; nothing is asked for or sent.
mod after;
mod conflicts;
mod differences;
mod same;
mod seen;
mod stale;
mod staying;

use std::collections::{BTreeMap, BTreeSet};

use super::entry::targets;
use super::touched::{has_trash, irrevocable, is_named_by_code, whole};
use super::{Entry, Error, Ledger, RunId};
use crate::model::{Change, Edit, Id, Kind, Outcome, Record, Value};
pub use differences::differences;
pub use seen::{outcome, seen, wanted_to_settle};
pub use stale::{stale, wanted_for};
use staying::Needed;

/// A change that was made.
#[derive(Clone, Debug)]
pub struct Done {
    /// The number of its call in the run.
    pub call: u32,
    /// The openBIS that it went to.
    pub server: String,
    pub entry: Entry,
    pub outcome: Outcome,
}

/// What is there now, as far as [`wanted`] asks for it.
#[derive(Clone, Debug, Default)]
pub struct Present {
    pub records: BTreeMap<Id, Record>,
    /// What is in the trash.
    pub deletions: BTreeSet<Id>,
}

/// The changes that take back others.
#[derive(Clone, Debug, Default)]
pub struct Undoing {
    /// What goes in one call each, in this order.
    pub calls: Vec<Vec<Entry>>,
    pub left: Vec<Left>,
}

/// What is not taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    pub label: String,
    pub why: String,
    /// Whether it is so because somebody else has been there.
    pub foreign: bool,
}

impl Ledger {
    /// The changes of a run that were made, in their order.
    pub fn done(&self, run: RunId) -> Result<Vec<Done>, Error> {
        let mut done = Vec::new();
        for call in self.calls(run)? {
            let known = self.outcomes(&call)?.into_iter();
            done.extend(known.filter_map(|(entry, outcome)| {
                let server = call.server.clone();
                Some(Done { call: call.ordinal, server, entry, outcome: outcome? })
            }));
        }
        Ok(done)
    }
}

/// The object that was made, where it is one.
pub fn made(outcome: &Outcome) -> Option<&Id> {
    match outcome {
        Outcome::Created(id) => Some(id),
        Outcome::Updated | Outcome::Deleted(_) | Outcome::Done | Outcome::Answered(_) => {
            None
        }
    }
}

/// Objects that lie in what was made, by the fields that hold them.
const CONTENTS: &[(Kind, &[&str])] = &[
    (Kind::Sample, &["children", "components", "dataSets"]),
    (Kind::Experiment, &["samples", "dataSets"]),
    (Kind::DataSet, &["children", "components"]),
];

fn contents(kind: Kind) -> &'static [&'static str] {
    CONTENTS.iter().find(|row| row.0 == kind).map_or(&[], |row| row.1)
}

/// The objects whose present state has to be known to take changes back, with the fields that
/// matter. What is in the trash has to be known beside them.
pub fn wanted(done: &[Done]) -> BTreeMap<Id, BTreeSet<&'static str>> {
    let mut wanted: BTreeMap<Id, BTreeSet<&'static str>> = BTreeMap::new();
    for Done { entry, outcome, .. } in done {
        if let (Change::Create(record), Outcome::Created(id)) = (&entry.change, outcome) {
            let fields = wanted.entry(id.clone()).or_default();
            fields.extend(record.iter().map(|(name, _)| name));
            fields.extend(record.edits().keys());
            fields.extend(contents(record.kind()));
            fields.extend(whole(record.kind()));
        }
        for (id, mut fields) in super::touched(&entry.change) {
            let made = id.kind() != Kind::Deletion;
            fields.retain(|_| made);
            if made {
                wanted.entry(id).or_default().extend(fields);
            }
        }
    }
    wanted
}

/// The changes that take back what was done, the last first. With `force`, also of what
/// somebody else has changed since.
pub fn undo(done: &[Done], present: &Present, force: bool) -> Undoing {
    let conflicts = conflicts::find(done, present);
    let mut undoing = Undoing::default();
    let mut told = BTreeSet::new();
    let mut last = None;
    let mut needed = Needed::default();
    for one in done.iter().rev() {
        let ids = objects(one);
        let conflict = ids.iter().find_map(|id| Some((*id, conflicts.get(*id)?)));
        if let Some((id, conflict)) = conflict
            && !(force && conflict.can_be_forced)
        {
            needed.note(one);
            if told.insert(id.clone()) {
                undoing.left.push(Left {
                    label: label(one),
                    why: conflict.why.clone(),
                    foreign: conflict.can_be_forced,
                });
            }
            continue;
        }
        if !made(&one.outcome).is_some_and(|id| has_trash(id.kind()))
            && needed.has(one, present)
        {
            needed.note(one);
            let (label, why) = (label(one), NEEDED.to_owned());
            undoing.left.push(Left { label, why, foreign: false });
            continue;
        }
        let (entry, left) = invert(one, present);
        if made(&one.outcome).is_some_and(|id| has_trash(id.kind())) {
            needed.note(one);
        }
        undoing.left.extend(left.map(|why| Left {
            label: label(one),
            why,
            foreign: false,
        }));
        let Some(entry) = entry else { continue };
        if last != Some(one.call) {
            undoing.calls.push(Vec::new());
            last = Some(one.call);
        }
        if let Some(call) = undoing.calls.last_mut() {
            join(call, entry);
        }
    }
    undoing
}

const NEEDED: &str = "what this run has made with it stays, or is in the trash";

/// The objects that a change was about, the new one among them.
fn objects(done: &Done) -> Vec<&Id> {
    made(&done.outcome).into_iter().chain(targets(&done.entry.change)).collect()
}

fn label(done: &Done) -> String {
    match (&done.entry.change, made(&done.outcome)) {
        (Change::Create(record), Some(id)) if record.text("code").is_none() => {
            id.to_string()
        }
        _ => done.entry.label.clone(),
    }
}

/// Adds an entry to those of a call; deletions of one kind become one.
fn join(call: &mut Vec<Entry>, entry: Entry) {
    if let (
        Some(Entry { change: Change::Delete { ids: all, .. }, before, label }),
        Change::Delete { ids, .. },
    ) = (call.last_mut(), &entry.change)
        && all.first().map(Id::kind) == ids.first().map(Id::kind)
    {
        all.extend(ids.iter().cloned());
        before.extend(entry.before);
        *label = format!("{} objects", all.len());
        return;
    }
    call.push(entry);
}

/// The change that takes another one back, and why something of it stays.
fn invert(done: &Done, present: &Present) -> (Option<Entry>, Option<String>) {
    let Done { entry, outcome, .. } = done;
    let stays = |change: &Change| {
        let why = irrevocable(change).unwrap_or("it cannot be taken back");
        (None, Some(why.to_owned()))
    };
    let whole = |change: Change, before: Vec<Record>| {
        (Some(Entry { change, before, label: label(done) }), None)
    };
    match (&entry.change, outcome) {
        (change @ Change::Create(_), Outcome::Created(_))
            if irrevocable(change).is_some() =>
        {
            stays(change)
        }
        (Change::Create(_), Outcome::Created(id)) => {
            let gone = Change::Delete { ids: vec![id.clone()], reason: REASON.into() };
            whole(gone, present.records.get(id).cloned().into_iter().collect())
        }
        (Change::Update { id, edits }, _) => update(done, id, edits, present),
        (Change::Delete { ids, .. }, Outcome::Deleted(Some(deletion))) => {
            let back =
                |id: &Id| Record::told(id.kind(), Some(id.clone()), BTreeMap::new());
            let revert = Change::Revert { ids: vec![deletion.clone()] };
            whole(revert, ids.iter().map(back).collect())
        }
        (change @ Change::Delete { .. }, _) => match again(entry) {
            Some(record) => whole(Change::Create(record), Vec::new()),
            None => stays(change),
        },
        (Change::Lock { .. }, _) => {
            switched(done, present, "AVAILABLE", |ids| Change::Unlock { ids })
        }
        (Change::Unlock { .. }, _) => {
            switched(done, present, "LOCKED", |ids| Change::Lock { ids })
        }
        (change @ Change::Revert { .. }, _) => {
            let back = entry.before.iter().filter_map(Record::id);
            let ids: Vec<Id> = back.filter(|id| has_trash(id.kind())).cloned().collect();
            match ids.is_empty() {
                true => stays(change),
                false => whole(Change::Delete { ids, reason: REASON.into() }, Vec::new()),
            }
        }
        (change, _) => stays(change),
    }
}

const REASON: &str = "undone";

fn update(
    done: &Done,
    id: &Id,
    edits: &BTreeMap<&'static str, Edit>,
    present: &Present,
) -> (Option<Entry>, Option<String>) {
    let known = done.entry.before.first();
    let old = |name: &str| known.and_then(|record| record.get(name).ok().flatten());
    let mut back = BTreeMap::new();
    let mut stays = Vec::new();
    let mut before = Record::told(id.kind(), Some(id.clone()), BTreeMap::new());
    for (name, edit) in edits {
        let alone =
            Change::Update { id: id.clone(), edits: [(*name, edit.clone())].into() };
        if let Some(why) = irrevocable(&alone) {
            stays.push(format!("{name}: {why}"));
            continue;
        }
        let Some(inverse) = after::inverse(edit, old(name)) else {
            stays.push(format!("{name}: what it held before is not known"));
            continue;
        };
        if !after::is_idle(&inverse) {
            back.insert(*name, inverse);
            // The name comes from the kind's own spec.
            let _ = before.set(name, after::after(edit, old(name)), None);
        }
    }
    let dated =
        present.records.get(id).and_then(|now| now.get("modificationDate").ok()?);
    if let Some(date) = dated {
        let _ = before.set("modificationDate", date.clone(), None);
    }
    let entry = (!back.is_empty()).then(|| Entry {
        change: Change::Update { id: id.clone(), edits: back },
        before: vec![before],
        label: label(done),
    });
    (entry, (!stays.is_empty()).then(|| stays.join("; ")))
}

/// The object anew, for those that are known by their code and were seen before they went.
fn again(entry: &Entry) -> Option<Record> {
    let [old] = &entry.before[..] else { return None };
    if !is_named_by_code(old.kind()) {
        return None;
    }
    let mut record = Record::new(old.kind());
    for name in whole(old.kind()) {
        if let Ok(Some(value)) = old.get(name)
            && *value != Value::Null
        {
            record.set(name, value.clone(), None).ok()?;
        }
    }
    record.text("code").or(record.text("name"))?;
    Some(record)
}

/// The data sets that had another status before, given that one again.
fn switched(
    done: &Done,
    present: &Present,
    status: &str,
    change: impl FnOnce(Vec<Id>) -> Change,
) -> (Option<Entry>, Option<String>) {
    let had = |record: &&Record| physical_status(record) == Some(status);
    let ids: Vec<Id> =
        done.entry.before.iter().filter(had).filter_map(Record::id).cloned().collect();
    if ids.is_empty() {
        return (None, None);
    }
    let now = ids.iter().filter_map(|id| {
        let physical = present.records.get(id)?.get("physicalData").ok()??.clone();
        let values = [("physicalData", physical)].into();
        Some(Record::told(id.kind(), Some(id.clone()), values))
    });
    let before = now.collect();
    (Some(Entry { change: change(ids), before, label: label(done) }), None)
}

/// Where the files of a data set are.
fn physical_status(record: &Record) -> Option<&str> {
    match record.get("physicalData") {
        Ok(Some(Value::One(link))) => link.record.as_deref()?.text("status"),
        Ok(_) | Err(_) => None,
    }
}
