use std::time::Duration;

use rusqlite::{Connection, ErrorCode};

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
", "
    ALTER TABLE runs ADD COLUMN kind    TEXT NOT NULL DEFAULT 'run'; -- undo, apply
    ALTER TABLE runs ADD COLUMN key     TEXT;    -- begins the ids of its executions; NULL:
                                                 -- it has changed nothing
    ALTER TABLE runs ADD COLUMN source  TEXT;    -- hash of the script or plan
    ALTER TABLE runs ADD COLUMN params  TEXT;    -- JSON, without secrets
    ALTER TABLE runs ADD COLUMN profile TEXT;
    ALTER TABLE runs ADD COLUMN user    TEXT;
    ALTER TABLE runs ADD COLUMN server  TEXT;
    ALTER TABLE runs ADD COLUMN of      INTEGER REFERENCES runs; -- the run it undoes
    CREATE UNIQUE INDEX runs_by_key ON runs (key);
    CREATE TABLE sources (                       -- scripts and plans that were run
        hash TEXT PRIMARY KEY,
        text TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE calls (                         -- written before they are sent
        id          INTEGER PRIMARY KEY,
        run         INTEGER NOT NULL REFERENCES runs,
        ordinal     INTEGER NOT NULL,            -- its number in the run
        execution   TEXT NOT NULL,               -- its id on the server
        description TEXT NOT NULL,
        server      TEXT NOT NULL,
        state       TEXT NOT NULL,
        whole       INTEGER NOT NULL,            -- 0: a secret or a file was left out
        outcomes    TEXT,                        -- JSON, one for each change
        error       TEXT,
        written     INTEGER NOT NULL,
        settled     INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX calls_of_run ON calls (run, ordinal);
    CREATE TABLE changes (
        call    INTEGER NOT NULL REFERENCES calls,
        ordinal INTEGER NOT NULL,
        kind    TEXT NOT NULL,
        verb    TEXT NOT NULL,
        object  TEXT,                            -- its id, where there is one
        label   TEXT NOT NULL,
        change  TEXT NOT NULL,                   -- JSON
        before  TEXT,                            -- JSON; what it touched, as it was
        PRIMARY KEY (call, ordinal)
    ) STRICT, WITHOUT ROWID;
"];

const PATIENCE: Duration = Duration::from_secs(10);

/// How often the switch to write-ahead logging is tried again: as many processes as may
/// open a new file at the same moment.
const SWITCHES: usize = 100;

/// Brings the file to the newest version.
pub(super) fn prepare(connection: &mut Connection) -> Result<(), Error> {
    connection.busy_timeout(PATIENCE)?;
    write_ahead(connection)?;
    // What a crash of the machine takes of the last calls is found again: their ids follow
    // from their numbers, and openBIS lets none be used twice.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
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

/// Switches a new file to write-ahead logging, which it then stays with. While another
/// process does just that SQLite refuses at once, whatever the patience: so the other's lock
/// is waited for, and by then the switch has been made.
fn write_ahead(connection: &Connection) -> Result<(), Error> {
    let switch = || connection.pragma_update(None, "journal_mode", "WAL");
    let mut switched = switch();
    for _ in 0..SWITCHES {
        let Err(error) = &switched else { break };
        if error.sqlite_error_code() != Some(ErrorCode::DatabaseBusy) {
            break;
        }
        connection.execute_batch("BEGIN IMMEDIATE; COMMIT")?;
        switched = switch();
    }
    Ok(switched?)
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Barrier;
    use std::thread;

    use crate::ledger::{Error, Ledger};

    #[test]
    fn a_ledger_can_be_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rhobis.db");
        drop(Ledger::open(&path).unwrap());
        Ledger::open(&path).unwrap();
    }

    #[test]
    fn a_new_ledger_can_be_opened_by_many_at_once() {
        for _ in 0..20 {
            let folder = tempfile::tempdir().unwrap();
            open_at_once(&folder.path().join("rhobis.db"), 8);
        }
    }

    fn open_at_once(path: &Path, times: usize) {
        let start = Barrier::new(times);
        let open = || {
            start.wait();
            Ledger::open(path).unwrap();
        };
        thread::scope(|scope| (0..times).for_each(|_| drop(scope.spawn(open))));
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
