//! What ids name: from an id bean to the object, and how an id reads as text.
pub(super) mod holder;
pub(super) mod identifier;

use super::fault::{denied, not_found, refused, unnamed};
use super::store::{Number, Store};
use super::work::Work;
use crate::model::{IdForm, Kind};
use crate::wire::Fault;
use crate::wire::bean::View;

/// What the id stands for; they differ in how they take lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lookup {
    /// The ids of a get.
    Get,
    /// Everything else: an update, a deletion, a link to another object.
    Reference,
}

/// The object that an id names; in the trash nothing is found.
///
/// # Errors
/// Where the id is malformed in a way that the server complains about.
pub(super) fn find(
    work: &Work<'_>,
    kind: Kind,
    id: View<'_>,
    lookup: Lookup,
) -> Result<Option<Number>, Fault> {
    let class = id.name();
    if class == "CreationId" {
        return Ok(work.made.get(&text(id)).copied());
    }
    if class == "Me" {
        return Ok(Some(work.caller));
    }
    if class.ends_with("Identifier") {
        return identifier::find(work, kind, &text(id), lookup);
    }
    find_by_id(work, kind, id)
}

fn find_by_id(
    work: &Work<'_>,
    kind: Kind,
    id: View<'_>,
) -> Result<Option<Number>, Fault> {
    let store = &*work.store;
    let field = |name: &str| id.text(name).unwrap_or_default();
    let by =
        |name, value: &str| store.find(kind, name, value).map(|object| object.number);
    let Some(form) = kind.spec().ids.first() else { return Ok(None) };
    Ok(match form {
        IdForm::Coded(..) if id.name() == "SpaceTechId" => numbered(store, kind, id),
        IdForm::Coded(_, name) if kind == Kind::Space => {
            let code = id.text("permId").ok_or_else(unnamed)?;
            by(name, code.trim_start_matches('/'))
        }
        IdForm::Coded(_, name) => by(name, field("permId")),
        IdForm::Opaque(_) if kind == Kind::Tag => tag(work, id),
        IdForm::PermId(_) | IdForm::Opaque(_) => by("permId", field("permId")),
        IdForm::TypePermId(_) => {
            entity_kind_fits(kind, id)?;
            by("code", field("permId"))
        }
        IdForm::TermPermId(_) => term(store, field("code"), field("vocabularyCode")),
        IdForm::MaterialPermId(_) => material(store, field("code"), field("typeCode")),
        IdForm::TechId(_) if id.name() == "QueryName" => by("name", field("name")),
        IdForm::TechId(_) => numbered(store, kind, id),
        IdForm::AssignmentPermId(_) => assignment(work, id)?,
        IdForm::GroupedTypeId(_) => grouped_type(work, id)?,
        IdForm::Identifier(_) | IdForm::Code(_) => None,
    })
}

/// The object that an id names.
///
/// # Errors
/// "Object with … has not been found." or "Access denied …", besides those of [`find`].
pub(super) fn require(
    work: &Work<'_>,
    kind: Kind,
    id: View<'_>,
) -> Result<Number, Fault> {
    let number = require_any(work, kind, id)?;
    check_seen(work, number, id)?;
    Ok(number)
}

/// As [`require`], be the object hidden from the caller.
pub(super) fn require_any(
    work: &Work<'_>,
    kind: Kind,
    id: View<'_>,
) -> Result<Number, Fault> {
    let found = find(work, kind, id, Lookup::Reference)?;
    found.ok_or_else(|| not_found(id.name(), &text(id)))
}

/// Refuses an object that is hidden from the caller. What was made in the same request is
/// not, nor do tags hide here.
pub(super) fn check_seen(
    work: &Work<'_>,
    number: Number,
    id: View<'_>,
) -> Result<(), Fault> {
    let object = work.object(number)?;
    let exempt = object.kind == Kind::Tag || id.name() == "CreationId";
    if exempt || work.rights.sees(&work.store, object) {
        return Ok(());
    }
    Err(denied(id.name(), &text(id)))
}

/// As [`require`], for each id of a list; a null among them is the server's null pointer.
pub(super) fn require_all(
    work: &Work<'_>,
    kind: Kind,
    holder: View<'_>,
    field: &str,
) -> Result<Vec<Number>, Fault> {
    let mut numbers = Vec::new();
    for node in holder.list(field) {
        let id = holder.view_of(node).ok_or_else(super::fault::null_pointer)?;
        let number = require(work, kind, id)?;
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    Ok(numbers)
}

/// An id as openBIS writes it in messages and as the key of a map.
pub(super) fn text(id: View<'_>) -> String {
    let field = |name: &str| id.text(name).unwrap_or("null");
    match id.name() {
        "Me" => "me".to_owned(),
        "CreationId" => field("creationId").to_owned(),
        "TagCode" => field("code").to_owned(),
        "QueryName" => field("name").to_owned(),
        "EntityTypePermId" => match id.text("entityKind") {
            Some(kind) => format!("{} ({kind})", field("permId")),
            None => field("permId").to_owned(),
        },
        "VocabularyTermPermId" => {
            format!("{} ({})", field("code"), field("vocabularyCode"))
        }
        "PropertyAssignmentPermId" => {
            let part = |name| id.inner(name).map_or_else(|| "null".to_owned(), text);
            format!("{}, {}", part("entityTypeId"), part("propertyTypeId"))
        }
        "TypeGroupAssignmentId" => {
            let part = |name| id.inner(name).map_or_else(|| "null".to_owned(), text);
            format!("{}, {}", part("sampleTypeId"), part("typeGroupId"))
        }
        "MaterialPermId" => format!("{} ({})", field("code"), field("typeCode")),
        name if name.ends_with("Identifier") => field("identifier").to_owned(),
        name if name.ends_with("TechId") => {
            number_of(id).map_or_else(|| "null".to_owned(), |number| number.to_string())
        }
        _ => field("permId").to_owned(),
    }
}

/// The key under which a get answers. Only spaces have one of their own.
pub(super) fn key(id: View<'_>) -> String {
    let text = text(id);
    match id.name() {
        "SpacePermId" => text.trim_start_matches('/').to_owned(),
        _ => text,
    }
}

/// The text of an object's lasting id.
pub(super) fn perm_id(store: &Store, number: Number) -> String {
    let Some(object) = store.get(number) else { return String::new() };
    let field = |name| object.text(name).unwrap_or_default().to_owned();
    let Some(form) = object.kind.spec().ids.first() else { return String::new() };
    match form {
        IdForm::Coded(_, name) => field(name),
        IdForm::Opaque(_) if object.kind == Kind::Tag => {
            let owner = object.one("owner").and_then(|owner| store.get(owner));
            let owner = owner.and_then(|owner| owner.text("userId")).unwrap_or_default();
            format!("/{owner}/{}", object.code().to_uppercase())
        }
        IdForm::PermId(_) | IdForm::Opaque(_) => field("permId"),
        IdForm::TechId(_) => object.tech_id().to_string(),
        IdForm::MaterialPermId(_) => {
            let of = object.one("type").and_then(|of| store.get(of));
            format!("{} ({})", object.code(), of.map(|of| of.code()).unwrap_or_default())
        }
        IdForm::Identifier(_)
        | IdForm::Code(_)
        | IdForm::TypePermId(_)
        | IdForm::TermPermId(_)
        | IdForm::AssignmentPermId(_)
        | IdForm::GroupedTypeId(_) => field("code"),
    }
}

/// What the types of a kind of entity are called: `SAMPLE`.
pub(super) fn entity_kind(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::SampleType | Kind::Sample => Some("SAMPLE"),
        Kind::ExperimentType | Kind::Experiment => Some("EXPERIMENT"),
        Kind::DataSetType | Kind::DataSet => Some("DATA_SET"),
        Kind::MaterialType | Kind::Material => Some("MATERIAL"),
        _ => None,
    }
}

/// The class of a kind's lasting id: `as.dto.space.id.SpacePermId`.
pub(super) fn class(form: IdForm) -> &'static str {
    super::interned(&format!("as.dto.{}", form.class()))
}

fn entity_kind_fits(kind: Kind, id: View<'_>) -> Result<(), Fault> {
    let (Some(expected), Some(given)) = (entity_kind(kind), id.text("entityKind")) else {
        return Ok(());
    };
    if expected == given {
        return Ok(());
    }
    Err(refused(format!(
        "Incorrect entity type entity kind. Expected '{expected}' but was '{given}'."
    )))
}

/// The object of a technical id.
fn numbered(store: &Store, kind: Kind, id: View<'_>) -> Option<Number> {
    by_number(store, kind, number_of(id)?)
}

/// The material that a property names: `CODE (TYPE)`.
pub(super) fn material_named(store: &Store, text: &str) -> Option<Number> {
    let (code, of) = text.strip_suffix(')')?.split_once(" (")?;
    material(store, code, of)
}

pub(super) fn material(store: &Store, code: &str, of: &str) -> Option<Number> {
    let of = store.find(Kind::MaterialType, "code", of)?.number;
    let code = code.to_uppercase();
    let mut materials = store.holding(Kind::Material, "code", &code);
    materials.find(|it| it.one("type") == Some(of)).map(|it| it.number)
}

/// The number of a technical id, which may stand in it as a text too.
fn number_of(id: View<'_>) -> Option<i64> {
    id.integer("techId").or_else(|| id.text("id")?.parse().ok())
}

fn by_number(store: &Store, kind: Kind, number: i64) -> Option<Number> {
    if let Some(IdForm::TechId(_)) = kind.spec().ids.first() {
        let known = store.all(kind).find(|object| object.tech_id() == number);
        return known.map(|object| object.number);
    }
    let object = store.live(Number(u64::try_from(number).ok()?))?;
    (object.kind == kind).then_some(object.number)
}

fn term(store: &Store, code: &str, vocabulary: &str) -> Option<Number> {
    let vocabulary = store.find(Kind::Vocabulary, "code", vocabulary)?.number;
    let mut terms = store.holding(Kind::VocabularyTerm, "code", code);
    terms.find(|term| term.one("vocabulary") == Some(vocabulary)).map(|term| term.number)
}

/// The assignment that joins a type, of whichever entities, and a property type.
fn assignment(work: &Work<'_>, id: View<'_>) -> Result<Option<Number>, Fault> {
    let Some(property) = id.inner("propertyTypeId") else { return Ok(None) };
    let property = find(work, Kind::PropertyType, property, Lookup::Reference)?;
    let Some(property) = property else { return Ok(None) };
    let part = |name| id.inner("entityTypeId").and_then(|of| of.text(name));
    let (code, of) = (part("permId"), part("entityKind"));
    let mut joining =
        work.store.linking(Kind::PropertyAssignment, "propertyType", property);
    let found = joining.find(|assignment| {
        let holder = assignment.one("entityType").and_then(|it| work.store.get(it));
        holder.is_some_and(|holder| {
            Some(holder.code()) == code
                && of.is_none_or(|of| entity_kind(holder.kind) == Some(of))
        })
    });
    Ok(found.map(|assignment| assignment.number))
}

/// The assignment of a sample type to a group of types.
fn grouped_type(work: &Work<'_>, id: View<'_>) -> Result<Option<Number>, Fault> {
    let part = |name, kind| match id.inner(name) {
        Some(inner) => find(work, kind, inner, Lookup::Reference),
        None => Ok(None),
    };
    let of = part("sampleTypeId", Kind::SampleType)?;
    let Some(group) = part("typeGroupId", Kind::TypeGroup)? else { return Ok(None) };
    let mut inside = work.store.linking(Kind::TypeGroupAssignment, "typeGroup", group);
    let found = inside.find(|it| of.is_some() && it.one("sampleType") == of);
    Ok(found.map(|assignment| assignment.number))
}

/// `/USER/CODE`, or a code of the caller's own; the code in any case.
fn tag(work: &Work<'_>, id: View<'_>) -> Option<Number> {
    let (owner, code) = match id.text("code") {
        Some(code) => (work.user(), code),
        None => id.text("permId")?.strip_prefix('/')?.split_once('/')?,
    };
    let owner = work.store.find(Kind::Person, "userId", owner)?.number;
    let code = code.to_uppercase();
    let mut tags = work.store.linking(Kind::Tag, "owner", owner);
    tags.find(|tag| tag.code().to_uppercase() == code).map(|tag| tag.number)
}
