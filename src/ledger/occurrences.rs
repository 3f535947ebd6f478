use rusqlite::{OptionalExtension, Row, params};

use crate::model::Timestamp;

use super::{Error, Ledger, RunId};

/// What became of an occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Its run has begun and not ended.
    Running,
    /// Its run ended with exit code 0.
    Ran,
    /// Its run could not begin, or ended with another exit code.
    Failed,
    /// The scheduler was there and did not run it on purpose.
    Skipped,
    /// The scheduler was not there when it was due.
    Missed,
    /// It was missed and run later, with exit code 0.
    CaughtUp,
}

impl State {
    const ALL: [Self; 6] = [
        Self::Running,
        Self::Ran,
        Self::Failed,
        Self::Skipped,
        Self::Missed,
        Self::CaughtUp,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Ran => "ran",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
            Self::Missed => "missed",
            Self::CaughtUp => "caught_up",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// One moment at which a job was to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    pub job: String,
    pub due: Timestamp,
    pub state: State,
    /// Why it was skipped, missed or failed.
    pub why: Option<String>,
    pub run: Option<RunId>,
    pub started: Option<Timestamp>,
    pub ended: Option<Timestamp>,
    pub exit_code: Option<i32>,
}

/// Which occurrences to list: the newest first, `limit` of them.
#[derive(Clone, Debug)]
pub struct Filter {
    pub job: Option<String>,
    pub limit: u32,
}

impl Ledger {
    /// Writes down occurrences that do not run. One that has a row keeps it.
    pub fn pass_over(
        &self,
        job: &str,
        due: &[Timestamp],
        state: State,
        why: &str,
    ) -> Result<(), Error> {
        let mut connection = self.connection();
        let change = connection.transaction()?;
        {
            let mut row = change.prepare_cached(
                "INSERT OR IGNORE INTO occurrences (job, due, state, why) VALUES (?, ?, ?, ?)",
            )?;
            for due in due {
                row.execute(params![job, due.0, state.name(), why])?;
            }
        }
        Ok(change.commit()?)
    }

    /// Writes down that an occurrence runs.
    pub fn begin_occurrence(
        &self,
        job: &str,
        due: Timestamp,
        run: RunId,
    ) -> Result<(), Error> {
        self.connection()
            .prepare_cached(
                "INSERT INTO occurrences (job, due, state, run) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET state = ?3, why = NULL, run = ?4",
            )?
            .execute(params![job, due.0, State::Running.name(), run.0])?;
        Ok(())
    }

    /// Writes down what became of an occurrence that ran.
    pub fn end_occurrence(
        &self,
        run: RunId,
        state: State,
        why: Option<&str>,
    ) -> Result<(), Error> {
        self.connection()
            .prepare_cached("UPDATE occurrences SET state = ?, why = ? WHERE run = ?")?
            .execute(params![state.name(), why, run.0])?;
        Ok(())
    }

    /// Marks the occurrences that still count as running as failed; how many there were.
    /// For whoever has just become the only scheduler.
    pub fn fail_forgotten(&self, why: &str) -> Result<usize, Error> {
        Ok(self.connection().execute(
            "UPDATE occurrences SET state = ?, why = ? WHERE state = ?",
            params![State::Failed.name(), why, State::Running.name()],
        )?)
    }

    /// Up to when the occurrences of a job have rows; `None` for a job that is new.
    pub fn watched_until(&self, job: &str) -> Result<Option<Timestamp>, Error> {
        let connection = self.connection();
        let mut found =
            connection.prepare_cached("SELECT until FROM watched WHERE job = ?")?;
        Ok(found.query_row([job], |row| row.get(0).map(Timestamp)).optional()?)
    }

    pub fn watch_until(&self, job: &str, until: Timestamp) -> Result<(), Error> {
        self.connection()
            .prepare_cached("INSERT OR REPLACE INTO watched (job, until) VALUES (?, ?)")?
            .execute(params![job, until.0])?;
        Ok(())
    }

    pub fn occurrences(&self, filter: &Filter) -> Result<Vec<Occurrence>, Error> {
        let connection = self.connection();
        let mut found = connection.prepare_cached(
            "SELECT job, due, state, why, run, started, ended, exit_code
             FROM occurrences LEFT JOIN runs ON runs.id = run
             WHERE ?1 IS NULL OR job = ?1
             ORDER BY due DESC, job LIMIT ?2",
        )?;
        let rows = found.query_map(params![filter.job, filter.limit], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Occurrence> {
    let state: String = row.get(2)?;
    Ok(Occurrence {
        job: row.get(0)?,
        due: Timestamp(row.get(1)?),
        state: State::named(&state).ok_or_else(|| {
            rusqlite::Error::InvalidColumnType(2, state, rusqlite::types::Type::Text)
        })?,
        why: row.get(3)?,
        run: row.get::<_, Option<i64>>(4)?.map(RunId),
        started: row.get::<_, Option<i64>>(5)?.map(Timestamp),
        ended: row.get::<_, Option<i64>>(6)?.map(Timestamp),
        exit_code: row.get(7)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(ledger: &Ledger) -> Vec<Occurrence> {
        ledger.occurrences(&Filter { job: None, limit: 100 }).unwrap()
    }

    #[test]
    fn an_occurrence_that_ran_tells_when_and_how() {
        let ledger = Ledger::in_memory().unwrap();
        let run = ledger.begin_run("bulk-tag", Timestamp(1_010)).unwrap();
        ledger.begin_occurrence("tag", Timestamp(1_000), run).unwrap();
        assert_eq!(all(&ledger)[0].state, State::Running);

        ledger.end_run(run, Timestamp(1_500), Some(0)).unwrap();
        ledger.end_occurrence(run, State::Ran, None).unwrap();
        let row = &all(&ledger)[0];
        assert_eq!((row.state, row.exit_code), (State::Ran, Some(0)));
        assert_eq!(
            (row.started, row.ended),
            (Some(Timestamp(1_010)), Some(Timestamp(1_500)))
        );
    }

    #[test]
    fn an_occurrence_that_ran_is_not_missed_afterwards() {
        let ledger = Ledger::in_memory().unwrap();
        let run = ledger.begin_run("bulk-tag", Timestamp(1_010)).unwrap();
        ledger.begin_occurrence("tag", Timestamp(1_000), run).unwrap();
        ledger.pass_over("tag", &[Timestamp(1_000)], State::Missed, "asleep").unwrap();
        assert_eq!(all(&ledger)[0].state, State::Running);
    }

    #[test]
    fn what_a_lost_scheduler_left_running_counts_as_failed() {
        let ledger = Ledger::in_memory().unwrap();
        let run = ledger.begin_run("bulk-tag", Timestamp(1_010)).unwrap();
        ledger.begin_occurrence("tag", Timestamp(1_000), run).unwrap();
        assert_eq!(ledger.fail_forgotten("gone").unwrap(), 1);
        assert_eq!(all(&ledger)[0].state, State::Failed);
    }

    #[test]
    fn the_newest_occurrences_come_first_and_jobs_can_be_told_apart() {
        let ledger = Ledger::in_memory().unwrap();
        for (job, due) in [("a", 1), ("b", 2), ("a", 3)] {
            ledger.pass_over(job, &[Timestamp(due)], State::Skipped, "overlap").unwrap();
        }
        let due: Vec<i64> = ledger
            .occurrences(&Filter { job: Some("a".into()), limit: 1 })
            .unwrap()
            .iter()
            .map(|row| row.due.0)
            .collect();
        assert_eq!(due, [3]);
    }
}
