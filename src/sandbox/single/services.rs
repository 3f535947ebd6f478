//! The services that the plug-ins of a lab bring along: they are told of, and but for the
//! counting of codes not run.
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

/// The service of the notebook, and what of it is run here.
const NOTEBOOK: &str = "as-eln-lims-api";
const NEXT: &str = "getNextSequenceForType";

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
    let known = services(&work.store).contains(&code);
    let parameters = asked.view(2).map_or(&[][..], |options| options.map("parameters"));
    let given = |name: &str| {
        let found = parameters.iter().find(|(key, _)| key == name);
        found.map_or(&Node::Null, |(_, value)| value)
    };
    if known && code == NOTEBOOK && *given("method") == Node::from(NEXT) {
        return next_in_sequence(&work.store, given("sampleTypeCode"));
    }
    if known {
        return Err(failed(format!("The service `{code}` is not run here.")));
    }
    Err(not_found("CustomASServiceCode", code))
}

/// One more than the highest number behind the prefix in the codes of a type's samples,
/// those in the trash among them.
fn next_in_sequence(store: &Store, code: &Node) -> Result<Node, Fault> {
    let code = if let Node::Text(code) = code { code.as_str() } else { "null" };
    let Some(of) = store.find(Kind::SampleType, "code", code) else {
        return Err(failed(format!("There is no sample type '{code}'.")));
    };
    let prefix = of.text("generatedCodePrefix").unwrap_or_default();
    let number = |code: &str| {
        let rest = code.strip_prefix(prefix)?;
        let plain = rest.bytes().all(|byte| byte.is_ascii_digit());
        rest.parse::<i64>().ok().filter(|_| plain)
    };
    let samples = store.linking(Kind::Sample, "type", of.number);
    let highest = samples.filter_map(|sample| number(sample.code())).max();
    Ok(Node::Integer(highest.unwrap_or(0) + 1))
}
