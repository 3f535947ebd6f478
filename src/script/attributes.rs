//! Attributes by name, as openBIS and pyBIS spell them.
use std::collections::BTreeMap;

use rhai::Dynamic;

use super::properties::Props;
use super::{Entity, ErrorKind, ScriptError, nearest, past, relations, value};
use crate::model::{Edit, Field, FieldType, Kind, Link, Value};

/// What a name in a script leads to.
#[derive(Clone, Copy)]
enum Attribute {
    Field(&'static Field),
    /// A field of the data set's files.
    Physical(&'static Field),
    /// Written only: `freeze`, `freezeForSamples`.
    Freeze(&'static Field),
    Properties,
    /// The same object, by attributes: `s.attrs`.
    Attributes,
    /// Whether the last save sent something.
    Changed,
    /// Whether it was not saved yet.
    New,
    /// What `ensure_…` did with it.
    Ensured,
    /// What sort of object it is: `sample`.
    Noun,
    /// The name that lasts: of a deletion its number.
    Id,
    /// A part that comes as a map.
    Part(&'static str),
}

/// Names that scripts know beside those of the fields.
const OTHERS: &[(&str, Attribute)] = &[
    ("p", Attribute::Properties),
    ("props", Attribute::Properties),
    ("properties", Attribute::Properties),
    ("a", Attribute::Attributes),
    ("attrs", Attribute::Attributes),
    ("changed", Attribute::Changed),
    ("is_new", Attribute::New),
    ("ensured", Attribute::Ensured),
    ("noun", Attribute::Noun),
    ("id", Attribute::Id),
    // Of kinds that have no such field, like vocabularies and roles.
    ("permId", Attribute::Id),
];

/// Other words for fields.
const ALIASES: &[(&str, &str)] = &[
    ("collection", "experiment"),
    ("collections", "experiments"),
    ("object", "sample"),
    ("objects", "samples"),
    ("contained", "components"),
    ("object_type", "sampletype"),
    ("vocabularyCode", "vocabulary"),
    ("userIds", "users"),
    ("members", "users"),
    ("person", "user"),
    ("group", "authorizationGroup"),
    ("get_validationPlugin", "validationPlugin"),
];

/// The field of a kind by any of its names.
pub(super) fn field(kind: Kind, name: &str) -> Option<&'static Field> {
    let wanted = plain(name);
    let alias = ALIASES.iter().find(|row| plain(row.0) == wanted);
    let wanted = alias.map_or(wanted, |row| plain(row.1));
    kind.spec().fields.iter().find(|field| plain(field.name) == wanted)
}

/// Without case and underscores: `perm_id`, `permid` and `permId` are one.
fn plain(name: &str) -> String {
    name.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect()
}

/// All names that an object of the kind answers to, for completion and hints.
pub fn names(kind: Kind) -> Vec<String> {
    let fields = kind.spec().fields.iter().filter(|f| f.ty != FieldType::Properties);
    let mut names: Vec<String> = fields.map(|field| field.name.to_owned()).collect();
    let aliases = ALIASES.iter().filter(|row| field(kind, row.0).is_some());
    names.extend(aliases.map(|row| row.0.to_owned()));
    let others = OTHERS.iter().filter(|row| fits(kind, row.1));
    let others = others.filter(|row| field(kind, row.0).is_none());
    names.extend(others.map(|row| row.0.to_owned()));
    names.extend(past::parts(kind).map(str::to_owned));
    names
}

fn fits(kind: Kind, attribute: Attribute) -> bool {
    !matches!(attribute, Attribute::Properties) || kind.spec().has_properties()
}

fn find(kind: Kind, name: &str) -> Result<Attribute, ScriptError> {
    if let Some(field) = field(kind, name)
        && field.ty != FieldType::Properties
    {
        return Ok(Attribute::Field(field));
    }
    let wanted = plain(name);
    let other = OTHERS.iter().find(|row| plain(row.0) == wanted && fits(kind, row.1));
    if let Some((_, attribute)) = other {
        return Ok(*attribute);
    }
    if let Some(rest) = plain(name).strip_prefix("freeze")
        && let Some(field) = field(kind, &format!("frozen{rest}"))
    {
        return Ok(Attribute::Freeze(field));
    }
    if kind == Kind::DataSet
        && let Some(field) = field(Kind::PhysicalData, name)
    {
        return Ok(Attribute::Physical(field));
    }
    if let Some(part) = past::parts(kind).find(|part| plain(part) == plain(name)) {
        return Ok(Attribute::Part(part));
    }
    Err(unknown(kind, name))
}

/// What a name leads to; of an unknown one, whether it is a property.
fn find_of(entity: &Entity, name: &str) -> Result<Attribute, ScriptError> {
    let kind = entity.kind();
    find(kind, name).map_err(|error| {
        let sheet = Props::new(entity).sheet();
        let property = sheet.is_ok_and(|sheet| sheet.rule(name).is_some());
        if !kind.spec().has_properties() || !property {
            return error;
        }
        let hint = format!("it is a property: `props.{name}`");
        ScriptError { hints: vec![hint], ..error }
    })
}

/// Whether objects of the kind answer to the name.
pub(super) fn has(kind: Kind, name: &str) -> bool {
    find(kind, name).is_ok()
}

fn unknown(kind: Kind, name: &str) -> ScriptError {
    let message = format!("{} has no attribute `{name}`", value::a(kind));
    let error = ScriptError::new(ErrorKind::Script, message);
    match nearest::hint(name, &names(kind)) {
        Some(hint) => error.hint(hint),
        None => error,
    }
}

/// Reads an attribute.
pub(super) fn get(entity: &Entity, name: &str) -> Result<Dynamic, ScriptError> {
    match find_of(entity, name)? {
        Attribute::Field(field) | Attribute::Freeze(field) => read(entity, field),
        Attribute::Physical(field) => physical(entity, field),
        Attribute::Properties => Ok(Dynamic::from(Props::new(entity))),
        Attribute::Attributes => Ok(Dynamic::from(entity.clone())),
        Attribute::Part(name) => past::part(entity, name),
        Attribute::Changed => Ok(entity.changed().into()),
        Attribute::New => Ok(entity.is_unsaved().into()),
        Attribute::Ensured => {
            Ok(entity.ensured().map_or(Dynamic::UNIT, |what| what.to_owned().into()))
        }
        Attribute::Noun => Ok(value::called(entity.kind()).into()),
        Attribute::Id => {
            let id = entity.with(|record| record.id().cloned());
            Ok(id.map_or(Dynamic::UNIT, |id| id.text().to_owned().into()))
        }
    }
}

fn read(entity: &Entity, field: &'static Field) -> Result<Dynamic, ScriptError> {
    let value = entity.value(field.name)?;
    Ok(value.map_or_else(
        || value::empty(field),
        |value| value::to_script(entity.session(), field, &value),
    ))
}

fn physical(entity: &Entity, field: &'static Field) -> Result<Dynamic, ScriptError> {
    let Some(Value::One(link)) = entity.value("physicalData")? else {
        return Ok(Dynamic::UNIT);
    };
    read(&Entity::linked(entity.session(), &link), field)
}

/// Changes an attribute, here only; `save()` sends it.
pub(super) fn set(
    entity: &Entity,
    name: &str,
    given: &Dynamic,
) -> Result<(), ScriptError> {
    match find(entity.kind(), name)? {
        Attribute::Field(field) => write(entity, field, given),
        Attribute::Properties => Props::new(entity).replace(given),
        Attribute::Attributes => set_all(entity, given),
        Attribute::Freeze(field) => freeze(entity, field, given),
        Attribute::Physical(field) => Err(read_only(entity, field.name)),
        Attribute::Changed
        | Attribute::New
        | Attribute::Ensured
        | Attribute::Noun
        | Attribute::Id => Err(read_only(entity, name)),
        // A method called on something within it writes it back, unchanged.
        Attribute::Part(part) => {
            let same = past::part(entity, part)?.to_string() == given.to_string();
            if same { Ok(()) } else { Err(read_only(entity, name)) }
        }
    }
}

/// `s.attrs = #{ … }`; the object itself changes nothing.
fn set_all(entity: &Entity, given: &Dynamic) -> Result<(), ScriptError> {
    if given.read_lock::<Entity>().is_some_and(|other| other.is_same(entity)) {
        return Ok(());
    }
    let Some(map) = given.read_lock::<rhai::Map>() else {
        return Err(value::mismatch("attrs", "a map", given));
    };
    map.iter().try_for_each(|(name, value)| set(entity, name, value))
}

/// Whether two values are the same, whatever their links are called by.
fn holds(now: &Value, value: &Value) -> bool {
    match (now, value) {
        (Value::One(one), Value::One(other)) => relations::same(one, other),
        (Value::Many(all), Value::Many(others)) => {
            let mut pairs = all.iter().zip(others);
            all.len() == others.len()
                && pairs.all(|(one, other)| relations::same(one, other))
        }
        (now, value) => now == value,
    }
}

fn write(
    entity: &Entity,
    field: &'static Field,
    given: &Dynamic,
) -> Result<(), ScriptError> {
    let new = entity.is_unsaved();
    let writable = if new { field.on_create } else { field.on_update };
    let taken = value::from_script(field, given);
    // A method called on an attribute writes the attribute back, unchanged.
    let same = |value: &Value| {
        entity.with(|record| {
            record
                .get(field.name)
                .is_ok_and(|now| now.is_some_and(|now| holds(now, value)))
        })
    };
    let unchanged = match matches!(field.ty, FieldType::Part(_) | FieldType::Parts(_)) {
        true => parts(given).is_some_and(|parts| same(&parts)),
        false => !new && taken.as_ref().is_ok_and(|(value, _)| same(value)),
    };
    if unchanged {
        return Ok(());
    }
    if !writable {
        return Err(read_only(entity, field.name));
    }
    if field.name == "immutableData" {
        only_true(field, given)?;
    }
    let (value, edit) = taken?;
    let edit = match &value {
        Value::Map(wanted) if !new => entries(entity, field, wanted)?,
        _ => edit,
    };
    entity.with(|record| record.set(field.name, value, Some(edit)))?;
    Ok(())
}

/// The entries that come, change and go: openBIS ignores an empty map in place of all.
fn entries(
    entity: &Entity,
    field: &'static Field,
    wanted: &BTreeMap<String, String>,
) -> Result<Edit, ScriptError> {
    let current = entity.value(field.name)?;
    let before = entity.with(|record| record.before(field.name).cloned()).or(current);
    let Some(Value::Map(before)) = before else {
        return Ok(Edit::Set(Value::Map(wanted.clone())));
    };
    let gone = before.keys().filter(|key| !wanted.contains_key(*key));
    let gone = gone.map(|key| (key.clone(), None));
    let given = wanted.iter().filter(|(key, value)| before.get(*key) != Some(*value));
    let given = given.map(|(key, value)| (key.clone(), Some(value.clone())));
    Ok(Edit::Properties(gone.chain(given).collect()))
}

/// The objects that were read from an attribute.
fn parts(given: &Dynamic) -> Option<Value> {
    let link = |entity: &Entity| Link::part(entity.record());
    if let Some(entity) = given.read_lock::<Entity>() {
        return Some(Value::One(link(&entity)));
    }
    let items = given.read_lock::<rhai::Array>()?;
    let links = items.iter().map(|item| item.read_lock::<Entity>().map(|e| link(&e)));
    links.collect::<Option<Vec<Link>>>().map(Value::Many)
}

/// Freezing cannot be undone, and a part is frozen only together with the whole.
fn freeze(
    entity: &Entity,
    field: &'static Field,
    given: &Dynamic,
) -> Result<(), ScriptError> {
    only_true(field, given)?;
    for name in ["frozen", field.name] {
        let flag = Value::Flag(true);
        entity.with(|record| record.set(name, flag.clone(), Some(Edit::Set(flag))))?;
    }
    Ok(())
}

fn only_true(field: &Field, given: &Dynamic) -> Result<(), ScriptError> {
    if given.as_bool() == Ok(true) {
        return Ok(());
    }
    let message = format!("`{}` can only become `true`", field.name);
    Err(ScriptError::invalid(message).hint("that cannot be undone"))
}

fn read_only(entity: &Entity, name: &str) -> ScriptError {
    let noun = value::a(entity.kind());
    let when = if entity.is_unsaved() { "" } else { " once it is saved" };
    ScriptError::invalid(format!("`{name}` of {noun} cannot be set{when}"))
}
