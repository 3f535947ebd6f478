//! How files are stored and of which format they are, as an answer tells it.
use super::Answerer;
use crate::sandbox::formats::Format;
use crate::sandbox::store::Object;
use crate::wire::bean::{Node, View};

impl Answerer<'_> {
    /// What physical data names by the code in this field.
    pub(super) fn format(
        &mut self,
        object: &Object,
        format: &'static Format,
        options: View<'_>,
    ) -> Node {
        let Some(code) = object.text(format.field) else { return Node::Null };
        let copy = self.options.unpaged(self.graph, options);
        let key = (format.field, code.to_owned(), copy);
        if let Some(&bean) = self.formats.get(&key) {
            return Node::Bean(bean);
        }
        let bean = self.graph.add(format.class);
        self.formats.insert(key, bean);
        if format.tells_options {
            self.graph.set(bean, "fetchOptions", Node::Bean(copy));
        }
        self.graph.set(bean, "code", code);
        if let Some(description) = format.description(code) {
            self.graph.set(bean, "description", description);
        }
        Node::Bean(bean)
    }
}
