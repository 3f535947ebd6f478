//! When each operation has its turn.
use super::method;
use crate::model::{Kind, Verb};
use crate::sandbox::dispatch::verb_of;
use crate::wire::bean::View;

/// The order in which kinds are created, so that each finds what it needs.
const ORDER: &[Kind] = &[
    Kind::Person,
    Kind::AuthorizationGroup,
    Kind::Space,
    Kind::Project,
    Kind::Vocabulary,
    Kind::VocabularyTerm,
    Kind::Plugin,
    Kind::MaterialType,
    Kind::PropertyType,
    Kind::SampleType,
    Kind::TypeGroup,
    Kind::TypeGroupAssignment,
    Kind::ExperimentType,
    Kind::DataSetType,
    Kind::SemanticAnnotation,
    Kind::RoleAssignment,
    Kind::ExternalDms,
    Kind::Query,
    Kind::PersonalAccessToken,
    Kind::Tag,
    Kind::Material,
    Kind::Experiment,
    Kind::Sample,
    Kind::DataSet,
];

/// The places of the operations in the order they are carried out: as given, or deletions,
/// creations, updates, gets, searches and the rest.
pub(super) fn order(operations: &[Option<View<'_>>], as_given: bool) -> Vec<usize> {
    let mut places: Vec<usize> = (0..operations.len()).collect();
    if !as_given {
        places.sort_by_key(|&place| operations[place].map(rank));
    }
    places
}

fn rank(operation: View<'_>) -> (usize, usize) {
    let Some((verb, kind)) = verb_of(&method(operation)) else { return (5, 0) };
    let place = ORDER.iter().position(|&other| other == kind).unwrap_or(ORDER.len());
    match verb {
        Verb::Delete => (0, 0),
        Verb::Create => (1, place),
        Verb::Update => (2, 0),
        Verb::Get => (3, 0),
        Verb::Search => (4, 0),
    }
}
