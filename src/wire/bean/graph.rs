use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// All beans of one request or answer.
#[derive(Debug, Default)]
pub struct Graph {
    beans: Vec<Bean>,
}

/// One object: a class and its fields. A field that is not there is null.
#[derive(Debug)]
pub struct Bean {
    /// As in `@type`: `as.dto.sample.create.SampleCreation`.
    pub class: &'static str,
    pub fields: Vec<(&'static str, Node)>,
}

/// A value within a graph.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Node {
    #[default]
    Null,
    Flag(bool),
    Integer(i64),
    Real(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
    /// The number of a bean in its graph.
    Bean(usize),
}

/// A bean together with its graph: for reading.
#[derive(Clone, Copy, Debug)]
pub struct View<'g> {
    graph: &'g Graph,
    number: usize,
}

impl Graph {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an empty bean and gives its number.
    pub fn add(&mut self, class: &'static str) -> usize {
        self.beans.push(Bean { class, fields: Vec::new() });
        self.beans.len() - 1
    }

    /// Gives a bean a field, or the field a new value.
    pub fn set(&mut self, number: usize, field: &'static str, value: impl Into<Node>) {
        let fields = &mut self.beans[number].fields;
        match fields.iter_mut().find(|(name, _)| *name == field) {
            Some((_, old)) => *old = value.into(),
            None => fields.push((field, value.into())),
        }
    }

    pub fn bean(&self, number: usize) -> &Bean {
        &self.beans[number]
    }

    pub fn view(&self, number: usize) -> View<'_> {
        View { graph: self, number }
    }

    /// Puts other values where beans are named; null in a list leaves no gap.
    pub(super) fn replace(&mut self, by: &HashMap<usize, Node>) {
        for bean in &mut self.beans {
            for (_, node) in &mut bean.fields {
                node.replace(by);
            }
        }
    }

    pub fn len(&self) -> usize {
        self.beans.len()
    }

    pub fn is_empty(&self) -> bool {
        self.beans.is_empty()
    }
}

impl Node {
    pub(super) fn replace(&mut self, by: &HashMap<usize, Self>) {
        match self {
            Self::Bean(number) => {
                if let Some(other) = by.get(number) {
                    *self = other.clone();
                }
            }
            Self::List(items) => {
                let gone = |item: &Self| matches!(item, Self::Bean(n) if by.get(n) == Some(&Self::Null));
                items.retain(|item| !gone(item));
                for item in items {
                    item.replace(by);
                }
            }
            Self::Map(entries) => {
                for (_, node) in entries {
                    node.replace(by);
                }
            }
            Self::Null
            | Self::Flag(_)
            | Self::Integer(_)
            | Self::Real(_)
            | Self::Text(_) => {}
        }
    }
}

impl<'g> View<'g> {
    /// As in `@type`.
    pub fn class(self) -> &'static str {
        self.graph.beans[self.number].class
    }

    /// The class without its package: `SampleCreation`.
    pub fn name(self) -> &'static str {
        self.class().rsplit('.').next().unwrap_or_default()
    }

    /// The number of the bean in its graph.
    pub fn number(self) -> usize {
        self.number
    }

    pub fn graph(self) -> &'g Graph {
        self.graph
    }

    /// The fields that are set, in the order they were.
    pub fn fields(self) -> &'g [(&'static str, Node)] {
        &self.graph.beans[self.number].fields
    }

    /// Null where there is no such field.
    pub fn get(self, field: &str) -> &'g Node {
        let fields = &self.graph.beans[self.number].fields;
        fields
            .iter()
            .find(|(name, _)| *name == field)
            .map_or(&Node::Null, |(_, node)| node)
    }

    /// Whether the request named the field, be it with null.
    pub fn has(self, field: &str) -> bool {
        self.graph.beans[self.number].fields.iter().any(|(name, _)| *name == field)
    }

    pub fn text(self, field: &str) -> Option<&'g str> {
        match self.get(field) {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn flag(self, field: &str) -> bool {
        matches!(self.get(field), Node::Flag(true))
    }

    pub fn integer(self, field: &str) -> Option<i64> {
        match self.get(field) {
            Node::Integer(number) => Some(*number),
            _ => None,
        }
    }

    pub fn inner(self, field: &str) -> Option<View<'g>> {
        self.view_of(self.get(field))
    }

    /// The items of a list; nothing where the field is no list.
    pub fn list(self, field: &str) -> &'g [Node] {
        match self.get(field) {
            Node::List(items) => items,
            _ => &[],
        }
    }

    /// The beans of a list, without its nulls.
    pub fn inners(self, field: &str) -> impl Iterator<Item = View<'g>> {
        self.list(field).iter().filter_map(move |node| self.view_of(node))
    }

    pub fn map(self, field: &str) -> &'g [(String, Node)] {
        match self.get(field) {
            Node::Map(items) => items,
            _ => &[],
        }
    }

    /// A node of the same graph as a bean.
    pub fn view_of(self, node: &Node) -> Option<View<'g>> {
        match node {
            Node::Bean(number) => Some(self.graph.view(*number)),
            _ => None,
        }
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Node {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<i64> for Node {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl<T: Into<Self>> From<Option<T>> for Node {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<Vec<Node>> for Node {
    fn from(items: Vec<Node>) -> Self {
        Self::List(items)
    }
}
