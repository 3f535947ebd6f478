//! What lies in what: `space.get_samples()` is a search with `space`.
use rhai::{Dynamic, Map};

use super::{Entity, ErrorKind, Results, ScriptError, search};
use crate::model::Kind;

/// Which objects hold which, and the argument of the search that says so.
const HOLDS: &[(Kind, Kind, &str)] = &[
    (Kind::Space, Kind::Project, "space"),
    (Kind::Space, Kind::Experiment, "space"),
    (Kind::Space, Kind::Sample, "space"),
    (Kind::Space, Kind::DataSet, "space"),
    (Kind::Project, Kind::Experiment, "project"),
    (Kind::Project, Kind::Sample, "project"),
    (Kind::Project, Kind::DataSet, "project"),
    (Kind::Experiment, Kind::Sample, "experiment"),
    (Kind::Experiment, Kind::DataSet, "experiment"),
    (Kind::Sample, Kind::DataSet, "sample"),
    (Kind::Tag, Kind::Experiment, "tags"),
    (Kind::Tag, Kind::Sample, "tags"),
    (Kind::Tag, Kind::DataSet, "tags"),
    (Kind::SampleType, Kind::Sample, "type"),
    (Kind::ExperimentType, Kind::Experiment, "type"),
    (Kind::DataSetType, Kind::DataSet, "type"),
    (Kind::Vocabulary, Kind::VocabularyTerm, "vocabulary"),
];

pub(super) fn is_held(kind: Kind) -> bool {
    HOLDS.iter().any(|row| row.1 == kind)
}

/// Those of a kind that lie in the holder, as far as they fit the search.
pub(super) fn held(
    holder: &Entity,
    kind: Kind,
    mut args: Map,
) -> Result<Results, ScriptError> {
    // Not saved yet, it holds nothing: without its id the search would find everything.
    holder.id()?;
    let row = HOLDS.iter().find(|row| row.0 == holder.kind() && row.1 == kind);
    let Some((_, _, name)) = row else {
        let (noun, nouns) = (holder.kind().spec().noun(), kind.spec().nouns());
        return Err(ScriptError::new(
            ErrorKind::Script,
            format!("a {noun} has no {nouns}"),
        ));
    };
    args.insert((*name).into(), Dynamic::from(holder.clone()));
    search::results(holder.session(), kind, &args)
}
