//! Methods of which there is only the refusal.
use super::Asked;
use crate::sandbox::fault::{failed, refused};
use crate::sandbox::rights::{Place, Role};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node};

/// Plugins do not run here.
pub(super) fn evaluation(
    work: &Work<'_>,
    _asked: &Asked<'_>,
    _out: &mut Graph,
) -> Result<Node, Fault> {
    only_for(work, &[Role::InstanceAdmin])?;
    Err(failed("Plugins are not run."))
}

/// Nothing is imported.
pub(super) fn imports(
    _work: &Work<'_>,
    _asked: &Asked<'_>,
    _out: &mut Graph,
) -> Result<Node, Fault> {
    Err(refused("This server imports no files."))
}

fn only_for(work: &Work<'_>, roles: &[Role]) -> Result<(), Fault> {
    if work.rights.holds(roles, Place::Server) {
        return Ok(());
    }
    Err(work.rights.lacks(roles))
}
