use std::time::Duration;

use rusqlite::Connection;

use super::Error;

/// What each version added to the one before; the number of the last is the version of
/// the file. A step that was published is never changed, only followed by another.
const STEPS: &[&str] = &["
    CREATE TABLE runs (
        id         INTEGER PRIMARY KEY,
        script     TEXT NOT NULL,    -- a recipe's name or a file's path
        started    INTEGER NOT NULL, -- milliseconds since 1970, UTC, as all times
        ended      INTEGER,
        exit_code  INTEGER           -- NULL: it has not ended, or nobody saw the end
    ) STRICT;
    CREATE TABLE occurrences (
        job   TEXT NOT NULL,
        due   INTEGER NOT NULL,
        state TEXT NOT NULL,
        why   TEXT,
        run   INTEGER REFERENCES runs,
        PRIMARY KEY (job, due)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE watched (           -- up to when a job's occurrences have rows
        job   TEXT PRIMARY KEY,
        until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
"];

const PATIENCE: Duration = Duration::from_secs(10);

/// Brings the file to the newest version.
pub(super) fn prepare(connection: &mut Connection) -> Result<(), Error> {
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    let change =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let found: i64 = change.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    let Some(missing) = usize::try_from(found).ok().and_then(|found| STEPS.get(found..))
    else {
        return Err(Error::TooNew { found, known });
    };
    for step in missing {
        change.execute_batch(step)?;
    }
    change.pragma_update(None, "user_version", known)?;
    Ok(change.commit()?)
}

#[cfg(test)]
mod tests {
    use crate::ledger::{Error, Ledger};

    #[test]
    fn a_ledger_can_be_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rhobis.db");
        drop(Ledger::open(&path).unwrap());
        Ledger::open(&path).unwrap();
    }

    #[test]
    fn a_ledger_of_a_newer_version_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rhobis.db");
        let ledger = Ledger::open(&path).unwrap();
        ledger.connection().pragma_update(None, "user_version", 99).unwrap();
        drop(ledger);
        assert!(matches!(Ledger::open(&path), Err(Error::TooNew { found: 99, .. })));
    }
}
