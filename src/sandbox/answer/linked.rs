//! Where the files of a linked data set are.
use super::Answerer;
use crate::model::Kind;
use crate::sandbox::content_copy::ContentCopy;
use crate::sandbox::rules::CONTENT_COPIES;
use crate::sandbox::store::Object;
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node};

/// What a place outside openBIS is asked for with.
const OPTIONS: &str = "as.dto.externaldms.fetchoptions.ExternalDmsFetchOptions";

impl Answerer<'_> {
    /// What was asked of it is not told again: the systems come in any case.
    pub(super) fn linked_data(&mut self, object: &Object) -> Result<Node, Fault> {
        let Some(kept) = object.map(CONTENT_COPIES) else { return Ok(Node::Null) };
        let bean = self.graph.add("as.dto.dataset.LinkedData");
        let options =
            self.graph.add("as.dto.dataset.fetchoptions.LinkedDataFetchOptions");
        self.graph.set(bean, "fetchOptions", Node::Bean(options));
        let copies: Vec<(&String, ContentCopy)> =
            kept.iter().map(|(id, text)| (id, ContentCopy::read(text))).collect();
        let outer = copies.iter().find(|(_, copy)| copy.external_code.is_some());
        let code = outer.and_then(|(_, copy)| copy.external_code.as_deref());
        self.graph.set(bean, "externalCode", code.unwrap_or_default());
        if let Some((_, copy)) = outer {
            let dms = self.dms(copy)?;
            self.graph.set(bean, "externalDms", dms);
        }
        let mut beans = Vec::with_capacity(copies.len());
        for (id, copy) in &copies {
            beans.push(self.content_copy(id, copy)?);
        }
        self.graph.set(bean, "contentCopies", beans);
        Ok(Node::Bean(bean))
    }

    fn content_copy(&mut self, id: &str, copy: &ContentCopy) -> Result<Node, Fault> {
        let bean = self.graph.add("as.dto.dataset.ContentCopy");
        let own = self.graph.add("as.dto.dataset.id.ContentCopyPermId");
        self.graph.set(own, "permId", id);
        self.graph.set(bean, "id", Node::Bean(own));
        let dms = self.dms(copy)?;
        self.graph.set(bean, "externalDms", dms);
        for (field, text) in [
            ("externalCode", &copy.external_code),
            ("path", &copy.path),
            ("gitCommitHash", &copy.commit),
            ("gitRepositoryId", &copy.repository),
        ] {
            self.graph.set(bean, field, text.as_deref());
        }
        Ok(Node::Bean(bean))
    }

    fn dms(&mut self, copy: &ContentCopy) -> Result<Node, Fault> {
        let found = self.store.find(Kind::ExternalDms, "code", &copy.dms);
        let Some(number) = found.map(|dms| dms.number) else { return Ok(Node::Null) };
        let mut asked = Graph::new();
        let options = asked.add(OPTIONS);
        self.apart(number, asked.view(options))
    }
}
