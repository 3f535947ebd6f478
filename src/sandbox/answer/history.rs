//! What an object was before.
use super::Answerer;
use crate::model::{Kind, several};
use crate::sandbox::history;
use crate::sandbox::search;
use crate::sandbox::store::{Entry, Object, Relation, What};
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

/// What a field of an answer tells of a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    All,
    Values,
    Links(Relation),
    /// What is no longer known.
    Nothing,
}

const PARTS: &[(&str, Part)] = &[
    ("history", Part::All),
    ("propertiesHistory", Part::Values),
    ("spaceHistory", Part::Links(Relation::Space)),
    ("projectHistory", Part::Links(Relation::Project)),
    ("experimentHistory", Part::Links(Relation::Experiment)),
    ("experimentsHistory", Part::Links(Relation::Experiment)),
    ("sampleHistory", Part::Links(Relation::Sample)),
    ("samplesHistory", Part::Links(Relation::Sample)),
    ("dataSetsHistory", Part::Links(Relation::DataSet)),
    ("parentsHistory", Part::Links(Relation::Parent)),
    ("childrenHistory", Part::Links(Relation::Child)),
    ("containerHistory", Part::Links(Relation::Container)),
    ("containersHistory", Part::Links(Relation::Container)),
    ("componentsHistory", Part::Links(Relation::Component)),
];

impl Part {
    fn of(name: &str) -> Self {
        let row = PARTS.iter().find(|row| row.0 == name);
        row.map_or(Self::Nothing, |row| row.1)
    }

    fn holds(self, entry: &Entry) -> bool {
        match (self, &entry.what) {
            (Self::All, _) | (Self::Values, What::Value { .. }) => true,
            (Self::Links(wanted), What::Link { relation, .. }) => wanted == *relation,
            (Self::Nothing, _)
            | (Self::Values, What::Link { .. })
            | (Self::Links(_), What::Value { .. }) => false,
        }
    }
}

impl Answerer<'_> {
    /// One of the histories of an object. An entry that stands in several of them is one
    /// bean.
    pub(super) fn history(
        &mut self,
        holder: usize,
        object: &Object,
        name: &str,
        options: View<'_>,
    ) -> Result<Node, Fault> {
        let part = Part::of(name);
        let mut found = Vec::new();
        let entries = history::whole(self.store, object);
        for (place, entry) in entries.iter().enumerate() {
            if part.holds(entry) && self.tells(entry) {
                found.push(self.entry((holder, place), entry, options)?);
            }
        }
        let page = search::page(&found, options).unwrap_or_default();
        Ok(Node::List(page.iter().copied().map(Node::Bean).collect()))
    }

    /// What led to something that is in the trash, gone or hidden is not told.
    fn tells(&self, entry: &Entry) -> bool {
        match &entry.what {
            What::Value { code, .. } => {
                self.store.find(Kind::PropertyType, "code", code).is_some()
            }
            What::Link { target, .. } => self.sees(*target),
        }
    }

    fn entry(
        &mut self,
        key: (usize, usize),
        entry: &Entry,
        options: View<'_>,
    ) -> Result<usize, Fault> {
        let bean = match self.entries.get(&key) {
            Some(&bean) => bean,
            None => self.new_entry(key, entry, options),
        };
        if let (Some(options), Some(author)) = (options.inner("author"), entry.author) {
            let author = self.answer(author, options)?;
            self.graph.set(bean, "author", author);
        }
        Ok(bean)
    }

    fn new_entry(
        &mut self,
        key: (usize, usize),
        entry: &Entry,
        options: View<'_>,
    ) -> usize {
        let bean = self.graph.add(match entry.what {
            What::Value { .. } => "as.dto.history.PropertyHistoryEntry",
            What::Link { .. } => "as.dto.history.RelationHistoryEntry",
        });
        self.entries.insert(key, bean);
        let shared = self.options.unpaged(self.graph, options);
        let copy = super::options::own(self.graph, shared);
        self.graph.set(bean, "fetchOptions", Node::Bean(copy));
        self.graph.set(bean, "validFrom", entry.from);
        self.graph.set(bean, "validTo", entry.to);
        match &entry.what {
            What::Value { code, text } => {
                self.graph.set(bean, "propertyName", code.as_str());
                let value = history::told_value(self.store, code, &several::shown(text));
                self.graph.set(bean, "propertyValue", value);
            }
            What::Link { relation, target } => {
                self.graph.set(bean, "relationType", relation.name());
                if let Some(target) = self.store.get(*target) {
                    let id = super::id(self.graph, self.store, target);
                    self.graph.set(bean, "relatedObjectId", id);
                }
            }
        }
        bean
    }
}
