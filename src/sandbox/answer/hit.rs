//! What a search for texts found.
use super::{Answerer, id};
use crate::model::Kind;
use crate::sandbox::ids;
use crate::sandbox::search::global::Hit;
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

/// The fields that hold the object itself, by its kind.
const OBJECTS: &[(Kind, &str)] = &[
    (Kind::Experiment, "experiment"),
    (Kind::Sample, "sample"),
    (Kind::DataSet, "dataSet"),
    (Kind::Material, "material"),
];

impl Answerer<'_> {
    /// An object that was found, and where; its fetch options come back without `match`.
    pub(in crate::sandbox) fn hit(
        &mut self,
        hit: &Hit,
        options: View<'_>,
    ) -> Result<Node, Fault> {
        let Some(object) = self.store.get(hit.number) else { return Ok(Node::Null) };
        let bean = self.graph.add("as.dto.global.GlobalSearchObject");
        let copy = self.options.unpaged(self.graph, options);
        let fields = self.graph.bean(copy).fields.clone();
        let shown = self.graph.add(options.class());
        for (name, node) in fields.into_iter().filter(|(name, _)| *name != "match") {
            self.graph.set(shown, name, node);
        }
        self.graph.set(bean, "fetchOptions", Node::Bean(shown));
        self.graph.set(bean, "objectKind", ids::entity_kind(object.kind));
        let perm_id = id(self.graph, self.store, object);
        self.graph.set(bean, "objectPermId", perm_id);
        let identifier = match self.identifier(object) {
            Node::Null => id(self.graph, self.store, object),
            identifier => identifier,
        };
        self.graph.set(bean, "objectIdentifier", identifier);
        let told = options.inner("match").map_or("", |_| hit.matches.as_str());
        self.graph.set(bean, "match", told);
        self.graph.set(bean, "score", Node::Real(hit.score));
        let row = OBJECTS.iter().find(|row| row.0 == object.kind);
        let asked = row.and_then(|row| Some((row.1, options.inner(row.1)?)));
        if let Some((field, inner)) = asked {
            let node = self.answer(hit.number, inner)?;
            self.graph.set(bean, field, node);
        }
        Ok(Node::Bean(bean))
    }
}
