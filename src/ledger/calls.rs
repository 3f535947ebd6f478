//! The rows of calls and of the changes in them.
use rusqlite::{Row, params};

use super::written::{self, Contents};
use super::{Entry, Error, Ledger, RunId, Settlement};
use crate::model::{Change, Outcome, Timestamp};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallId(pub i64);

/// How far a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallState {
    /// It was about to be sent: perhaps it was, perhaps not.
    Written,
    Done,
    /// The server has refused it: nothing of it was done.
    Refused,
    /// It was sent, and there was no answer.
    Lost,
    /// It never arrived, and never will.
    Never,
    /// Nobody can find out any more whether it was done.
    Undecided,
}

impl CallState {
    const ALL: [Self; 6] = [
        Self::Written,
        Self::Done,
        Self::Refused,
        Self::Lost,
        Self::Never,
        Self::Undecided,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Lost => "lost",
            Self::Never => "never",
            Self::Undecided => "undecided",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether the server has to be asked.
    pub fn is_open(self) -> bool {
        match self {
            Self::Written | Self::Lost => true,
            Self::Done | Self::Refused | Self::Never | Self::Undecided => false,
        }
    }
}

/// A call that was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub id: CallId,
    pub run: RunId,
    /// Its number in the run, from 1.
    pub ordinal: u32,
    /// Its id on the server.
    pub execution: String,
    pub description: String,
    pub server: String,
    pub state: CallState,
    /// Whether its changes are written down with everything that was sent.
    pub whole: bool,
    /// One for each change, where it is done.
    pub outcomes: Vec<Outcome>,
    pub error: Option<String>,
    pub written: Timestamp,
    pub settled: Option<Timestamp>,
}

/// What ends the description of a call that openBIS carries out after its answer.
pub const ASYNCHRONOUS: &str = ", asynchronous";

impl Call {
    /// Whether openBIS has carried it out after its answer, under a name of its own.
    pub fn is_asynchronous(&self) -> bool {
        self.description.ends_with(ASYNCHRONOUS)
    }
}

/// What is known of a call before it is sent.
pub(super) struct NewCall<'a> {
    pub(super) run: RunId,
    pub(super) ordinal: u32,
    pub(super) execution: &'a str,
    pub(super) description: &'a str,
    pub(super) server: &'a str,
    pub(super) written: Timestamp,
}

impl Ledger {
    pub(super) fn write_call(
        &self,
        call: &NewCall<'_>,
        entries: &[Entry],
    ) -> Result<CallId, Error> {
        let rows: Vec<(String, bool)> = entries
            .iter()
            .map(|entry| written::change(&entry.change, Contents::Hashed))
            .collect::<Result<_, _>>()?;
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        transaction
            .prepare_cached(
                "INSERT INTO calls (run, ordinal, execution, description, server, state,
                 whole, written) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                call.run.0,
                call.ordinal,
                call.execution,
                call.description,
                call.server,
                CallState::Written.name(),
                rows.iter().all(|row| row.1),
                call.written.0
            ])?;
        let id = transaction.last_insert_rowid();
        {
            let mut row = transaction.prepare_cached(
                "INSERT INTO changes (call, ordinal, kind, verb, object, label, change,
                 before) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            )?;
            for (ordinal, (entry, (change, _))) in
                (0_u32..).zip(entries.iter().zip(&rows))
            {
                row.execute(params![
                    id,
                    ordinal,
                    entry.change.kind().map_or("", |kind| kind.spec().name),
                    verb(&entry.change),
                    object(&entry.change),
                    entry.label,
                    change,
                    written::before(&entry.before)?
                ])?;
            }
        }
        transaction.commit()?;
        Ok(CallId(id))
    }

    /// Writes down what became of a call.
    pub fn settle(
        &self,
        call: CallId,
        settlement: &Settlement,
        settled: Timestamp,
    ) -> Result<(), Error> {
        let (state, outcomes, error) = match settlement {
            Settlement::Done(outcomes) => {
                (CallState::Done, Some(written::outcomes(outcomes)?), None)
            }
            Settlement::Refused(why) => (CallState::Refused, None, Some(why)),
            Settlement::Lost(why) => (CallState::Lost, None, Some(why)),
            Settlement::Never => (CallState::Never, None, None),
            Settlement::Undecided(why) => (CallState::Undecided, None, Some(why)),
        };
        self.connection()
            .prepare_cached(
                "UPDATE calls SET state = ?, outcomes = ?, error = ?, settled = ?
                 WHERE id = ?",
            )?
            .execute(params![state.name(), outcomes, error, settled.0, call.0])?;
        Ok(())
    }

    /// The calls of a run, in the order in which they were written down.
    pub fn calls(&self, run: RunId) -> Result<Vec<Call>, Error> {
        let connection = self.connection();
        let mut found = connection.prepare_cached(
            "SELECT id, run, ordinal, execution, description, server, state, whole,
             outcomes, error, written, settled FROM calls WHERE run = ? ORDER BY ordinal",
        )?;
        let rows = found.query_map([run.0], read)?;
        rows.map(|row| {
            let (call, outcomes) = row?;
            let outcomes = outcomes.map(|text| written::read_outcomes(&text));
            Ok(Call { outcomes: outcomes.transpose()?.unwrap_or_default(), ..call })
        })
        .collect()
    }

    /// How many changes a run has written down.
    pub fn count_changes(&self, run: RunId) -> Result<u64, Error> {
        let connection = self.connection();
        let mut found = connection.prepare_cached(
            "SELECT count(*) FROM changes JOIN calls ON calls.id = call WHERE run = ?",
        )?;
        let count: i64 = found.query_row([run.0], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// The changes of a call, each with what became of it, where that is known.
    pub fn outcomes(&self, call: &Call) -> Result<Vec<(Entry, Option<Outcome>)>, Error> {
        let mut outcomes = call.outcomes.iter().cloned();
        let entries = self.entries(call.id)?.into_iter();
        Ok(entries.map(|entry| (entry, outcomes.next())).collect())
    }

    /// The changes of a call, in their order.
    pub fn entries(&self, call: CallId) -> Result<Vec<Entry>, Error> {
        let connection = self.connection();
        let mut found = connection.prepare_cached(
            "SELECT change, before, label FROM changes WHERE call = ? ORDER BY ordinal",
        )?;
        let rows = found
            .query_map([call.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        rows.map(|row| {
            let (change, before, label): (String, Option<String>, String) = row?;
            let before = before.map(|text| written::read_before(&text)).transpose()?;
            let change = written::read_change(&change)?;
            Ok(Entry { change, before: before.unwrap_or_default(), label })
        })
        .collect()
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<(Call, Option<String>)> {
    let state: String = row.get(6)?;
    let call = Call {
        id: CallId(row.get(0)?),
        run: RunId(row.get(1)?),
        ordinal: row.get(2)?,
        execution: row.get(3)?,
        description: row.get(4)?,
        server: row.get(5)?,
        state: CallState::named(&state).ok_or_else(|| {
            rusqlite::Error::InvalidColumnType(6, state, rusqlite::types::Type::Text)
        })?,
        whole: row.get(7)?,
        outcomes: Vec::new(),
        error: row.get(9)?,
        written: Timestamp(row.get(10)?),
        settled: row.get::<_, Option<i64>>(11)?.map(Timestamp),
    };
    Ok((call, row.get(8)?))
}

/// What a change does, in a word.
pub fn verb(change: &Change) -> &'static str {
    match change {
        Change::Create(_) => "create",
        Change::Update { .. } => "update",
        Change::Delete { .. } => "delete",
        Change::Archive { .. } => "archive",
        Change::Unarchive { .. } => "unarchive",
        Change::Lock { .. } => "lock",
        Change::Unlock { .. } => "unlock",
        Change::Confirm { .. } => "confirm deletion of",
        Change::Revert { .. } => "revert deletion of",
        Change::Call(_) => "call",
    }
}

/// The ids of what it changes; none for what is new.
fn object(change: &Change) -> Option<String> {
    let ids = super::targets(change);
    let texts: Vec<String> = ids.iter().map(written::id_text).collect();
    (!texts.is_empty()).then(|| texts.join(", "))
}
