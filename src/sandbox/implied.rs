//! What a request means without saying so.
use super::fault;
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node, Request, View};

const PROPERTY_TYPE_OPTIONS: &str =
    "as.dto.property.fetchoptions.PropertyTypeFetchOptions";

/// Fills in what follows from the rest of the request.
pub(super) fn complete(graph: &mut Graph) {
    for number in 0..graph.len() {
        if sorts_by_property_type(graph.view(number)) {
            let options = graph.add(PROPERTY_TYPE_OPTIONS);
            graph.set(number, "propertyType", Node::Bean(options));
        }
    }
}

/// Property assignments are sorted by code and label of their types, which come along then.
fn sorts_by_property_type(options: View<'_>) -> bool {
    let by_type =
        |sorting: View<'_>| matches!(sorting.text("field"), Some("CODE" | "LABEL"));
    options.name() == "PropertyAssignmentFetchOptions"
        && options.inner("propertyType").is_none()
        && options.inner("sort").is_some_and(|sort| sort.inners("sortings").any(by_type))
}

/// Refuses the id of a space without its text, which the server stumbles over.
pub(super) fn check(request: &Request) -> Result<(), Fault> {
    let mut beans = (0..request.graph.len()).map(|number| request.graph.view(number));
    let without_text =
        |id: View<'_>| id.name() == "SpacePermId" && id.text("permId").is_none();
    if beans.any(without_text) { Err(fault::nameless()) } else { Ok(()) }
}
