//! Numbers for clients that make their own codes.
use super::Asked;
use crate::model::Kind;
use crate::sandbox::fault::refused;
use crate::sandbox::rights::{Action, Place};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node};

pub(super) fn perm_ids(
    work: &mut Work<'_>,
    asked: &Asked<'_>,
    _out: &mut Graph,
) -> Result<Node, Fault> {
    let count = asked.integer(1);
    if count <= 0 || count > i64::from(i32::MAX) {
        return Err(refused("Count cannot be <= 0"));
    }
    if count > 100 {
        return Err(refused(format!(
            "Cannot create more than 100 ids in one call ({count} requested)"
        )));
    }
    allowed(work)?;
    Ok(Node::List((0..count).map(|_| work.perm_id().into()).collect()))
}

pub(super) fn codes(
    work: &mut Work<'_>,
    asked: &Asked<'_>,
    _out: &mut Graph,
) -> Result<Node, Fault> {
    let count = asked.integer(3);
    let prefix = asked.text(1).unwrap_or_default();
    let Some(kind) = asked.text(2) else {
        return Err(refused("Entity kind cannot be null"));
    };
    if count <= 0 {
        return Err(refused("Count cannot be <= 0"));
    }
    allowed(work)?;
    let sequence = match kind {
        "SAMPLE" => "sampleCode".to_owned(),
        _ => format!("code of {kind}"),
    };
    let codes =
        (0..count).map(|_| format!("{prefix}{}", work.store.next(&sequence)).into());
    Ok(Node::List(codes.collect()))
}

fn allowed(work: &Work<'_>) -> Result<(), Fault> {
    work.rights.check(Action::Number, Kind::Sample, Place::Server, ("", ""))
}
