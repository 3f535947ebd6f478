//! Objects that are named by the number of their `@id`.
use std::collections::HashMap;

use super::super::{Json, Node, Type};
use super::Reader;
use super::resolve::simple_type;
use super::trouble::{Jackson, Trouble};

/// The `@id`s of one parameter.
#[derive(Debug, Default)]
pub(super) struct References {
    known: HashMap<i64, usize>,
    /// Numbers that were used before their object came, with the beans that stand in.
    awaited: Vec<Awaited>,
}

#[derive(Debug)]
struct Awaited {
    id: i64,
    bean: usize,
    declared: &'static str,
}

impl References {
    /// Remembers the `@id` among the members, if there is one.
    pub(super) fn note(
        &mut self,
        members: &[(String, Json)],
        number: usize,
    ) -> Result<(), Trouble> {
        let Some(id) = id_of(members) else { return Ok(()) };
        if self.known.insert(id, number).is_none() {
            return Ok(());
        }
        let text = format!(
            "Already had POJO for id (java.lang.Integer) [[ObjectId: key={id}, \
             type=com.fasterxml.jackson.annotation.ObjectIdGenerators$IntSequenceGenerator, \
             scope=java.lang.Object]]"
        );
        Err(Trouble::new(Jackson::Mapping, text))
    }
}

/// Any whole number is good as `@id`, also as text.
fn id_of(members: &[(String, Json)]) -> Option<i64> {
    let (_, id) = members.iter().find(|(key, _)| key == "@id")?;
    match id {
        Json::Integer(id) => Some(*id),
        Json::Text(text) => text.trim().parse().ok(),
        Json::Null | Json::Flag(_) | Json::Real(_) | Json::List(_) | Json::Object(_) => {
            None
        }
    }
}

impl Reader<'_> {
    /// The bean of that `@id`; one that stands in for it while it has not come yet.
    pub(super) fn reference(
        &mut self,
        id: i64,
        declared: &'static str,
        field: Option<&str>,
    ) -> Result<Node, Trouble> {
        if let Some(bean) = self.references.known.get(&id).copied() {
            self.check_type(bean, declared, field)?;
            return Ok(Node::Bean(bean));
        }
        let bean = self.graph.add("");
        self.references.awaited.push(Awaited { id, bean, declared });
        Ok(Node::Bean(bean))
    }

    fn check_type(
        &self,
        bean: usize,
        declared: &'static str,
        field: Option<&str>,
    ) -> Result<(), Trouble> {
        let class = self.graph.bean(bean).class;
        if self.contract.is_a(class, declared) {
            return Ok(());
        }
        let (expected, actual) = (Type::Named(declared), Type::Named(class));
        let text = format!(
            "Problem deserializing property '{}' (expected type: {}; actual type: `{actual}`), \
             problem: Can not set {expected} field to {actual}",
            field.unwrap_or_default(),
            simple_type(declared)
        );
        Err(Trouble::new(Jackson::Mapping, text))
    }

    /// Puts the beans that came later where they were named. A number that no object has is
    /// null, and in a list nothing.
    pub(super) fn settle(&mut self, mut root: Node) -> Result<Node, Trouble> {
        let awaited = std::mem::take(&mut self.references.awaited);
        if awaited.is_empty() {
            return Ok(root);
        }
        let mut replaced = HashMap::new();
        for Awaited { id, bean, declared } in awaited {
            let found = self.references.known.get(&id).copied();
            if let Some(found) = found {
                self.check_type(found, declared, None)?;
            }
            replaced.insert(bean, found.map_or(Node::Null, Node::Bean));
        }
        self.graph.replace(&replaced);
        root.replace(&replaced);
        Ok(root)
    }
}
