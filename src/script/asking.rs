//! Getting, finding and making objects by what scripts give as arguments.
use rhai::{Array, Dynamic, Map};

use super::{
    Entity, ScriptError, Session, attributes, columns, fetches, making, nearest,
    positional, raw, saved_tokens, session, value,
};
use crate::model::{Id, Kind, Value};

/// One object, or a list of them in one call; an error for what is not there.
pub(super) fn get(
    session: &Session,
    kind: Kind,
    id: &Dynamic,
) -> Result<Dynamic, ScriptError> {
    if let Some(ids) = id.read_lock::<Array>() {
        return get_list(session, kind, &ids);
    }
    match find(session, kind, id)? {
        Some(entity) => Ok(Dynamic::from(entity)),
        None => Err(session.missing(kind, &value::text(id).unwrap_or_default())),
    }
}

fn get_list(
    session: &Session,
    kind: Kind,
    wanted: &[Dynamic],
) -> Result<Dynamic, ScriptError> {
    let ids: Result<Vec<Id>, ScriptError> =
        wanted.iter().map(|id| session::id_of(kind, id)).collect();
    let ids = ids?;
    let found = session.get_many(&ids, &fetches::usual(kind))?;
    let pairs = || found.iter().zip(&ids);
    let missing: Vec<&str> =
        pairs().filter(|(entity, _)| entity.is_none()).map(|(_, id)| id.text()).collect();
    match missing.as_slice() {
        [] => {
            for (entity, given) in found.iter().flatten().zip(wanted) {
                check_place(entity, &value::text(given).unwrap_or_default())?;
            }
            Ok(found.into_iter().flatten().map(Dynamic::from).collect::<Array>().into())
        }
        [only] => Err(session.missing(kind, only)),
        several => {
            let names: Vec<String> = several.iter().map(|id| format!("`{id}`")).collect();
            let nouns = kind.spec().nouns().replace('_', " ");
            let message = format!("there are no {nouns} {}", names.join(", "));
            Err(ScriptError::not_found(message))
        }
    }
}

/// One object; `()` when there is none.
pub(super) fn get_opt(
    session: &Session,
    kind: Kind,
    id: &Dynamic,
) -> Result<Dynamic, ScriptError> {
    Ok(find(session, kind, id)?.map_or(Dynamic::UNIT, Dynamic::from))
}

/// With a second argument: the vocabulary of a term, or options.
pub(super) fn get_with(
    session: &Session,
    kind: Kind,
    id: &Dynamic,
    more: &Dynamic,
) -> Result<Dynamic, ScriptError> {
    if kind == Kind::VocabularyTerm && !more.is_map() {
        return term(session, id, more)?.map(Dynamic::from).ok_or_else(|| {
            let (code, of) = (columns::text(id), columns::text(more));
            ScriptError::not_found(format!("no term `{code}` in vocabulary `{of}`"))
        });
    }
    let Some(options) = more.read_lock::<Map>() else {
        return Err(value::mismatch("options", "a map", more));
    };
    if let Some(name) = options.keys().find(|name| !OPTIONS.contains(&name.as_str())) {
        let noun = kind.spec().noun();
        let error = ScriptError::invalid(format!("`get_{noun}` has no option `{name}`"));
        let hint = nearest::hint(name, OPTIONS);
        return Err(hint.into_iter().fold(error, ScriptError::hint));
    }
    let found = get(session, kind, id)?;
    Ok(if wants_raw(&options) { plain(&found) } else { found })
}

/// What pyBIS takes when it gets an object: all but the raw ones come by themselves.
const OPTIONS: &[&str] = &[
    "only_data",
    "raw_response",
    "use_cache",
    "props",
    "attrs",
    "withAttachments",
    "withDataSetIds",
    "with_vocabulary",
    "with_script",
];

/// Whether plain maps are asked for.
fn wants_raw(options: &Map) -> bool {
    let asked = ["only_data", "raw_response"].iter().filter_map(|n| options.get(*n));
    asked.into_iter().any(|flag| flag.as_bool() == Ok(true))
}

/// Objects as plain maps.
fn plain(found: &Dynamic) -> Dynamic {
    if let Some(entity) = found.read_lock::<Entity>() {
        return Dynamic::from_map(raw::map(&entity.record()));
    }
    match found.read_lock::<Array>() {
        Some(items) => items.iter().map(plain).collect::<Array>().into(),
        None => found.clone(),
    }
}

/// What a search finds, or all of it as plain maps where `raw_response` asks for that.
pub(super) fn search(
    session: &Session,
    kind: Kind,
    given: Array,
) -> Result<Dynamic, ScriptError> {
    let args = positional::sought(kind, given)?;
    let found = super::search::results(session, kind, &args)?;
    if kind == Kind::PersonalAccessToken
        && let Some(all) = saved_tokens::wanted(&args)
    {
        saved_tokens::save(session, &found, all)?;
    }
    if !wants_raw(&args) {
        return Ok(Dynamic::from(found));
    }
    let maps = found.pages().map(|entity| Ok(raw::map(&entity?.record()).into()));
    maps.collect::<Result<Array, ScriptError>>().map(Dynamic::from_array)
}

/// A term by code and vocabulary.
pub(super) fn term(
    session: &Session,
    code: &Dynamic,
    vocabulary: &Dynamic,
) -> Result<Option<Entity>, ScriptError> {
    let code =
        value::text(code).ok_or_else(|| value::mismatch("code", "a text", code))?;
    let vocabulary = match vocabulary.read_lock::<Entity>() {
        Some(vocabulary) => vocabulary.label(),
        None => value::text(vocabulary)
            .ok_or_else(|| value::mismatch("vocabulary", "a name", vocabulary))?,
    };
    session.get(&Id::term(&code, &vocabulary))
}

fn find(
    session: &Session,
    kind: Kind,
    id: &Dynamic,
) -> Result<Option<Entity>, ScriptError> {
    let text = value::text(id).unwrap_or_default();
    if !text.trim().is_empty() && is_code_of_path(kind, &text) {
        return by_code(session, kind, text.trim());
    }
    let wanted = match value::text(id) {
        // A bare text is a tag's label.
        Some(_) if kind == Kind::Tag && !text.starts_with('/') => {
            Id::told(kind, kind.spec().ids[1], text.trim())
        }
        Some(_) | None => session::id_of(kind, id)?,
    };
    let found = session.get(&wanted)?;
    if let Some(entity) = &found {
        check_place(entity, &text)?;
    }
    Ok(found)
}

/// `/SPACE/PROJECT/COLLECTION/CODE`, as the lab notebook writes it, names a sample only
/// where it lies in that collection; openBIS itself would not mind.
fn check_place(entity: &Entity, text: &str) -> Result<(), ScriptError> {
    let parts: Vec<&str> = text.trim().trim_matches('/').split('/').collect();
    let &[_, _, collection, _] = &parts[..] else { return Ok(()) };
    if entity.kind() != Kind::Sample {
        return Ok(());
    }
    let place = match entity.value("experiment")? {
        Some(Value::One(link)) => Some(Entity::linked(entity.session(), &link).label()),
        Some(_) | None => None,
    };
    let own = place.as_deref().and_then(|place| place.rsplit('/').next());
    if own.is_some_and(|own| own.eq_ignore_ascii_case(collection)) {
        return Ok(());
    }
    let place = place.map_or_else(|| "no collection".to_owned(), |it| format!("`{it}`"));
    let error = ScriptError::not_found(format!("no sample `{}`", text.trim()));
    Err(error.hint(format!("`{}` is in {place}", entity.label())))
}

/// Whether it is only the code of what has an identifier: unique with luck.
fn is_code_of_path(kind: Kind, text: &str) -> bool {
    matches!(kind, Kind::Project | Kind::Experiment | Kind::Sample)
        && !text.contains('/')
        && Id::parse(kind, text).is_err()
}

/// The only one with this code.
fn by_code(
    session: &Session,
    kind: Kind,
    code: &str,
) -> Result<Option<Entity>, ScriptError> {
    let args: Map = [("code".into(), code.to_uppercase().into())].into();
    let found = super::search::results(session, kind, &args)?.within(0, Some(2));
    let found = found.to_vec()?;
    match found.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some(only.clone())),
        [first, ..] => {
            let nouns = kind.spec().nouns();
            let message = format!("several {nouns} have the code `{code}`");
            let hint = format!("say which: `{}` …", first.label());
            Err(ScriptError::invalid(message).hint(hint))
        }
    }
}

/// A new object; nothing is sent before `save()`.
pub(super) fn new(
    session: &Session,
    kind: Kind,
    args: Array,
) -> Result<Entity, ScriptError> {
    new_with(session, kind, args, Map::new())
}

/// A new object, of which some values are known; their positions are passed over.
pub(super) fn new_with(
    session: &Session,
    kind: Kind,
    args: Array,
    mut values: Map,
) -> Result<Entity, ScriptError> {
    positional::made(kind, args, &mut values)?;
    making::make(session, kind, values)
}

/// The kind that scripts call so: `sample`, `objects`, `dataSet`.
pub(super) fn kind_named(name: &str) -> Result<Kind, ScriptError> {
    let plain = |name: &str| name.replace('_', "").to_lowercase();
    let wanted = plain(name);
    let goes = |kind: &&Kind| {
        let spec = kind.spec();
        let names = spec.names.iter().flat_map(|names| [names.0, names.1]);
        names.chain([spec.name, spec.plural]).any(|name| plain(name) == wanted)
    };
    Kind::ALL.iter().find(goes).copied().ok_or_else(|| {
        let nouns: Vec<&str> = Kind::ALL.iter().map(|kind| kind.spec().noun()).collect();
        let error = ScriptError::invalid(format!("there is no kind `{name}`"));
        nearest::hint(name, &nouns).into_iter().fold(error, ScriptError::hint)
    })
}

/// The kind of the types of a kind that scripts call so.
pub(super) fn type_named(name: &str) -> Result<Kind, ScriptError> {
    let kind = kind_named(name)?;
    super::properties::type_kind(kind).ok_or_else(|| {
        ScriptError::invalid(format!("{} have no types", kind.spec().nouns()))
    })
}

/// Whether an argument of a new object means this field.
pub(super) fn is_field(kind: Kind, name: &str, field: &str) -> bool {
    attributes::field(kind, name).is_some_and(|found| found.name == field)
}
