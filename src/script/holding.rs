//! What lies in what: `space.get_samples()` is a search with `space`.
use rhai::{Array, Dynamic, Map};

use super::{Entity, ErrorKind, Results, ScriptError, asking, search, value};
use crate::model::{Id, IdForm, Kind};

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
    let name = argument(holder.kind(), kind)?;
    args.insert(name.into(), Dynamic::from(holder.clone()));
    search::results(holder.session(), kind, &args)
}

/// The one of a kind in the holder with this code.
pub(super) fn get(
    holder: &Entity,
    kind: Kind,
    code: &Dynamic,
) -> Result<Entity, ScriptError> {
    get_where(holder, kind, code, Map::new())
}

/// The one of a kind in the holder with this code that fits the search. `project_code`
/// is the project of a space that it lies in.
pub(super) fn get_where(
    holder: &Entity,
    kind: Kind,
    code: &Dynamic,
    mut args: Map,
) -> Result<Entity, ScriptError> {
    let Some(text) = value::text(code) else {
        return Err(value::mismatch("code", "a text", code));
    };
    let code = text.rsplit('/').next().unwrap_or(&text).to_uppercase();
    if let Some(project) = args.remove("project_code").as_ref().and_then(value::text) {
        let path = format!("/{}/{project}", holder.label());
        args.insert("project".into(), path.into());
    }
    let id = Id::parse(kind, &code);
    let lasting = id.is_ok_and(|id| matches!(id.form(), IdForm::PermId(_)));
    let name = if lasting { "permId" } else { "code" };
    args.insert(name.into(), code.clone().into());
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
    let name = argument(holder.kind(), kind)?;
    let place = [(name.into(), Dynamic::from(holder.clone()))].into();
    asking::new_with(holder.session(), kind, args, place)
}

/// The argument that says where one of the kind lies, when it lies in the holder.
pub(super) fn argument(holder: Kind, kind: Kind) -> Result<&'static str, ScriptError> {
    let row = HOLDS.iter().find(|row| row.0 == holder && row.1 == kind);
    row.map(|row| row.2).ok_or_else(|| {
        let (noun, nouns) = (value::a(holder), kind.spec().nouns());
        ScriptError::new(ErrorKind::Script, format!("{noun} has no {nouns}"))
    })
}
