//! Operations that are no verb of a kind.
use super::{Outcome, verb};
use crate::sandbox::fault::failed;
use crate::sandbox::single::{self, Asked};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node, View};

/// A method as an operation: the fields that are its parameters, and the field of the result
/// that holds what it answers; empty where it answers nothing.
struct Other {
    method: &'static str,
    params: &'static [&'static str],
    result: &'static str,
}

const fn row(
    method: &'static str,
    params: &'static [&'static str],
    result: &'static str,
) -> Other {
    Other { method, params, result }
}

/// The field of a get's result that stands for all of them.
const OBJECTS: &str = "objects";

const OTHERS: &[Other] = &[
    row(
        "confirmDeletions",
        &["deletionIds", "forceDeletionOfDependentDeletions", "forceDeletion"],
        "",
    ),
    row("revertDeletions", &["deletionIds"], ""),
    row("archiveDataSets", &["dataSetIds", "options"], ""),
    row("unarchiveDataSets", &["dataSetIds", "options"], ""),
    row("lockDataSets", &["dataSetIds", "options"], ""),
    row("unlockDataSets", &["dataSetIds", "options"], ""),
    row("getServerInformation", &[], "serverInformation"),
    row("getSessionInformation", &[], "sessionInformation"),
    row("searchSessionInformation", &["criteria", "fetchOptions"], "searchResult"),
    row("searchGlobally", &["criteria", "fetchOptions"], "searchResult"),
    row("searchObjectKindModifications", &["criteria", "fetchOptions"], "searchResult"),
    row("getRights", &["objectIds", "fetchOptions"], OBJECTS),
    row("createPermIds", &["count"], "permIds"),
    row("createCodes", &["prefix", "entityKind", "count"], "codes"),
    row("evaluatePlugin", &["options"], "result"),
    row("executeQuery", &["queryId", "options"], "result"),
    row("executeSql", &["sql", "options"], "result"),
    row("searchCustomASServices", &["criteria", "fetchOptions"], "searchResult"),
    row("executeCustomASService", &["serviceId", "options"], "result"),
];

/// Carries out such an operation; gives what its result holds and what it says.
pub(super) fn run(
    work: &mut Work<'_>,
    (method, operation): (&str, View<'_>),
    asked: &Asked<'_>,
    out: &mut Graph,
) -> Result<Outcome, Fault> {
    let unknown = || failed(format!("{method} is not supported."));
    let row = OTHERS.iter().find(|row| row.method == method).ok_or_else(unknown)?;
    let name = if method == "createPermIds" { "createPermIdStrings" } else { method };
    let run = single::named(name).ok_or_else(unknown)?;
    let mut params = vec![Node::Null];
    params.extend(row.params.iter().map(|field| operation.get(field).clone()));
    let asked = Asked { graph: operation.graph(), params: &params, ..*asked };
    let answer = run.run(work, &asked, out)?;
    Ok(match row.result {
        "" => (Vec::new(), String::new()),
        OBJECTS => verb::got(operation, answer, out),
        field => (vec![(field, answer)], String::new()),
    })
}
