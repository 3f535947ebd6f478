//! What lies in what: `space.get_samples()` is a search with `space`.
use rhai::{Array, Dynamic, Map};

use super::{Entity, ErrorKind, Results, ScriptError, asking, search, value};
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
    let name = argument(holder, kind)?;
    args.insert(name.into(), Dynamic::from(holder.clone()));
    search::results(holder.session(), kind, &args)
}

/// The one of a kind in the holder with this code.
pub(super) fn get(
    holder: &Entity,
    kind: Kind,
    code: &Dynamic,
) -> Result<Entity, ScriptError> {
    let Some(text) = value::text(code) else {
        return Err(value::mismatch("code", "a text", code));
    };
    let code = text.rsplit('/').next().unwrap_or(&text).to_uppercase();
    let args = [("code".into(), code.clone().into())].into();
    held(holder, kind, args)?.at(0)?.ok_or_else(|| {
        let (noun, within) = (value::called(kind), value::called(holder.kind()));
        let message = format!("no {noun} `{code}` in {within} `{}`", holder.label());
        ScriptError::not_found(message)
    })
}

/// A new one of a kind in the holder.
pub(super) fn new(
    holder: &Entity,
    kind: Kind,
    args: Array,
) -> Result<Entity, ScriptError> {
    let name = argument(holder, kind)?;
    let place = [(name.into(), Dynamic::from(holder.clone()))].into();
    asking::new_with(holder.session(), kind, args, place)
}

/// The argument that says where one of the kind lies, when it lies in the holder.
fn argument(holder: &Entity, kind: Kind) -> Result<&'static str, ScriptError> {
    let row = HOLDS.iter().find(|row| row.0 == holder.kind() && row.1 == kind);
    row.map(|row| row.2).ok_or_else(|| {
        let (noun, nouns) = (value::called(holder.kind()), kind.spec().nouns());
        ScriptError::new(ErrorKind::Script, format!("a {noun} has no {nouns}"))
    })
}
