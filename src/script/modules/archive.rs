use crate::model::{Change, Edit, Id, Kind, Link, Record, Value};
use crate::script::error::Result;
use crate::script::value::{count, ids};
use crate::script::{Entity, ScriptError, Session, Step};
use rhai::plugin::*;
use rhai::{Dynamic, INT};

/// Archiving of data sets. The server does it in its own time: `status` tells.
#[export_module]
pub mod archive {
    use super::{one, start, wish, wish_for};
    use rhai::{Dynamic, INT, Map};

    use crate::model::Change;
    use crate::script::error::Result;
    use crate::script::value::flag;

    use crate::script::{Entity, Session};

    /// Starts archiving data sets, which leave the store; how many.
    ///
    /// ```rhai
    /// o.archive_datasets(o.get_datasets(#{ count: 1 }));
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn archive_datasets(session: &mut Session, datasets: Dynamic) -> Result<INT> {
        start(session, &datasets, |ids| Change::Archive { ids, remove: true })
    }

    /// Starts archiving data sets; they leave the store only when told so.
    ///
    /// ```rhai
    /// o.archive_datasets(o.get_datasets(#{ count: 1 }), false);
    /// ```
    #[rhai_fn(name = "archive_datasets", return_raw, pure)]
    pub fn archive_or_copy(
        session: &mut Session,
        datasets: Dynamic,
        remove_from_data_store: bool,
    ) -> Result<INT> {
        let remove = remove_from_data_store;
        start(session, &datasets, |ids| Change::Archive { ids, remove })
    }

    /// Starts archiving data sets, with options: `remove_from_data_store`.
    ///
    /// ```rhai
    /// let some = o.get_datasets(#{ count: 1 });
    /// o.archive_datasets(some, #{ remove_from_data_store: false });
    /// ```
    #[rhai_fn(name = "archive_datasets", return_raw, pure)]
    pub fn archive_datasets_with(
        session: &mut Session,
        datasets: Dynamic,
        options: Map,
    ) -> Result<INT> {
        let remove = flag(&options, "remove_from_data_store", true)?;
        archive_or_copy(session, datasets, remove)
    }

    /// Starts bringing data sets back from the archive; how many.
    ///
    /// ```rhai
    /// o.unarchive_datasets(o.get_datasets(#{ status: "ARCHIVED", count: 1 }));
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn unarchive_datasets(session: &mut Session, datasets: Dynamic) -> Result<INT> {
        start(session, &datasets, |ids| Change::Unarchive { ids })
    }

    /// Locks data sets: they are not archived.
    ///
    /// ```rhai
    /// o.lock_datasets(o.get_datasets(#{ count: 1 }));
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn lock_datasets(session: &mut Session, datasets: Dynamic) -> Result<INT> {
        start(session, &datasets, |ids| Change::Lock { ids })
    }

    /// Unlocks data sets.
    ///
    /// ```rhai
    /// o.unlock_datasets(o.get_datasets(#{ count: 1 }));
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn unlock_datasets(session: &mut Session, datasets: Dynamic) -> Result<INT> {
        start(session, &datasets, |ids| Change::Unlock { ids })
    }

    /// Starts archiving the data set, which leaves the store.
    ///
    /// ```rhai
    /// o.get_datasets()[0].archive();
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn archive(dataset: &mut Entity) -> Result<()> {
        archive_leaving(dataset, true)
    }

    /// Starts archiving the data set; it leaves the store only when told so.
    ///
    /// ```rhai
    /// o.get_datasets()[0].archive(false);
    /// ```
    #[rhai_fn(name = "archive", return_raw, pure)]
    pub fn archive_leaving(
        dataset: &mut Entity,
        remove_from_data_store: bool,
    ) -> Result<()> {
        let remove = remove_from_data_store;
        one(dataset, |ids| Change::Archive { ids, remove })
    }

    /// Starts archiving the data set, with options: `remove_from_data_store`.
    ///
    /// ```rhai
    /// o.get_datasets()[0].archive(#{ remove_from_data_store: false });
    /// ```
    #[rhai_fn(name = "archive", return_raw, pure)]
    pub fn archive_with(dataset: &mut Entity, options: Map) -> Result<()> {
        archive_leaving(dataset, flag(&options, "remove_from_data_store", true)?)
    }

    /// Starts bringing the data set back from the archive.
    ///
    /// ```rhai
    /// let d = o.get_datasets(#{ status: "ARCHIVED" });
    /// if !d.is_empty() { d[0].unarchive(); }
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn unarchive(dataset: &mut Entity) -> Result<()> {
        one(dataset, |ids| Change::Unarchive { ids })
    }

    /// Marks the data set as one to be archived some time.
    ///
    /// ```rhai
    /// o.get_datasets()[0].request_archiving();
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn request_archiving(dataset: &mut Entity) -> Result<()> {
        wish(dataset, true)
    }

    /// Takes that mark away.
    ///
    /// ```rhai
    /// o.get_datasets()[0].revoke_request_archiving();
    /// ```
    #[rhai_fn(return_raw, pure)]
    pub fn revoke_request_archiving(dataset: &mut Entity) -> Result<()> {
        wish(dataset, false)
    }

    /// Marks data sets as ones to be archived some time; how many.
    ///
    /// ```rhai
    /// o.request_archiving(o.get_datasets(#{ count: 1 }));
    /// ```
    #[rhai_fn(name = "request_archiving", return_raw, pure)]
    pub fn request_archiving_of(session: &mut Session, datasets: Dynamic) -> Result<INT> {
        wish_for(session, &datasets, true)
    }

    /// Takes that mark away from data sets; how many.
    ///
    /// ```rhai
    /// o.revoke_request_archiving(o.get_datasets(#{ count: 1 }));
    /// ```
    #[rhai_fn(name = "revoke_request_archiving", return_raw, pure)]
    pub fn revoke_archiving_of(session: &mut Session, datasets: Dynamic) -> Result<INT> {
        wish_for(session, &datasets, false)
    }
}

fn start(
    session: &Session,
    datasets: &Dynamic,
    change: impl FnOnce(Vec<Id>) -> Change,
) -> Result<INT> {
    let ids = ids(Kind::DataSet, datasets)?;
    if ids.is_empty() {
        return Ok(0);
    }
    let number = count(ids.len() as u64);
    session.submit(vec![Step::of_ids(change(ids.clone()), &ids)])?;
    Ok(number)
}

fn one(dataset: &mut Entity, change: impl FnOnce(Vec<Id>) -> Change) -> Result<()> {
    let change = change(vec![dataset.id_as(Kind::DataSet)?]);
    let step = Step::of_entities(change, std::slice::from_ref(dataset));
    dataset.session().submit(vec![step])?;
    let found = dataset.reload()?;
    dataset.refresh(found, true);
    Ok(())
}

fn wish(dataset: &mut Entity, wished: bool) -> Result<()> {
    let change = wishing(dataset.id_as(Kind::DataSet)?, wished)?;
    let step = Step::of_entities(change, std::slice::from_ref(dataset));
    dataset.session().submit(vec![step])?;
    let found = dataset.reload()?;
    dataset.refresh(found, true);
    Ok(())
}

fn wishing(id: Id, wished: bool) -> Result<Change> {
    let flag = Value::Flag(wished);
    let mut part = Record::new(Kind::PhysicalData);
    part.set("archivingRequested", flag.clone(), Some(Edit::Set(flag)))
        .map_err(ScriptError::from)?;
    let edit = Edit::Set(Value::One(Link::part(part)));
    Ok(Change::Update { id, edits: [("physicalData", edit)].into() })
}

fn wish_for(session: &Session, datasets: &Dynamic, wished: bool) -> Result<INT> {
    let ids = ids(Kind::DataSet, datasets)?;
    let number = count(ids.len() as u64);
    let step = |id: Id| {
        let change = wishing(id.clone(), wished)?;
        Ok(Step::of_ids(change, &[id]))
    };
    session.submit(ids.into_iter().map(step).collect::<Result<_>>()?)?;
    Ok(number)
}
