//! The services that the plug-ins of a lab bring along: they are told of, and not run.
use super::Asked;
use crate::model::Kind;
use crate::sandbox::answer::Answerer;
use crate::sandbox::fault::{failed, not_found};
use crate::sandbox::search;
use crate::sandbox::store::Store;
use crate::sandbox::verbs;
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node};

/// Those of the ELN.
const SERVICES: &[&str] = &[
    "admin-service",
    "as-eln-lims-api",
    "freeze-api",
    "publication-api",
    "xls-export",
    "xls-import",
];

/// The services of this server.
fn services(store: &Store) -> &'static [&'static str] {
    match store.find(Kind::SampleType, "code", "GENERAL_ELN_SETTINGS") {
        Some(_) => SERVICES,
        None => &[],
    }
}

pub(super) fn search(
    work: &Work<'_>,
    asked: &Asked<'_>,
    out: &mut Graph,
) -> Result<Node, Fault> {
    let criteria = asked.view(1).ok_or_else(|| failed("Criteria cannot be null."))?;
    let options = asked.view(2).ok_or_else(|| failed("Fetch options cannot be null."))?;
    let mut found = Vec::new();
    for &code in services(&work.store) {
        let mut fits = true;
        for inner in criteria.inners("criteria") {
            fits &= match (inner.name(), inner.inner("fieldValue"), inner.inner("id")) {
                ("IdSearchCriteria", _, Some(id)) => id.text("permId") == Some(code),
                (_, Some(value), _) => search::fits(value, code)?,
                _ => true,
            };
        }
        if fits {
            found.push(code);
        }
    }
    let copy = Answerer::new(work, out).options(options);
    let mut beans = Vec::new();
    for &code in search::page(&found, options)? {
        let id = out.add("as.dto.service.id.CustomASServiceCode");
        out.set(id, "permId", code);
        let bean = out.add("as.dto.service.CustomASService");
        out.set(bean, "fetchOptions", Node::Bean(copy));
        out.set(bean, "code", Node::Bean(id));
        out.set(bean, "label", code);
        out.set(bean, "description", "");
        beans.push(Node::Bean(bean));
    }
    Ok(verbs::result(out, beans, found.len()))
}

pub(super) fn execute(
    work: &Work<'_>,
    asked: &Asked<'_>,
    _out: &mut Graph,
) -> Result<Node, Fault> {
    let code = asked.view(1).and_then(|id| id.text("permId")).unwrap_or("null");
    if services(&work.store).contains(&code) {
        return Err(failed(format!("The service `{code}` is not run here.")));
    }
    Err(not_found("CustomASServiceCode", code))
}
