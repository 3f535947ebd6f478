//! Methods that are no verb of a kind, one file for each group of them.
mod absent;
mod codes;
mod files;
mod global;
mod information;
mod modifications;
mod operations;
mod queries;
mod rights;
mod sessions;
mod trash;

use super::session::{Session, Sessions};
use super::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node, View};
pub(super) use information::public_information;

/// What such a method is given.
#[derive(Clone, Copy)]
pub(super) struct Asked<'r> {
    pub(super) graph: &'r Graph,
    /// The parameters, the session token first.
    pub(super) params: &'r [Node],
    pub(super) session: &'r Session,
    /// Whether a personal access token stands for the session.
    pub(super) is_personal: bool,
    pub(super) sessions: &'r Sessions,
}

/// Carries out such a method.
pub(super) type Single = fn(&mut Work<'_>, &Asked<'_>, &mut Graph) -> Result<Node, Fault>;

const SINGLES: &[(&str, Single)] = &[
    ("getServerInformation", information::server),
    ("getSessionInformation", information::session),
    ("searchSessionInformation", sessions::search),
    ("getRights", rights::get),
    ("createPermIdStrings", codes::perm_ids),
    ("createCodes", codes::codes),
    ("evaluatePlugin", absent::evaluation),
    ("searchGlobally", global::search),
    ("executeQuery", queries::execute),
    ("executeSql", queries::execute_sql),
    ("searchObjectKindModifications", modifications::search),
    ("executeImport", absent::exchange),
    ("executeExport", absent::exchange),
    ("executeCustomASService", absent::service),
    ("archiveDataSets", files::archive),
    ("unarchiveDataSets", files::unarchive),
    ("lockDataSets", files::lock),
    ("unlockDataSets", files::unlock),
    ("executeOperations", operations::execute),
    ("revertDeletions", trash::revert),
    ("confirmDeletions", trash::confirm),
];

/// What carries out the method of this name.
pub(super) fn named(method: &str) -> Option<Single> {
    SINGLES.iter().find(|row| row.0 == method).map(|row| row.1)
}

impl<'r> Asked<'r> {
    fn param(&self, place: usize) -> &'r Node {
        self.params.get(place).unwrap_or(&Node::Null)
    }

    fn text(&self, place: usize) -> Option<&'r str> {
        match self.param(place) {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }

    fn integer(&self, place: usize) -> i64 {
        match self.param(place) {
            Node::Integer(number) => *number,
            _ => 0,
        }
    }

    fn flag(&self, place: usize) -> bool {
        matches!(self.param(place), Node::Flag(true))
    }

    fn view(&self, place: usize) -> Option<View<'r>> {
        match self.param(place) {
            Node::Bean(number) => Some(self.graph.view(*number)),
            _ => None,
        }
    }

    /// The beans of a list, without its nulls.
    fn views(&self, place: usize) -> Vec<View<'r>> {
        let Node::List(items) = self.param(place) else { return Vec::new() };
        let views = items.iter().filter_map(|item| match item {
            Node::Bean(number) => Some(self.graph.view(*number)),
            _ => None,
        });
        views.collect()
    }
}
