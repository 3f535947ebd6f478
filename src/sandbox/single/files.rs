//! What becomes of the files of data sets.
use super::Asked;
use crate::sandbox::fault::failed;
use crate::sandbox::rules::archiving::{self, Wish};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node};

pub(super) fn archive(
    work: &mut Work<'_>,
    asked: &Asked<'_>,
    _out: &mut Graph,
) -> Result<Node, Fault> {
    let removes =
        asked.view(2).is_some_and(|options| options.flag("removeFromDataStore"));
    begin(work, asked, if removes { Wish::Archive } else { Wish::Backup })
}

pub(super) fn unarchive(
    work: &mut Work<'_>,
    asked: &Asked<'_>,
    _out: &mut Graph,
) -> Result<Node, Fault> {
    begin(work, asked, Wish::Unarchive)
}

pub(super) fn lock(
    work: &mut Work<'_>,
    asked: &Asked<'_>,
    _out: &mut Graph,
) -> Result<Node, Fault> {
    begin(work, asked, Wish::Lock)
}

pub(super) fn unlock(
    work: &mut Work<'_>,
    asked: &Asked<'_>,
    _out: &mut Graph,
) -> Result<Node, Fault> {
    begin(work, asked, Wish::Unlock)
}

fn begin(work: &mut Work<'_>, asked: &Asked<'_>, wish: Wish) -> Result<Node, Fault> {
    if matches!(asked.param(1), Node::Null) {
        return Err(failed("Data set ids cannot be null"));
    }
    if asked.view(2).is_none() {
        return Err(failed("Options cannot be null"));
    }
    archiving::begin(work, wish, &asked.views(1))?;
    Ok(Node::Null)
}
