//! Carries out what was computed beforehand: a plan, or what takes back a run.
use std::collections::{BTreeMap, BTreeSet};

use super::{journalling, placeholder};
use crate::client::Client;
use crate::ledger::{Entry, Journal, Present, Recalled, made};
use crate::model::{Change, Criteria, Fetch, Id, Kind, Outcome};
use crate::script::{ErrorKind, Host, ScriptError, calling, fetches};

/// Sends these calls in their order, but for what the run has done already. Names of what was
/// new when they were computed are replaced by those that openBIS gave. `each` is told of
/// every call that is done.
///
/// # Errors
/// Of the first call that fails: those before it are done.
pub fn carry_out(
    host: &Host,
    journal: &Journal,
    calls: Vec<Vec<Entry>>,
    each: &mut dyn FnMut(&[Entry]),
) -> Result<(), ScriptError> {
    let mut names = BTreeMap::new();
    let mut trashed = 0;
    for entry in calls.iter().flatten() {
        if let Change::Call(called) = &entry.change {
            drop(calling::asked(called)?);
        }
    }
    for mut entries in calls {
        if host.cancel.load(std::sync::atomic::Ordering::Relaxed) {
            return Err(ScriptError::new(ErrorKind::Cancelled, "interrupted"));
        }
        for entry in &mut entries {
            entry.change.relink(&mut |id| names.get(id).cloned());
        }
        let outcomes = carry_out_one(host, journal, &entries)?;
        for (entry, outcome) in entries.iter().zip(&outcomes) {
            if let (Change::Create(record), Some(id)) = (&entry.change, made(outcome))
                && let Some(name) = record.id()
            {
                names.insert(name.clone(), id.clone());
            }
            if let Outcome::Deleted(Some(id)) = outcome {
                trashed += 1;
                names.insert(placeholder::new(Kind::Deletion, trashed), id.clone());
            }
        }
        each(&entries);
    }
    Ok(())
}

fn carry_out_one(
    host: &Host,
    journal: &Journal,
    entries: &[Entry],
) -> Result<Vec<Outcome>, ScriptError> {
    let changes: Vec<Change> = entries.iter().map(|entry| entry.change.clone()).collect();
    let mut new = Vec::new();
    let mut settled = Vec::with_capacity(entries.len());
    for (entry, known) in entries.iter().zip(journal.recall(&changes)?) {
        settled.push(match known {
            Recalled::New => {
                new.push(entry.clone());
                None
            }
            Recalled::Done(outcome) => Some(outcome),
            Recalled::Left(why) => {
                return Err(ScriptError::new(ErrorKind::Conflict, why)
                    .hint("look at it in openBIS: what comes after it was not done"));
            }
        });
    }
    let mut sent = match new.is_empty() {
        true => Vec::new(),
        false => journalling::send_written(host, &host.session, journal, new)??,
    }
    .into_iter();
    Ok(settled.into_iter().filter_map(|known| known.or_else(|| sent.next())).collect())
}

/// What objects hold now, in some fields, a call per thousand; with all that is in the trash.
pub fn look_at(
    client: &Client,
    wanted: &BTreeMap<Id, BTreeSet<&'static str>>,
) -> Result<Present, ScriptError> {
    let mut kinds: BTreeMap<Kind, (Vec<Id>, Fetch)> = BTreeMap::new();
    for (id, fields) in wanted {
        let kind = id.kind();
        let (ids, fetch) =
            kinds.entry(kind).or_insert_with(|| (Vec::new(), Fetch::plain(kind)));
        ids.push(id.clone());
        let spec = kind.spec();
        for field in fields.iter().filter_map(|name| spec.field(name)) {
            if field.asked && !field.sent_only {
                fetches::include(fetch, field);
            }
        }
    }
    let mut present = Present::default();
    for (ids, fetch) in kinds.into_values() {
        let found = client.get(&ids, &fetch)?;
        present
            .records
            .extend(ids.into_iter().zip(found).filter_map(|(id, r)| Some((id, r?))));
    }
    let trash = Criteria::all(Kind::Deletion);
    for page in client.search(&trash, &Fetch::plain(Kind::Deletion))?.records {
        present.deletions.extend(page.id().cloned());
    }
    Ok(present)
}
