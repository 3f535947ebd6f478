//! What objects say of themselves beside their properties, as a search sees it.
use std::borrow::Cow;

use crate::model::Kind;
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
        "identifier" => identifier(store, object).map(Cow::Owned),
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
        Kind::Space
        | Kind::Project
        | Kind::Experiment
        | Kind::Sample
        | Kind::DataSet
        | Kind::PhysicalData
        | Kind::Attachment
        | Kind::SampleType
        | Kind::ExperimentType
        | Kind::DataSetType
        | Kind::PropertyType
        | Kind::PropertyAssignment
        | Kind::Vocabulary
        | Kind::Person
        | Kind::AuthorizationGroup
        | Kind::RoleAssignment
        | Kind::Plugin
        | Kind::DataStore
        | Kind::Deletion => ["permId", "code", "userId", "name"]
            .iter()
            .find_map(|field| object.text(field))
            .map(Cow::Borrowed),
    }
}

/// `/SPACE/PROJECT/CODE` as far as there are such.
fn identifier(store: &Store, object: &Object) -> Option<String> {
    let code = code(store, object)?;
    let link = |object: &Object, field: &str| -> Option<&Object> {
        store.get(object.one(field)?).map(|found| &**found)
    };
    let project = link(object, "project");
    let space = project.map_or_else(|| link(object, "space"), |p| link(p, "space"));
    let places = [space, project].into_iter().flatten().map(Object::code);
    let path: String = places.flat_map(|place| ["/", place]).collect();
    Some(format!("{path}/{code}"))
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
            | Slot::Map(_),
        )
        | None => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_names_the_places_above() {
        let mut store = Store::default();
        let space = store.add(Kind::Space, [("code", "LAB".into())]);
        let fields = [("code", Slot::from("ALPHA")), ("space", space.into())];
        let project = store.add(Kind::Project, fields);
        let fields = [("code", Slot::from("BOX")), ("project", project.into())];
        let container = store.add(Kind::Sample, fields);
        let fields = [
            ("code", Slot::from("SLOT1")),
            ("space", space.into()),
            ("container", container.into()),
        ];
        let part = store.add(Kind::Sample, fields);
        let identifier = |number| identifier(&store, store.get(number).unwrap()).unwrap();
        assert_eq!(identifier(space), "/LAB");
        assert_eq!(identifier(project), "/LAB/ALPHA");
        assert_eq!(identifier(container), "/LAB/ALPHA/BOX");
        assert_eq!(identifier(part), "/LAB/BOX:SLOT1");
    }
}
