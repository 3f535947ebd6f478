//! What a strict sandbox refuses, though a server ignores it in silence.
use super::fault::refused;
use super::store::Store;
use crate::model::Kind;
use crate::wire::Fault;
use crate::wire::bean::{Graph, View};

/// Refuses criteria and sortings that would do nothing.
///
/// # Errors
/// Names the first of them.
pub(super) fn check(graph: &Graph, store: &Store) -> Result<(), Fault> {
    let mut beans = (0..graph.len()).map(|number| graph.view(number));
    beans.find_map(|bean| idle(bean, store)).map_or(Ok(()), |text| {
        Err(refused(format!("{text} A server would ignore that; this one is strict.")))
    })
}

/// Why a bean would do nothing.
fn idle(bean: View<'_>, store: &Store) -> Option<String> {
    let field = bean.text("fieldName").or(bean.text("field"));
    if bean.flag("negated") && bean.text("fieldName").is_some() {
        return Some(format!("Criteria on a field cannot be negated: {}.", bean.name()));
    }
    let code = match bean.text("fieldType") {
        Some("PROPERTY") => field,
        Some(_) => None,
        None => field.filter(|_| bean.name() == "Sorting")?.strip_prefix("PROPERTY"),
    }?;
    let is_known = store.find(Kind::PropertyType, "code", code).is_some();
    (!is_known).then(|| format!("There is no property type '{code}'."))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SORTING: &str = "as.dto.common.fetchoptions.Sorting";

    #[test]
    fn properties_that_are_not_there_and_negated_fields_are_named() {
        let mut store = Store::default();
        store.add(Kind::PropertyType, [("code", "SIZE".into())]);
        let refusal = |class, members: &[(&'static str, &str)], negated: bool| {
            let mut graph = Graph::new();
            let bean = graph.add(class);
            for &(name, text) in members {
                graph.set(bean, name, text);
            }
            graph.set(bean, "negated", negated);
            check(&graph, &store).err().map(|fault| fault.message)
        };
        assert_eq!(refusal(SORTING, &[("field", "PROPERTYSIZE")], false), None);
        assert_eq!(refusal(SORTING, &[("field", "CODE")], false), None);
        let unknown = refusal(SORTING, &[("field", "PROPERTYsize")], false);
        assert!(
            unknown.is_some_and(|text| text.starts_with("There is no property type"))
        );
        let class = "as.dto.common.search.CodeSearchCriteria";
        let negated = refusal(class, &[("fieldName", "code")], true);
        assert!(negated.is_some_and(|text| text.contains("cannot be negated")));
    }
}
