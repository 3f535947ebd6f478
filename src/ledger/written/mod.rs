//! Changes as JSON, for the journal and for plans: the names are those of the specs, what is
//! secret is left out, and what was written is read back as it was.
mod argument;
mod change;
mod id;
mod record;
mod secret;
mod value;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Error;
use crate::model::{Change, Id, Outcome, Record, is_secret_name};
pub(super) use change::WrittenChange;
pub(super) use id::WrittenId;
pub(super) use record::WrittenRecord;
pub(super) use secret::is_secret;
pub(super) use value::sha256;

/// What becomes of the contents of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Contents {
    /// They are written as base64.
    Kept,
    /// Their length and hash are.
    Hashed,
}

/// A text of a change; whether nothing is left out of it.
pub(super) fn change(
    change: &Change,
    contents: Contents,
) -> Result<(String, bool), Error> {
    let written = WrittenChange::of(change, contents);
    let text = serde_json::to_string(&written).map_err(Error::Unwritable)?;
    Ok((text, written.is_whole()))
}

/// The objects as they were; nothing where there are none.
pub(super) fn before(records: &[Record]) -> Result<Option<String>, Error> {
    if records.is_empty() {
        return Ok(None);
    }
    let written: Vec<WrittenRecord> = records
        .iter()
        .map(|record| WrittenRecord::of(record, Contents::Hashed))
        .collect();
    Ok(Some(serde_json::to_string(&written).map_err(Error::Unwritable)?))
}

pub(super) fn read_change(text: &str) -> Result<Change, Error> {
    read::<WrittenChange>(text)?.into_change()
}

pub(super) fn read_before(text: &str) -> Result<Vec<Record>, Error> {
    let written = read::<Vec<WrittenRecord>>(text)?;
    written.into_iter().map(WrittenRecord::into_record).collect()
}

/// What became of a change.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WrittenOutcome {
    Created(WrittenId),
    Updated,
    Deleted(Option<WrittenId>),
    Done,
    Answered(String),
}

pub(super) fn outcomes(outcomes: &[Outcome]) -> Result<String, Error> {
    let written: Vec<WrittenOutcome> = outcomes
        .iter()
        .map(|outcome| match outcome {
            Outcome::Created(id) => WrittenOutcome::Created(WrittenId::of(id)),
            Outcome::Updated => WrittenOutcome::Updated,
            Outcome::Deleted(id) => {
                WrittenOutcome::Deleted(id.as_ref().map(WrittenId::of))
            }
            Outcome::Done => WrittenOutcome::Done,
            Outcome::Answered(text) => WrittenOutcome::Answered(text.clone()),
        })
        .collect();
    serde_json::to_string(&written).map_err(Error::Unwritable)
}

pub(super) fn read_outcomes(text: &str) -> Result<Vec<Outcome>, Error> {
    let outcome = |written| {
        Ok(match written {
            WrittenOutcome::Created(id) => Outcome::Created(id.into_id()?),
            WrittenOutcome::Updated => Outcome::Updated,
            WrittenOutcome::Deleted(id) => {
                Outcome::Deleted(id.map(WrittenId::into_id).transpose()?)
            }
            WrittenOutcome::Done => Outcome::Done,
            WrittenOutcome::Answered(text) => Outcome::Answered(text),
        })
    };
    read::<Vec<WrittenOutcome>>(text)?.into_iter().map(outcome).collect()
}

/// The text of an id, for columns and messages; a secret one has none.
pub(super) fn id_text(id: &Id) -> String {
    if secret::is_secret_kind(id.kind()) { String::new() } else { id.to_string() }
}

/// Values by name, null in place of secrets.
pub(super) fn params(params: &[(String, String)]) -> Result<String, Error> {
    serde_json::to_string(&without_secrets(params)).map_err(Error::Unwritable)
}

pub(super) fn without_secrets(
    params: &[(String, String)],
) -> BTreeMap<String, Option<String>> {
    let told = |(name, value): &(String, String)| {
        (name.clone(), (!is_secret_name(name)).then(|| value.clone()))
    };
    params.iter().map(told).collect()
}

pub(super) fn read_params(text: &str) -> Result<BTreeMap<String, Option<String>>, Error> {
    read(text)
}

fn read<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| Error::Unreadable(error.to_string()))
}
