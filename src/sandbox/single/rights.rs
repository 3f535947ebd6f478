//! What the caller may do to objects, be they there or not.
use super::Asked;
use crate::model::Kind;
use crate::sandbox::fault::{null_pointer, refused};
use crate::sandbox::ids::{self, Lookup, holder};
use crate::sandbox::rights::{Action, Place, place};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node, View};

/// The kinds that are told of, by the beginning of their ids' classes.
const KINDS: &[(&str, Kind)] = &[
    ("Project", Kind::Project),
    ("Experiment", Kind::Experiment),
    ("Sample", Kind::Sample),
    ("DataSet", Kind::DataSet),
];

pub(super) fn get(
    work: &Work<'_>,
    asked: &Asked<'_>,
    out: &mut Graph,
) -> Result<Node, Fault> {
    if matches!(asked.param(1), Node::Null) {
        return Err(null_pointer());
    }
    let mut found: Vec<(String, Node)> = Vec::new();
    for id in asked.views(1) {
        let Some(kind) = kind(id) else { continue };
        let key = ids::key(id);
        if found.iter().any(|(known, _)| *known == key) {
            continue;
        }
        let rights = rights(work, kind, id)?;
        let bean = out.add("as.dto.rights.Rights");
        let names = rights.into_iter().map(|(_, name)| name.into());
        out.set(bean, "rights", Node::List(names.collect()));
        found.push((key, Node::Bean(bean)));
    }
    Ok(Node::Map(found))
}

fn kind(id: View<'_>) -> Option<Kind> {
    let class = id.name();
    let is =
        |start: &str| matches!(class.strip_prefix(start), Some("PermId" | "Identifier"));
    KINDS.iter().find(|row| is(row.0)).map(|row| row.1)
}

fn rights(
    work: &Work<'_>,
    kind: Kind,
    id: View<'_>,
) -> Result<Vec<(Action, &'static str)>, Fault> {
    let (there, mut all) = match ids::find(work, kind, id, Lookup::Reference)? {
        Some(number) => {
            let there = place(&work.store, work.object(number)?);
            (there, vec![(Action::Update, "UPDATE"), (Action::Delete, "DELETE")])
        }
        None => (missing(work, kind, id)?, vec![(Action::Create, "CREATE")]),
    };
    all.retain(|&(action, _)| work.rights.may(action, kind, there));
    Ok(all)
}

/// Where something is to be that is not there.
fn missing(work: &Work<'_>, kind: Kind, id: View<'_>) -> Result<Place, Fault> {
    let text = ids::text(id);
    if id.name().ends_with("Identifier") {
        return holder::of(work, kind, &text);
    }
    if kind == Kind::DataSet {
        return Ok(Place::Server);
    }
    let noun = kind.spec().name.to_lowercase();
    Err(refused(format!("Unknown {noun} with perm id {text}.")))
}
