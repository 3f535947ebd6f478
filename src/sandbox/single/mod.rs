//! Methods that are no verb of a kind, one file for each group of them.
mod absent;
mod codes;
mod files;
mod information;
mod operations;
mod sessions;
mod trash;

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::session::{Session, Sessions};
use super::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node, Request, View};
pub(super) use information::public_information;

/// What such a method is given.
pub(super) struct Asked<'r> {
    pub(super) request: &'r Request,
    pub(super) session: &'r Session,
    pub(super) sessions: &'r Sessions,
    /// The ids of executions that clients gave.
    pub(super) executions: RefCell<&'r mut BTreeSet<String>>,
}

/// Carries out such a method.
pub(super) type Single = fn(&mut Work<'_>, &Asked<'_>, &mut Graph) -> Result<Node, Fault>;

const SINGLES: &[(&str, Single)] = &[
    ("getServerInformation", information::server),
    ("getSessionInformation", information::session),
    ("searchSessionInformation", sessions::search),
    ("createPermIdStrings", codes::perm_ids),
    ("createCodes", codes::codes),
    ("evaluatePlugin", absent::evaluation),
    ("searchEvents", absent::events),
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
        self.request.params.get(place).unwrap_or(&Node::Null)
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

    fn view(&self, place: usize) -> Option<View<'r>> {
        match self.param(place) {
            Node::Bean(number) => Some(self.request.graph.view(*number)),
            _ => None,
        }
    }

    /// The beans of a list, without its nulls.
    fn views(&self, place: usize) -> Vec<View<'r>> {
        let Node::List(items) = self.param(place) else { return Vec::new() };
        let views = items.iter().filter_map(|item| match item {
            Node::Bean(number) => Some(self.request.graph.view(*number)),
            _ => None,
        });
        views.collect()
    }
}
