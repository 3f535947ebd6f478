use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Error, Ledger, written};
use crate::model::{Timestamp, tells_secret};

/// The number of a run on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RunId(pub i64);

/// What a run does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    /// What its script says.
    Script,
    /// The inverse of another run.
    Undo,
    /// What a plan says.
    Apply,
}

impl RunKind {
    const ALL: [Self; 3] = [Self::Script, Self::Undo, Self::Apply];

    pub fn name(self) -> &'static str {
        match self {
            Self::Script => "run",
            Self::Undo => "undo",
            Self::Apply => "apply",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What is written down of a run when it makes its first change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub kind: RunKind,
    /// The name of the recipe, or the path of the file.
    pub script: String,
    /// The text of the script or plan.
    pub source: String,
    /// What it was given, by name. The values of those that sound like secrets are left out.
    pub params: Vec<(String, String)>,
    pub profile: Option<String>,
    pub user: Option<String>,
    /// Where openBIS is.
    pub server: String,
    /// The run that is undone.
    pub of: Option<RunId>,
    /// Unique in the world: the ids of its executions begin with it.
    pub key: String,
    pub started: Timestamp,
}

/// One execution of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub id: RunId,
    pub kind: RunKind,
    /// The name of the recipe or the path of the file.
    pub script: String,
    pub started: Timestamp,
    pub ended: Option<Timestamp>,
    /// Absent while it runs, and for good where nobody saw how it ended.
    pub exit_code: Option<i32>,
    /// The beginning of its executions' ids; absent where it has changed nothing.
    pub key: Option<String>,
    /// The hash of the script or plan.
    pub source: Option<String>,
    /// JSON: values by name, null for what was left out.
    pub params: Option<String>,
    pub profile: Option<String>,
    pub user: Option<String>,
    pub server: Option<String>,
    /// The run that it undoes.
    pub of: Option<RunId>,
}

const COLUMNS: &str = "id, kind, script, started, ended, exit_code, key, source, params, \
     profile, user, server, of";

impl Ledger {
    /// Writes down that a script begins.
    pub fn begin_run(&self, script: &str, started: Timestamp) -> Result<RunId, Error> {
        let connection = self.connection();
        connection
            .prepare_cached("INSERT INTO runs (script, started) VALUES (?, ?)")?
            .execute(params![script, started.0])?;
        Ok(RunId(connection.last_insert_rowid()))
    }

    /// Writes down what a run is about that makes its first change; `begun` is the one that
    /// the scheduler has written down for it already.
    pub fn begin_changing(
        &self,
        about: &About,
        begun: Option<RunId>,
    ) -> Result<RunId, Error> {
        let mut connection = self.connection();
        // The calls of a run are found again by its key: that has to outlive a power loss.
        connection.pragma_update(None, "synchronous", "FULL")?;
        let change = connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let run = match begun {
            Some(run) if is_open(&change, run)? => run,
            Some(_) | None => {
                change
                    .prepare_cached("INSERT INTO runs (script, started) VALUES (?, ?)")?
                    .execute(params![about.script, about.started.0])?;
                RunId(change.last_insert_rowid())
            }
        };
        let source = written::sha256(about.source.as_bytes());
        if about.kind != RunKind::Script || !tells_secret(&about.source) {
            change
                .prepare_cached(
                    "INSERT OR IGNORE INTO sources (hash, text) VALUES (?, ?)",
                )?
                .execute(params![source, about.source])?;
        }
        change
            .prepare_cached(
                "UPDATE runs SET kind = ?, key = ?, source = ?, params = ?, profile = ?,
                 user = ?, server = ?, of = ? WHERE id = ?",
            )?
            .execute(params![
                about.kind.name(),
                about.key,
                source,
                written::params(&about.params)?,
                about.profile,
                about.user,
                about.server,
                about.of.map(|run| run.0),
                run.0
            ])?;
        change.commit()?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        Ok(run)
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

    /// Writes down that a run that was cut off goes on.
    pub fn reopen_run(&self, run: RunId) -> Result<(), Error> {
        self.connection()
            .prepare_cached(
                "UPDATE runs SET ended = NULL, exit_code = NULL WHERE id = ?",
            )?
            .execute([run.0])?;
        Ok(())
    }

    pub fn run(&self, run: RunId) -> Result<Option<Run>, Error> {
        self.find_run("id = ?", run.0)
    }

    /// The run whose executions' ids begin like this.
    pub fn run_with_key(&self, key: &str) -> Result<Option<Run>, Error> {
        self.find_run("key = ?", key)
    }

    /// The run that has undone another one, the last of them.
    pub fn undo_of(&self, run: RunId) -> Result<Option<Run>, Error> {
        self.find_run("of = ? ORDER BY id DESC LIMIT 1", run.0)
    }

    /// The newest runs first, so many of them.
    pub fn runs(&self, limit: u32) -> Result<Vec<Run>, Error> {
        let connection = self.connection();
        let mut found = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM runs ORDER BY id DESC LIMIT ?"
        ))?;
        let rows = found.query_map([limit], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What a run was given, by name; nothing in place of secrets.
    pub fn params(&self, run: &Run) -> Result<Vec<(String, Option<String>)>, Error> {
        let Some(text) = &run.params else { return Ok(Vec::new()) };
        Ok(written::read_params(text)?.into_iter().collect())
    }

    /// The text of a script or plan that was run; of a script that seems to hold a secret
    /// there is none.
    pub fn source(&self, hash: &str) -> Result<Option<String>, Error> {
        let connection = self.connection();
        let mut found =
            connection.prepare_cached("SELECT text FROM sources WHERE hash = ?")?;
        Ok(found.query_row([hash], |row| row.get(0)).optional()?)
    }

    fn find_run(
        &self,
        condition: &str,
        value: impl rusqlite::ToSql,
    ) -> Result<Option<Run>, Error> {
        let connection = self.connection();
        let mut found = connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM runs WHERE {condition}"))?;
        Ok(found.query_row([value], read).optional()?)
    }
}

/// Whether a run was begun that has changed nothing yet.
fn is_open(connection: &Connection, run: RunId) -> Result<bool, Error> {
    let mut found = connection.prepare_cached(
        "SELECT 1 FROM runs WHERE id = ? AND ended IS NULL AND key IS NULL",
    )?;
    Ok(found.exists([run.0])?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Run> {
    let kind: String = row.get(1)?;
    Ok(Run {
        id: RunId(row.get(0)?),
        kind: RunKind::named(&kind).ok_or_else(|| {
            rusqlite::Error::InvalidColumnType(1, kind, rusqlite::types::Type::Text)
        })?,
        script: row.get(2)?,
        started: Timestamp(row.get(3)?),
        ended: row.get::<_, Option<i64>>(4)?.map(Timestamp),
        exit_code: row.get(5)?,
        key: row.get(6)?,
        source: row.get(7)?,
        params: row.get(8)?,
        profile: row.get(9)?,
        user: row.get(10)?,
        server: row.get(11)?,
        of: row.get::<_, Option<i64>>(12)?.map(RunId),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(key: &str) -> About {
        About {
            kind: RunKind::Script,
            script: "bulk-tag".into(),
            source: "o.get_spaces()".into(),
            params: vec![
                ("tag".into(), "checked".into()),
                ("api_token".into(), "abc".into()),
            ],
            profile: Some("lab".into()),
            user: Some("ada".into()),
            server: "https://lab.example.org".into(),
            of: None,
            key: key.into(),
            started: Timestamp(1_000),
        }
    }

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

    #[test]
    fn what_a_run_was_given_is_kept_but_for_its_secrets() {
        let ledger = Ledger::in_memory().unwrap();
        let id = ledger.begin_changing(&about("k"), None).unwrap();
        let run = ledger.run(id).unwrap().unwrap();
        assert_eq!(
            run.params.as_deref(),
            Some("{\"api_token\":null,\"tag\":\"checked\"}")
        );
        let source = ledger.source(&run.source.unwrap()).unwrap();
        assert_eq!(source.as_deref(), Some("o.get_spaces()"));
        assert_eq!(ledger.run_with_key("k").unwrap().unwrap().id, id);
    }

    #[test]
    fn a_run_that_the_scheduler_has_begun_stays_one_row() {
        let ledger = Ledger::in_memory().unwrap();
        let begun = ledger.begin_run("bulk-tag", Timestamp(900)).unwrap();
        assert_eq!(ledger.begin_changing(&about("a"), Some(begun)).unwrap(), begun);
        let other = ledger.begin_changing(&about("b"), Some(begun)).unwrap();
        assert_ne!(other, begun, "it has changes of its own already");
        assert_eq!(ledger.runs(10).unwrap().len(), 2);
    }
}
