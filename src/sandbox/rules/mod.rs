//! How the kinds behave: one file for each thing that openBIS does its own way.
//!
//! Here stands which rule is asked for which kind.
mod annotations;
pub(super) mod archiving;
mod assignments;
mod attachments;
mod changes;
mod data_sets;
mod entity;
mod entity_types;
mod executions;
mod experiments;
mod fields;
mod freezing;
mod groups;
mod guard;
mod limits;
mod materials;
mod persons;
mod places;
mod plugins;
mod projects;
mod properties;
mod property_types;
mod relations;
mod roles;
mod samples;
mod spaces;
mod stamps;
mod tags;
mod terms;
pub(super) mod trash;
mod usage;
mod vocabularies;
mod wording;

use super::fault::{denied, refused};
use super::ids;
use super::rights::{Action, place};
use super::store::Number;
use super::work::Work;
use crate::model::Kind;
use crate::wire::Fault;
use crate::wire::bean::View;

/// Makes objects of one kind, in the order of the creations.
pub(super) fn create(
    work: &mut Work<'_>,
    kind: Kind,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    match kind {
        Kind::Space => spaces::create(work, creations),
        Kind::Project => projects::create(work, creations),
        Kind::Experiment => experiments::create(work, creations),
        Kind::Sample => samples::create(work, creations),
        Kind::DataSet => data_sets::create(work, creations),
        Kind::Material => materials::create(work, creations),
        Kind::Tag => tags::create(work, creations),
        Kind::SampleType
        | Kind::ExperimentType
        | Kind::DataSetType
        | Kind::MaterialType => entity_types::create(work, kind, creations),
        Kind::PropertyType => property_types::create(work, creations),
        Kind::Vocabulary => vocabularies::create(work, creations),
        Kind::VocabularyTerm => terms::create(work, creations),
        Kind::Person => persons::create(work, creations),
        Kind::AuthorizationGroup => groups::create(work, creations),
        Kind::RoleAssignment => roles::create(work, creations),
        Kind::Plugin => plugins::create(work, creations),
        Kind::PhysicalData
        | Kind::Attachment
        | Kind::PropertyAssignment
        | Kind::SemanticAnnotation
        | Kind::Query
        | Kind::PersonalAccessToken
        | Kind::ExternalDms
        | Kind::OperationExecution
        | Kind::DataStore
        | Kind::Deletion => {
            Err(refused(format!("Creating {} is not supported.", kind.spec().nouns())))
        }
    }
}

/// Changes objects of one kind.
pub(super) fn update(
    work: &mut Work<'_>,
    kind: Kind,
    updates: &[View<'_>],
) -> Result<(), Fault> {
    match kind {
        Kind::Space => spaces::update(work, updates),
        Kind::Project => projects::update(work, updates),
        Kind::Experiment => experiments::update(work, updates),
        Kind::Sample => samples::update(work, updates),
        Kind::DataSet => data_sets::update(work, updates),
        Kind::Material => materials::update(work, updates),
        Kind::Tag => tags::update(work, updates),
        Kind::SampleType
        | Kind::ExperimentType
        | Kind::DataSetType
        | Kind::MaterialType => entity_types::update(work, kind, updates),
        Kind::PropertyType => property_types::update(work, updates),
        Kind::Vocabulary => vocabularies::update(work, updates),
        Kind::VocabularyTerm => terms::update(work, updates),
        Kind::Person => persons::update(work, updates),
        Kind::AuthorizationGroup => groups::update(work, updates),
        Kind::Plugin => plugins::update(work, updates),
        Kind::OperationExecution => executions::update(work, updates),
        Kind::RoleAssignment
        | Kind::PhysicalData
        | Kind::Attachment
        | Kind::PropertyAssignment
        | Kind::SemanticAnnotation
        | Kind::Query
        | Kind::PersonalAccessToken
        | Kind::ExternalDms
        | Kind::DataStore
        | Kind::Deletion => {
            Err(refused(format!("Updating {} is not supported.", kind.spec().nouns())))
        }
    }
}

/// Deletes objects of one kind; those that go to the trash give the deletion.
pub(super) fn delete(
    work: &mut Work<'_>,
    kind: Kind,
    numbers: &[Number],
    options: View<'_>,
) -> Result<Option<Number>, Fault> {
    match kind {
        Kind::Experiment | Kind::Sample | Kind::DataSet => {
            return trash::put(work, numbers, options).map(Some);
        }
        Kind::Space => spaces::delete(work, numbers)?,
        Kind::Project => projects::delete(work, numbers)?,
        Kind::Tag => tags::delete(work, numbers),
        Kind::Material => materials::delete(work, numbers)?,
        Kind::SampleType
        | Kind::ExperimentType
        | Kind::DataSetType
        | Kind::MaterialType => {
            entity_types::delete(work, numbers)?;
        }
        Kind::PropertyType => property_types::delete(work, numbers)?,
        Kind::Vocabulary => vocabularies::delete(work, numbers)?,
        Kind::VocabularyTerm => terms::delete(work, numbers, options)?,
        Kind::Person => persons::delete(work, numbers)?,
        Kind::AuthorizationGroup => groups::delete(work, numbers),
        Kind::RoleAssignment => roles::delete(work, numbers)?,
        Kind::Plugin => plugins::delete(work, numbers)?,
        Kind::OperationExecution => executions::delete(work, numbers),
        Kind::PhysicalData
        | Kind::Attachment
        | Kind::PropertyAssignment
        | Kind::SemanticAnnotation
        | Kind::Query
        | Kind::PersonalAccessToken
        | Kind::ExternalDms
        | Kind::DataStore
        | Kind::Deletion => {
            let nouns = kind.spec().nouns();
            return Err(refused(format!("Deleting {nouns} is not supported.")));
        }
    }
    Ok(None)
}

/// The objects that updates name, where the caller may change them.
fn targets<'g>(
    work: &Work<'_>,
    kind: Kind,
    updates: &[View<'g>],
) -> Result<Vec<(Number, View<'g>)>, Fault> {
    let spec = kind.spec();
    let mut targets = Vec::with_capacity(updates.len());
    for &update in updates {
        let Some(id) = update.inner(spec.own_id) else {
            return Err(refused(format!("{} id cannot be null.", title(kind))));
        };
        targets.push((ids::require(work, kind, id)?, id, update));
    }
    for &(number, id, _) in &targets {
        permit(work, Action::Update, number, id)?;
    }
    Ok(targets.into_iter().map(|(number, _, update)| (number, update)).collect())
}

/// Refuses what the caller may not do to an object; the refusal names the id.
pub(super) fn permit(
    work: &Work<'_>,
    action: Action,
    number: Number,
    id: View<'_>,
) -> Result<(), Fault> {
    let object = work.object(number)?;
    let text = ids::text(id);
    if owned(object.kind) {
        let own = work.rights.sees(work.store, object);
        return if own { Ok(()) } else { Err(denied(id.name(), &text)) };
    }
    let there = place(work.store, object);
    work.rights.check(action, object.kind, there, (id.name(), &text))
}

/// Kinds of which everybody has their own, to do with as they like.
fn owned(kind: Kind) -> bool {
    matches!(kind, Kind::Tag | Kind::OperationExecution | Kind::PersonalAccessToken)
}

/// What an update is refused with when it names nothing.
fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::DataSet => "Data set",
        // So the server says.
        Kind::Material => "Sample",
        Kind::SemanticAnnotation => "Semantic annotation",
        Kind::OperationExecution => "Execution",
        Kind::PersonalAccessToken => "Personal access token",
        kind => kind.spec().name,
    }
}

/// Removes the roles that hold in a space or project.
fn remove_roles(work: &mut Work<'_>, field: &str, holder: Number) {
    let roles = work.store.linking(Kind::RoleAssignment, field, holder);
    for role in roles.map(|role| role.number).collect::<Vec<_>>() {
        work.store.remove(role);
    }
}
