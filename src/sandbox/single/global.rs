//! The search for texts anywhere.
use super::Asked;
use crate::sandbox::answer::Answerer;
use crate::sandbox::fault::failed;
use crate::sandbox::search::{self, global};
use crate::sandbox::verbs;
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node};

pub(super) fn search(
    work: &Work<'_>,
    asked: &Asked<'_>,
    out: &mut Graph,
) -> Result<Node, Fault> {
    let criteria = asked.view(1).ok_or_else(|| failed("Criteria cannot be null."))?;
    let options = asked.view(2).ok_or_else(|| failed("Fetch options cannot be null."))?;
    let sees = |object: &_| work.rights.sees(&work.store, object);
    let mut hits = global::run(&work.store, criteria, &sees)?;
    global::sort(&work.store, &mut hits, options)?;
    let page = search::page(&hits, options)?;
    let mut answerer = Answerer::new(work, out);
    let mut objects = Vec::with_capacity(page.len());
    for hit in page {
        objects.push(answerer.hit(hit, options)?);
    }
    Ok(verbs::result(out, objects, hits.len()))
}
