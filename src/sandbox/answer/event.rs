//! Where an event happened, as ids.
use super::id;
use crate::sandbox::store::{Number, Object, Store};
use crate::wire::bean::{Graph, Node};

/// Sets the ids of the space, if it is still there, and of the project.
pub(super) fn set_places(graph: &mut Graph, store: &Store, bean: usize, event: &Object) {
    let space = event.text("entitySpaceId").and_then(|text| text.parse().ok());
    if let Some(space) = space.and_then(|number| store.live(Number(number))) {
        let node = id::space_number(graph, space.number);
        graph.set(bean, "entitySpaceId", node);
    }
    if let Some(perm_id) = event.text("entityProjectId") {
        let id = graph.add("as.dto.project.id.ProjectPermId");
        graph.set(id, "permId", perm_id);
        graph.set(bean, "entityProjectId", Node::Bean(id));
    }
}
