//! What keeps a data set out of the trash.
use std::collections::BTreeSet;
use std::fmt::Write;

use super::super::archiving::PENDING;
use crate::model::Kind;
use crate::sandbox::fault::refused;
use crate::sandbox::ids::identifier;
use crate::sandbox::store::{Number, Object};
use crate::sandbox::work::Work;
use crate::wire::Fault;

/// Refuses to throw away data sets that their type, their archive or a container keeps.
/// `all` is what goes into the trash together.
pub(in crate::sandbox::rules) fn check(
    work: &Work<'_>,
    all: &BTreeSet<Number>,
) -> Result<(), Fault> {
    let objects = all.iter().filter_map(|&number| work.store.get(number));
    let data_sets: Vec<&Object> =
        objects.map(|it| &**it).filter(|it| it.kind == Kind::DataSet).collect();
    for &data_set in &data_sets {
        check_type(work, data_set)?;
    }
    check_pending(work, &data_sets)?;
    data_sets.iter().try_for_each(|data_set| check_containers(work, data_set, all))
}

fn check_type(work: &Work<'_>, data_set: &Object) -> Result<(), Fault> {
    let kept = data_set.one("type").and_then(|number| work.store.get(number));
    let Some(kept) = kept.filter(|it| it.flag("disallowDeletion")) else { return Ok(()) };
    Err(refused(format!(
        "Data set {} can not be deleted because it isn't allowed by its data set type {}.",
        data_set.code(),
        kept.code()
    )))
}

/// Files on their way to the archive or out of it stay.
fn check_pending(work: &Work<'_>, data_sets: &[&Object]) -> Result<(), Fault> {
    let mut told = String::new();
    for (pending, _) in PENDING {
        let is_pending = |data_set: &&&Object| {
            let mut parts =
                work.store.linking(Kind::PhysicalData, "holder", data_set.number);
            parts.any(|part| part.text("status") == Some(*pending))
        };
        let codes: Vec<&str> =
            data_sets.iter().filter(is_pending).map(|it| it.code()).collect();
        if !codes.is_empty() {
            let _ =
                write!(told, "\n Status: {pending}, data sets: [{}]", codes.join(", "));
        }
    }
    if told.is_empty() {
        return Ok(());
    }
    Err(refused(format!(
        "Deletion not possible because the following data sets are not deletable:{told}"
    )))
}

/// A component goes only together with its containers.
fn check_containers(
    work: &Work<'_>,
    data_set: &Object,
    all: &BTreeSet<Number>,
) -> Result<(), Fault> {
    let mut containers =
        work.store.live_linking(Kind::DataSet, "components", data_set.number);
    let Some(outer) = containers.find(|outer| !all.contains(&outer.number)) else {
        return Ok(());
    };
    let owner = ["sample", "experiment"].into_iter().find_map(|field| {
        let owner = work.store.get(outer.one(field)?)?;
        Some(format!("{field} {}", identifier::of(&work.store, owner)))
    });
    Err(refused(format!(
        "The data set {} is a component of the data set {} which belongs to the {} which is \
         outside the deletion set.",
        data_set.code(),
        outer.code(),
        owner.unwrap_or_default()
    )))
}
