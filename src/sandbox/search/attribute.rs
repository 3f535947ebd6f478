//! What objects say of themselves beside their properties, as a search sees it.
use std::borrow::Cow;

use crate::model::Kind;
use crate::sandbox::ids::identifier;
use crate::sandbox::store::{Number, Object, Slot, Store};

/// The text of a field, also where it is not kept but follows from others.
pub(super) fn text<'s>(
    store: &'s Store,
    object: &'s Object,
    field: &str,
) -> Option<Cow<'s, str>> {
    match field {
        "code" => code(store, object),
        "permId" => perm_id(store, object),
        "identifier" if object.kind != Kind::Event => {
            located(object.kind).then(|| Cow::Owned(identifier::of(store, object)))
        }
        "entityKind" => entity_kind(object.kind).map(Cow::Borrowed),
        _ => object.text(field).map(Cow::Borrowed),
    }
}

/// A component's code begins with that of its container: `BOX:SLOT1`.
fn code<'s>(store: &'s Store, object: &'s Object) -> Option<Cow<'s, str>> {
    let code = object.text("code")?;
    let container = object.one("container").and_then(|number| store.get(number));
    let Some(container) = container else { return Some(Cow::Borrowed(code)) };
    Some(Cow::Owned(format!("{}:{code}", container.code())))
}

fn perm_id<'s>(store: &'s Store, object: &'s Object) -> Option<Cow<'s, str>> {
    let linked = |field| object.one(field).and_then(|number| store.get(number));
    match object.kind {
        Kind::VocabularyTerm => {
            let vocabulary = linked("vocabulary")?;
            Some(Cow::Owned(format!("{} ({})", object.code(), vocabulary.code())))
        }
        Kind::Tag => {
            let owner = linked("owner")?.text("userId")?;
            Some(Cow::Owned(format!("/{owner}/{}", object.code())))
        }
        Kind::Material => {
            let of = linked("type")?;
            Some(Cow::Owned(format!("{} ({})", object.code(), of.code())))
        }
        _ => ["permId", "code", "userId", "name"]
            .iter()
            .find_map(|field| object.text(field))
            .map(Cow::Borrowed),
    }
}

/// Whether objects of the kind have an identifier.
fn located(kind: Kind) -> bool {
    matches!(kind, Kind::Space | Kind::Project | Kind::Experiment | Kind::Sample)
}

/// What the types of a kind are for.
fn entity_kind(kind: Kind) -> Option<&'static str> {
    let kinds = [
        (Kind::SampleType, "SAMPLE"),
        (Kind::ExperimentType, "EXPERIMENT"),
        (Kind::DataSetType, "DATA_SET"),
    ];
    kinds.iter().find(|row| row.0 == kind).map(|row| row.1)
}

/// What a field leads to, be it one or several.
pub(super) fn links<'o>(object: &'o Object, field: &str) -> &'o [Number] {
    match object.fields.get(field) {
        Some(Slot::One(number)) => std::slice::from_ref(number),
        Some(Slot::Many(numbers)) => numbers,
        Some(
            Slot::Text(_)
            | Slot::Flag(_)
            | Slot::Integer(_)
            | Slot::Time(_)
            | Slot::Bytes(_)
            | Slot::Texts(_)
            | Slot::Map(_)
            | Slot::Past(_),
        )
        | None => &[],
    }
}
