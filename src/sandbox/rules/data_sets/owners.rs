//! Whose a data set is: an experiment's, or a sample's with its experiment.
use super::super::{changes, freezing};
use crate::model::Kind;
use crate::sandbox::fault::refused;
use crate::sandbox::ids;
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::View;

pub(super) fn of_creation(
    work: &mut Work<'_>,
    number: Number,
    creation: View<'_>,
) -> Result<(), Fault> {
    let experiment = creation.inner("experimentId");
    let experiment =
        experiment.map(|id| ids::require(work, Kind::Experiment, id)).transpose()?;
    if let Some(experiment) = experiment {
        give(work, number, "experiment", experiment)?;
    }
    let Some(id) = creation.inner("sampleId") else { return Ok(()) };
    let sample = ids::require(work, Kind::Sample, id)?;
    if experiment.is_some() && work.object(sample)?.one("experiment") != experiment {
        return Err(refused(
            "Data set can not be registered because it connected to a different experiment \
             than its sample.",
        ));
    }
    give_to_sample(work, number, sample)
}

pub(super) fn of_update(
    work: &mut Work<'_>,
    number: Number,
    update: View<'_>,
) -> Result<(), Fault> {
    let experiment = changes::value(update, "experimentId");
    let sample = changes::value(update, "sampleId");
    if let Some(value) = experiment {
        match update.view_of(value) {
            Some(id) => {
                let experiment = ids::require(work, Kind::Experiment, id)?;
                give(work, number, "experiment", experiment)?;
                // An experiment alone takes it off its sample.
                if sample.is_none() {
                    work.store.clear(number, "sample");
                }
            }
            None => work.store.clear(number, "experiment"),
        }
    }
    if let Some(value) = sample {
        match update.view_of(value) {
            Some(id) => {
                let sample = ids::require(work, Kind::Sample, id)?;
                give_to_sample(work, number, sample)?;
            }
            None => work.store.clear(number, "sample"),
        }
    }
    check_owned(work, number)
}

fn give_to_sample(
    work: &mut Work<'_>,
    number: Number,
    sample: Number,
) -> Result<(), Fault> {
    give(work, number, "sample", sample)?;
    if let Some(experiment) = work.object(sample)?.one("experiment") {
        work.store.set(number, "experiment", Slot::One(experiment));
    }
    Ok(())
}

fn give(
    work: &mut Work<'_>,
    number: Number,
    field: &'static str,
    owner: Number,
) -> Result<(), Fault> {
    freezing::of_member(work, owner, number, "SET OWNER")?;
    work.store.set(number, field, Slot::One(owner));
    Ok(())
}

/// The data base has no data set of nobody; so it says.
fn check_owned(work: &Work<'_>, number: Number) -> Result<(), Fault> {
    let object = work.object(number)?;
    if object.one("experiment").or(object.one("sample")).is_some() {
        return Ok(());
    }
    Err(refused(
        "ERROR: null value in column \"main_expe_id\" of relation \
         \"experiment_relationships_history\" violates not-null constraint",
    ))
}
