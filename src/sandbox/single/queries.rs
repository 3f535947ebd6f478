//! Running queries: as far as it goes without a data base.
use super::Asked;
use crate::model::Kind;
use crate::sandbox::fault::{failed, refused};
use crate::sandbox::ids;
use crate::sandbox::rules::queries::no_database;
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node};

pub(super) fn execute(
    work: &Work<'_>,
    asked: &Asked<'_>,
    _out: &mut Graph,
) -> Result<Node, Fault> {
    let Some(id) = asked.view(1) else {
        return Err(refused("Query id cannot be null"));
    };
    if asked.view(2).is_none() {
        return Err(refused("Query execution options cannot be null"));
    }
    ids::require(work, Kind::Query, id)?;
    Err(failed("There is no data base to ask."))
}

pub(super) fn execute_sql(
    _work: &Work<'_>,
    asked: &Asked<'_>,
    _out: &mut Graph,
) -> Result<Node, Fault> {
    if asked.text(1).is_none() {
        return Err(refused("Sql cannot be null"));
    }
    let Some(options) = asked.view(2) else {
        return Err(refused("Sql execution options cannot be null"));
    };
    match options.inner("databaseId") {
        Some(id) => Err(no_database(id)),
        None => Err(refused("Database id cannot be null")),
    }
}
