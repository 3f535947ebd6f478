//! Ids as beans.
use crate::model::{IdForm, Kind};
use crate::sandbox::ids;
use crate::sandbox::store::{Number, Object, Store};
use crate::wire::bean::{Graph, Node};

/// The ids within the id of what joins two objects: the field, and the link to the object.
const JOINED: &[(&str, &str)] = &[
    ("entityTypeId", "entityType"),
    ("propertyTypeId", "propertyType"),
    ("sampleTypeId", "sampleType"),
    ("typeGroupId", "typeGroup"),
];

/// The lasting id of an object, as a creation answers it.
pub(crate) fn id(graph: &mut Graph, store: &Store, object: &Object) -> Node {
    own(graph, store, object).map_or(Node::Null, |(_, node)| node)
}

/// The field that holds an object's lasting id, and the id.
pub(super) fn own(
    graph: &mut Graph,
    store: &Store,
    object: &Object,
) -> Option<(&'static str, Node)> {
    let form = *object.kind.spec().ids.first()?;
    let text = ids::perm_id(store, object.number);
    let bean = graph.add(ids::class(form));
    let mut name = if object.kind == Kind::TypeGroup { "id" } else { "permId" };
    match form {
        IdForm::PermId(_)
        | IdForm::Coded(..)
        | IdForm::Opaque(_)
        | IdForm::Identifier(_)
        | IdForm::Code(_) => {
            graph.set(bean, "permId", text);
        }
        IdForm::TypePermId(_) => {
            graph.set(bean, "permId", text);
            graph.set(bean, "entityKind", ids::entity_kind(object.kind));
        }
        IdForm::TermPermId(_) => {
            let vocabulary =
                object.one("vocabulary").and_then(|number| store.get(number));
            graph.set(bean, "code", text);
            graph.set(bean, "vocabularyCode", vocabulary.map(|holder| holder.code()));
        }
        IdForm::MaterialPermId(_) => {
            let entity_type = object.one("type").and_then(|number| store.get(number));
            graph.set(bean, "code", object.code());
            graph.set(bean, "typeCode", entity_type.map(|holder| holder.code()));
        }
        IdForm::TechId(_) => {
            set_number(graph, bean, object.tech_id());
            name = "id";
        }
        IdForm::AssignmentPermId(_) | IdForm::GroupedTypeId(_) => {
            for &(field, link) in JOINED.iter().filter(|row| object.one(row.1).is_some())
            {
                let target = object.one(link).and_then(|number| store.get(number));
                let target = target.map(|target| id(graph, store, target));
                graph.set(bean, field, target);
            }
        }
    }
    Some((name, Node::Bean(bean)))
}

/// The number of a space in the data base.
pub(super) fn space_number(graph: &mut Graph, number: Number) -> Node {
    let bean = graph.add("as.dto.space.id.SpaceTechId");
    set_number(graph, bean, number.0.cast_signed());
    Node::Bean(bean)
}

fn set_number(graph: &mut Graph, bean: usize, number: i64) {
    graph.set(bean, "techId", number);
    graph.set(bean, "id", number.to_string());
}
