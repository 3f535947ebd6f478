//! How the kinds behave: one file for each thing that openBIS does its own way.
//!
//! Here stands which rule is asked for which kind.
pub(super) mod archiving;
mod assignments;
mod fields;
mod groups;
mod guard;
mod persons;
mod plugins;
mod property_types;
mod roles;
mod terms;
mod types;
mod usage;
mod vocabularies;
mod wording;

use super::fault::refused;
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
        Kind::SampleType | Kind::ExperimentType | Kind::DataSetType => {
            types::create(work, kind, creations)
        }
        Kind::PropertyType => property_types::create(work, creations),
        Kind::Vocabulary => vocabularies::create(work, creations),
        Kind::VocabularyTerm => terms::create(work, creations),
        Kind::Person => persons::create(work, creations),
        Kind::AuthorizationGroup => groups::create(work, creations),
        Kind::RoleAssignment => roles::create(work, creations),
        Kind::Plugin => plugins::create(work, creations),
        Kind::Space
        | Kind::Project
        | Kind::Experiment
        | Kind::Sample
        | Kind::DataSet
        | Kind::Tag
        | Kind::PhysicalData
        | Kind::Attachment
        | Kind::PropertyAssignment
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
        Kind::SampleType | Kind::ExperimentType | Kind::DataSetType => {
            types::update(work, kind, updates)
        }
        Kind::PropertyType => property_types::update(work, updates),
        Kind::Vocabulary => vocabularies::update(work, updates),
        Kind::VocabularyTerm => terms::update(work, updates),
        Kind::Person => persons::update(work, updates),
        Kind::AuthorizationGroup => groups::update(work, updates),
        Kind::Plugin => plugins::update(work, updates),
        Kind::Space
        | Kind::Project
        | Kind::Experiment
        | Kind::Sample
        | Kind::DataSet
        | Kind::Tag
        | Kind::RoleAssignment
        | Kind::PhysicalData
        | Kind::Attachment
        | Kind::PropertyAssignment
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
        Kind::SampleType | Kind::ExperimentType | Kind::DataSetType => {
            types::delete(work, numbers)?;
        }
        Kind::PropertyType => property_types::delete(work, numbers)?,
        Kind::Vocabulary => vocabularies::delete(work, numbers)?,
        Kind::VocabularyTerm => terms::delete(work, numbers, options)?,
        Kind::Person => persons::delete(work, numbers)?,
        Kind::AuthorizationGroup => groups::delete(work, numbers),
        Kind::RoleAssignment => roles::delete(work, numbers)?,
        Kind::Plugin => plugins::delete(work, numbers)?,
        Kind::Space
        | Kind::Project
        | Kind::Experiment
        | Kind::Sample
        | Kind::DataSet
        | Kind::Tag
        | Kind::PhysicalData
        | Kind::Attachment
        | Kind::PropertyAssignment
        | Kind::DataStore
        | Kind::Deletion => {
            let nouns = kind.spec().nouns();
            return Err(refused(format!("Deleting {nouns} is not supported.")));
        }
    }
    Ok(None)
}
