//! The fetch options that come back with every object.
use std::collections::HashMap;

use crate::model::{Kind, Verb};
use crate::sandbox::interned;
use crate::wire::bean::{Graph, Node, View};
use crate::wire::names;

/// Kinds whose objects share the bean of their fetch options. All others have one each,
/// and share what is inside only: pyBIS counts on that.
const SHARING: &[Kind] = &[
    Kind::Attachment,
    Kind::SampleType,
    Kind::ExperimentType,
    Kind::DataSetType,
    Kind::PropertyType,
    Kind::PropertyAssignment,
    Kind::AuthorizationGroup,
    Kind::RoleAssignment,
    Kind::Plugin,
];

/// The fetch options of types of whatever kind; those that come back are of one kind.
const ANY_TYPE: &str = "as.dto.entitytype.fetchoptions.EntityTypeFetchOptions";

/// The fetch options that an object of the kind shows.
pub(super) fn shown(graph: &mut Graph, kind: Kind, options: usize) -> usize {
    let class = graph.bean(options).class;
    if class == ANY_TYPE {
        let class = interned(&names::dto(kind.spec(), Verb::Get));
        return again(graph, class, options);
    }
    if SHARING.contains(&kind) { options } else { own(graph, options) }
}

/// Fetch options for one object alone, which shares what is inside of them.
pub(super) fn own(graph: &mut Graph, options: usize) -> usize {
    again(graph, graph.bean(options).class, options)
}

fn again(graph: &mut Graph, class: &'static str, options: usize) -> usize {
    let fields = graph.bean(options).fields.clone();
    let own = graph.add(class);
    for (name, node) in fields {
        graph.set(own, name, node);
    }
    own
}

/// The fetch options of the request that were copied into the answer.
#[derive(Debug, Default)]
pub(super) struct Copies {
    whole: HashMap<usize, usize>,
    unpaged: HashMap<usize, usize>,
}

impl Copies {
    /// The options as they were sent.
    pub(super) fn whole(&mut self, graph: &mut Graph, options: View<'_>) -> usize {
        if let Some(&copy) = self.whole.get(&options.number()) {
            return copy;
        }
        let copy = graph.add(options.class());
        self.whole.insert(options.number(), copy);
        self.fill(graph, options, copy, true);
        copy
    }

    /// The options without the paging and sorting of the collection that they were sent for.
    pub(super) fn unpaged(&mut self, graph: &mut Graph, options: View<'_>) -> usize {
        let paged = ["from", "count", "sort", "cacheMode"];
        if paged.iter().all(|name| matches!(options.get(name), Node::Null)) {
            return self.whole(graph, options);
        }
        if let Some(&copy) = self.unpaged.get(&options.number()) {
            return copy;
        }
        let copy = graph.add(options.class());
        self.unpaged.insert(options.number(), copy);
        self.fill(graph, options, copy, false);
        copy
    }

    fn fill(&mut self, graph: &mut Graph, options: View<'_>, copy: usize, paging: bool) {
        if !options.has("cacheMode") {
            graph.set(copy, "cacheMode", "NO_CACHE");
        }
        for (name, node) in options.fields() {
            match *name {
                "from" | "count" | "sort" | "cacheMode" if !paging => {}
                "sort" => {
                    let sort = options.view_of(node).map(|sort| sorting(graph, sort));
                    let sort = sort.map_or(Node::Null, Node::Bean);
                    graph.set(copy, "sort", sort.clone());
                    graph.set(copy, "sortBy", sort);
                }
                _ => {
                    let node = self.node(graph, options, node);
                    graph.set(copy, name, node);
                }
            }
        }
    }

    fn node(&mut self, graph: &mut Graph, options: View<'_>, node: &Node) -> Node {
        match node {
            Node::Bean(number) => {
                Node::Bean(self.whole(graph, options.graph().view(*number)))
            }
            Node::List(items) => {
                let items = items.iter().map(|item| self.node(graph, options, item));
                Node::List(items.collect())
            }
            Node::Map(items) => {
                let items = items
                    .iter()
                    .map(|(key, item)| (key.clone(), self.node(graph, options, item)));
                Node::Map(items.collect())
            }
            Node::Null
            | Node::Flag(_)
            | Node::Integer(_)
            | Node::Real(_)
            | Node::Text(_) => node.clone(),
        }
    }
}

/// Sort options show each order a second time, under the field's own name.
fn sorting(graph: &mut Graph, sort: View<'_>) -> usize {
    let copy = graph.add(sort.class());
    let mut sortings = Vec::new();
    for sorting in sort.inners("sortings") {
        let one = graph.add(sorting.class());
        graph.set(one, "field", sorting.get("field").clone());
        graph.set(one, "parameters", sorting.get("parameters").clone());
        if let Some(order) = sorting.inner("order") {
            let bean = graph.add(order.class());
            graph.set(bean, "asc", order.flag("asc"));
            graph.set(one, "order", Node::Bean(bean));
            let field = sorting.text("field").unwrap_or_default();
            graph.set(copy, interned(&camel(field)), Node::Bean(bean));
        }
        sortings.push(Node::Bean(one));
    }
    graph.set(copy, "sortings", sortings);
    copy
}

/// `REGISTRATION_DATE` as `registrationDate`.
fn camel(name: &str) -> String {
    let mut words = name.split('_').map(str::to_lowercase);
    let mut text = words.next().unwrap_or_default();
    for word in words {
        let mut letters = word.chars();
        text.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        text.push_str(letters.as_str());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fetch_options_that_hold_themselves_are_copied_once() {
        let mut request = Graph::new();
        let options = request.add("as.dto.sample.fetchoptions.SampleFetchOptions");
        request.set(options, "parents", Node::Bean(options));
        let mut graph = Graph::new();
        let copy = Copies::default().whole(&mut graph, request.view(options));
        assert_eq!(graph.view(copy).get("parents"), &Node::Bean(copy));
    }

    #[test]
    fn sort_fields_are_named_in_java_fashion() {
        assert_eq!(camel("REGISTRATION_DATE"), "registrationDate");
    }
}
