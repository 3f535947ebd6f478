//! The SQLite file in which a sandbox is kept.
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, Row, Transaction, params};

use super::{Number, Object, Slot};
use crate::model::Kind;
use crate::sandbox::error::Error;
use crate::sandbox::interned;

/// The lock is held as long as the file is open: two sandboxes on one file would each
/// answer from a memory of their own.
const SCHEMA: &str = "
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS objects (
        number INTEGER PRIMARY KEY, kind TEXT NOT NULL, trashed INTEGER, fields TEXT NOT NULL
    );
    CREATE TABLE IF NOT EXISTS sequences (name TEXT PRIMARY KEY, last INTEGER NOT NULL);
    BEGIN IMMEDIATE;
    COMMIT;
";

/// How long another process may take to let go of the file.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open `sandbox.db`. Whoever has it alone has the connection; the lock only lets others
/// look at what the store has in memory meanwhile.
#[derive(Debug)]
pub(super) struct File {
    connection: Mutex<Connection>,
}

impl File {
    pub(super) fn open(folder: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(folder)
            .map_err(|source| Error::Folder { path: folder.to_owned(), source })?;
        let connection = Connection::open(folder.join("sandbox.db"))?;
        connection.busy_timeout(PATIENCE)?;
        connection.execute_batch(SCHEMA).map_err(|error| {
            match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                    Error::InUse { path: folder.to_owned() }
                }
                _ => Error::Database(error),
            }
        })?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    fn connection(&mut self) -> &mut Connection {
        self.connection.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn objects(&mut self) -> Result<Vec<Object>, Error> {
        let mut query = self
            .connection()
            .prepare("SELECT number, kind, trashed, fields FROM objects")?;
        let mut rows = query.query([])?;
        let mut objects = Vec::new();
        while let Some(row) = rows.next()? {
            objects.push(object(row)?);
        }
        Ok(objects)
    }

    pub(super) fn sequences(&mut self) -> Result<BTreeMap<String, u64>, Error> {
        let mut query = self.connection().prepare("SELECT name, last FROM sequences")?;
        let rows = query.query_map([], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned()))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Writes the changed objects, all or none; one without object is gone.
    pub(super) fn write<'a>(
        &mut self,
        changed: impl Iterator<Item = (Number, Option<&'a Arc<Object>>)>,
        sequences: &BTreeMap<String, u64>,
    ) -> Result<(), Error> {
        let transaction = self.connection().transaction()?;
        for (number, object) in changed {
            write_one(&transaction, number, object)?;
        }
        for (name, last) in sequences {
            transaction
                .prepare_cached("REPLACE INTO sequences VALUES (?, ?)")?
                .execute(params![name, last.cast_signed()])?;
        }
        Ok(transaction.commit()?)
    }
}

fn write_one(
    transaction: &Transaction<'_>,
    number: Number,
    object: Option<&Arc<Object>>,
) -> Result<(), Error> {
    let number = number.0.cast_signed();
    let Some(object) = object else {
        transaction
            .prepare_cached("DELETE FROM objects WHERE number = ?")?
            .execute([number])?;
        return Ok(());
    };
    let fields = serde_json::to_string(&object.fields)
        .map_err(|error| Error::Unreadable(error.to_string()))?;
    let trashed = object.trashed.map(|deletion| deletion.0.cast_signed());
    transaction
        .prepare_cached("REPLACE INTO objects VALUES (?, ?, ?, ?)")?
        .execute(params![number, object.kind.spec().name, trashed, fields])?;
    Ok(())
}

fn object(row: &Row<'_>) -> Result<Object, Error> {
    let name: String = row.get(1)?;
    let kind = Kind::ALL.iter().copied().find(|kind| kind.spec().name == name);
    let kind = kind.ok_or_else(|| Error::Unreadable(format!("kind `{name}`")))?;
    let fields: String = row.get(3)?;
    let fields: BTreeMap<String, Slot> = serde_json::from_str(&fields)
        .map_err(|error| Error::Unreadable(error.to_string()))?;
    let trashed: Option<i64> = row.get(2)?;
    Ok(Object {
        number: Number(row.get::<_, i64>(0)?.cast_unsigned()),
        kind,
        fields: fields.into_iter().map(|(name, slot)| (interned(&name), slot)).collect(),
        trashed: trashed.map(|deletion| Number(deletion.cast_unsigned())),
    })
}
