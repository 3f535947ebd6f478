//! Queries. They need a data base that can be asked, and there is none: what is well-formed
//! is refused for that.
use super::targets;
use crate::model::Kind;
use crate::sandbox::fault::{not_found, refused};
use crate::sandbox::store::Number;
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::View;

/// Checks the creations, and refuses the first of them.
pub(super) fn create(
    _work: &mut Work<'_>,
    creations: &[View<'_>],
) -> Result<Vec<Number>, Fault> {
    creations.iter().map(|&creation| refuse(creation)).collect()
}

fn refuse(creation: View<'_>) -> Result<Number, Fault> {
    let text = |name| creation.text(name).unwrap_or_default();
    let Some(database) = creation.inner("databaseId") else {
        return Err(refused("Database id cannot be null."));
    };
    if text("name").is_empty() {
        return Err(refused("Name cannot be empty."));
    }
    if text("queryType").is_empty() {
        return Err(refused("Query type cannot be null."));
    }
    if text("sql").is_empty() {
        return Err(refused("Sql cannot be empty."));
    }
    if !text("sql").trim_start().to_lowercase().starts_with("select") {
        return Err(refused("Sorry, only select statements are allowed."));
    }
    Err(no_database(database))
}

/// The refusal of a data base by its name.
pub(in crate::sandbox) fn no_database(id: View<'_>) -> Fault {
    not_found(id.name(), id.text("name").unwrap_or("null"))
}

pub(super) fn update(work: &mut Work<'_>, updates: &[View<'_>]) -> Result<(), Fault> {
    targets(work, Kind::Query, updates).map(|_| ())
}
