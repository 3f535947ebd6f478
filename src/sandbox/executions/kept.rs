//! Beans as they are kept in the store.
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::packed::{pack, unpack};
use crate::sandbox::interned;
use crate::sandbox::store::Slot;
use crate::wire::bean::{Graph, Node};

/// A node with all the beans that it leads to.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Kept {
    root: Node,
    beans: Vec<(String, Vec<(String, Node)>)>,
}

impl Kept {
    /// Copies a node out of its graph.
    pub(super) fn of(graph: &Graph, root: &Node) -> Self {
        let mut copier = Copier { graph, numbers: HashMap::new(), found: Vec::new() };
        let root = copier.node(root);
        let mut beans = Vec::new();
        while let Some(&number) = copier.found.get(beans.len()) {
            let bean = graph.bean(number);
            let fields = bean.fields.iter();
            let fields =
                fields.map(|(name, node)| ((*name).to_owned(), copier.node(node)));
            beans.push((bean.class.to_owned(), fields.collect()));
        }
        Self { root, beans }
    }

    /// The beans that the root is a list of, for a field of theirs.
    pub(super) fn set(&mut self, place: usize, field: &str, text: &str) {
        let Node::List(items) = &self.root else { return };
        if let Some(Node::Bean(number)) = items.get(place) {
            self.beans[*number].1.push((field.to_owned(), text.into()));
        }
    }

    /// Puts the beans into a graph; gives the node there.
    pub(super) fn put(&self, graph: &mut Graph) -> Node {
        let numbers: HashMap<usize, usize> = self
            .beans
            .iter()
            .enumerate()
            .map(|(number, bean)| (number, graph.add(interned(&bean.0))))
            .collect();
        for (number, (_, fields)) in self.beans.iter().enumerate() {
            for (name, node) in fields {
                graph.set(numbers[&number], interned(name), moved(node, &numbers));
            }
        }
        moved(&self.root, &numbers)
    }

    /// Packed; an empty text would mean that it cannot be written, which never happens to
    /// nodes.
    pub(super) fn slot(&self) -> Slot {
        Slot::Bytes(pack(&serde_json::to_string(self).unwrap_or_default()))
    }

    /// What was packed; nothing where there is nothing.
    pub(super) fn read(packed: Option<&[u8]>) -> Self {
        let text = packed.and_then(unpack);
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }
}

/// Numbers the beans in the order in which they are met.
struct Copier<'g> {
    graph: &'g Graph,
    numbers: HashMap<usize, usize>,
    found: Vec<usize>,
}

impl Copier<'_> {
    fn node(&mut self, node: &Node) -> Node {
        match node {
            Node::Bean(number) if *number < self.graph.len() => {
                let next = self.found.len();
                let own = *self.numbers.entry(*number).or_insert(next);
                if own == next {
                    self.found.push(*number);
                }
                Node::Bean(own)
            }
            Node::List(items) => {
                Node::List(items.iter().map(|item| self.node(item)).collect())
            }
            Node::Map(items) => Node::Map(
                items.iter().map(|(key, item)| (key.clone(), self.node(item))).collect(),
            ),
            Node::Null
            | Node::Flag(_)
            | Node::Integer(_)
            | Node::Real(_)
            | Node::Text(_)
            | Node::Bean(_) => node.clone(),
        }
    }
}

fn moved(node: &Node, numbers: &HashMap<usize, usize>) -> Node {
    match node {
        Node::Bean(number) => {
            numbers.get(number).map_or(Node::Null, |&own| Node::Bean(own))
        }
        Node::List(items) => {
            Node::List(items.iter().map(|item| moved(item, numbers)).collect())
        }
        Node::Map(items) => Node::Map(
            items.iter().map(|(key, item)| (key.clone(), moved(item, numbers))).collect(),
        ),
        Node::Null | Node::Flag(_) | Node::Integer(_) | Node::Real(_) | Node::Text(_) => {
            node.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_comes_back_with_its_circles() {
        let mut graph = Graph::new();
        graph.add("as.dto.space.id.SpacePermId");
        let sample = graph.add("as.dto.sample.Sample");
        graph.set(sample, "code", "S1");
        graph.set(sample, "parents", Node::List(vec![Node::Bean(sample)]));
        let slot = Kept::of(&graph, &Node::List(vec![Node::Bean(sample)])).slot();
        let Slot::Bytes(packed) = slot else { panic!("nothing packed") };
        let mut other = Graph::new();
        other.add("as.dto.space.id.SpacePermId");
        let root = Kept::read(Some(&packed)).put(&mut other);
        assert_eq!(root, Node::List(vec![Node::Bean(1)]));
        assert_eq!(other.len(), 2);
        assert_eq!(other.view(1).text("code"), Some("S1"));
        assert_eq!(other.view(1).get("parents"), &root);
    }
}
