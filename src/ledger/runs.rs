use rusqlite::{OptionalExtension, Row, params};

use crate::model::Timestamp;

use super::{Error, Ledger};

/// The number of a run on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RunId(pub i64);

/// One execution of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub id: RunId,
    /// The name of the recipe or the path of the file.
    pub script: String,
    pub started: Timestamp,
    pub ended: Option<Timestamp>,
    /// Absent while it runs, and for good where nobody saw how it ended.
    pub exit_code: Option<i32>,
}

impl Ledger {
    /// Writes down that a script begins.
    pub fn begin_run(&self, script: &str, started: Timestamp) -> Result<RunId, Error> {
        let connection = self.connection();
        connection
            .prepare_cached("INSERT INTO runs (script, started) VALUES (?, ?)")?
            .execute(params![script, started.0])?;
        Ok(RunId(connection.last_insert_rowid()))
    }

    /// Writes down how it ended; no exit code where nobody saw it.
    pub fn end_run(
        &self,
        run: RunId,
        ended: Timestamp,
        exit_code: Option<i32>,
    ) -> Result<(), Error> {
        self.connection()
            .prepare_cached("UPDATE runs SET ended = ?, exit_code = ? WHERE id = ?")?
            .execute(params![ended.0, exit_code, run.0])?;
        Ok(())
    }

    pub fn run(&self, run: RunId) -> Result<Option<Run>, Error> {
        let connection = self.connection();
        let mut found = connection.prepare_cached(
            "SELECT id, script, started, ended, exit_code FROM runs WHERE id = ?",
        )?;
        Ok(found.query_row([run.0], read).optional()?)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Run> {
    Ok(Run {
        id: RunId(row.get(0)?),
        script: row.get(1)?,
        started: Timestamp(row.get(2)?),
        ended: row.get::<_, Option<i64>>(3)?.map(Timestamp),
        exit_code: row.get(4)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_open_until_its_end_is_written_down() {
        let ledger = Ledger::in_memory().unwrap();
        let id = ledger.begin_run("bulk-tag", Timestamp(1_000)).unwrap();
        let open = ledger.run(id).unwrap().unwrap();
        assert_eq!((open.ended, open.exit_code), (None, None));

        ledger.end_run(id, Timestamp(2_000), Some(3)).unwrap();
        let ended = ledger.run(id).unwrap().unwrap();
        assert_eq!(ended.script, "bulk-tag");
        assert_eq!((ended.ended, ended.exit_code), (Some(Timestamp(2_000)), Some(3)));
    }
}
