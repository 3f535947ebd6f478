//! Linked data sets: where their files are outside openBIS.
use std::collections::BTreeMap;

use super::changes::{self, Step};
use crate::model::Kind;
use crate::sandbox::content_copy::ContentCopy;
use crate::sandbox::fault::refused;
use crate::sandbox::ids::{self, Lookup};
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::View;

/// The field that keeps the copies of a linked data set, by their ids.
pub(crate) const FIELD: &str = "contentCopies";

/// Notes where the files of a new linked data set are.
pub(super) fn create(
    work: &mut Work<'_>,
    number: Number,
    linked: View<'_>,
) -> Result<(), Fault> {
    let mut copies = BTreeMap::new();
    for creation in linked.inners("contentCopies") {
        add(work, &mut copies, creation)?;
    }
    // As servers of old had it.
    if copies.is_empty() && linked.inner("externalDmsId").is_some() {
        add(work, &mut copies, linked)?;
    }
    work.store.set(number, FIELD, Slot::Map(copies));
    Ok(())
}

/// Changes where the files of a data set are; of others than linked ones nothing.
pub(super) fn update(
    work: &mut Work<'_>,
    number: Number,
    update: View<'_>,
) -> Result<(), Fault> {
    let linked = changes::value(update, "linkedData");
    let Some(linked) = linked.and_then(|value| update.view_of(value)) else {
        return Ok(());
    };
    let Some(mut copies) = work.object(number)?.map(FIELD).cloned() else {
        return Ok(());
    };
    for step in changes::settled(changes::steps(linked, "contentCopies")) {
        let (Step::Set(items) | Step::Add(items) | Step::Remove(items)) = step;
        let items = items.iter().filter_map(|item| update.view_of(item));
        match step {
            Step::Remove(_) => {
                let gone: Vec<&str> = items.filter_map(|id| id.text("permId")).collect();
                copies.retain(|id, _| !gone.contains(&id.as_str()));
            }
            Step::Set(_) | Step::Add(_) => {
                if matches!(step, Step::Set(_)) {
                    copies.clear();
                }
                for creation in items {
                    add(work, &mut copies, creation)?;
                }
            }
        }
    }
    work.store.set(number, FIELD, Slot::Map(copies));
    Ok(())
}

/// Takes the copies away that are in a system which goes.
pub(super) fn forget(work: &mut Work<'_>, dms: Number) -> Result<(), Fault> {
    let code = work.object(dms)?.code().to_owned();
    let linked = work.store.all_with_trash(Kind::DataSet).filter_map(|object| {
        let mut copies = object.map(FIELD)?.clone();
        let before = copies.len();
        copies.retain(|_, kept| ContentCopy::read(kept).dms != code);
        (copies.len() < before).then_some((object.number, copies))
    });
    for (number, copies) in linked.collect::<Vec<_>>() {
        work.store.set(number, FIELD, Slot::Map(copies));
    }
    Ok(())
}

fn add(
    work: &mut Work<'_>,
    copies: &mut BTreeMap<String, String>,
    creation: View<'_>,
) -> Result<(), Fault> {
    let copy = checked(work, creation)?;
    copies.insert(work.perm_id(), copy.written());
    Ok(())
}

/// A copy that says what its sort of system needs, and nothing else.
fn checked(work: &Work<'_>, creation: View<'_>) -> Result<ContentCopy, Fault> {
    let id = creation.inner("externalDmsId");
    let dms = match id {
        Some(id) => ids::find(work, Kind::ExternalDms, id, Lookup::Reference)?,
        None => None,
    };
    let Some(dms) = dms.and_then(|number| work.store.get(number)) else {
        let named = id.map_or_else(|| "null".to_owned(), ids::text);
        return Err(refused(format!(
            "No external data management system found with id {named}"
        )));
    };
    let sort = dms.text("addressType").unwrap_or_default();
    let given = |field| creation.text(field).map(str::to_owned);
    let external_code = given("externalId").or_else(|| given("externalCode"));
    let (path, commit) = (given("path"), given("gitCommitHash"));
    let repository = given("gitRepositoryId");
    let fits = if sort == "FILE_SYSTEM" {
        let git = commit.is_some() == repository.is_some();
        external_code.is_none() && path.is_some() && git
    } else {
        let nothing = path.is_none() && commit.is_none() && repository.is_none();
        external_code.is_some() && nothing
    };
    if !fits {
        let told = |text: &Option<String>| text.clone().unwrap_or("null".to_owned());
        return Err(refused(format!(
            "Invalid arguments: external data management system type: {sort}, externalId: \
             {} , path: {}, gitCommitHash: {}, gitRepositoryId: {}",
            told(&external_code),
            told(&path),
            told(&commit),
            told(&repository)
        )));
    }
    let path = path.map(|path| format!("/{}", path.trim_start_matches('/')));
    Ok(ContentCopy {
        dms: dms.code().to_owned(),
        external_code,
        path,
        commit,
        repository,
    })
}
