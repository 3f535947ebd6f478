//! Methods that are no verb of a kind, one file for each group of them.
mod absent;
mod codes;
mod exports;
mod files;
mod global;
mod information;
mod modifications;
mod operations;
mod queries;
mod rights;
mod services;
mod sessions;
mod trash;

use super::sandbox::Sandbox;
use super::session::{Session, Sessions};
use super::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Graph, Node, View};
pub(super) use information::{public_information, version};
pub(super) use operations::carry_out;

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
    pub(super) sandbox: &'r Sandbox,
}

/// Carries out such a method.
#[derive(Clone, Copy)]
pub(super) enum Single {
    /// One that changes nothing.
    Reads(fn(&Work<'_>, &Asked<'_>, &mut Graph) -> Result<Node, Fault>),
    Changes(fn(&mut Work<'_>, &Asked<'_>, &mut Graph) -> Result<Node, Fault>),
}

use Single::{Changes, Reads};

const SINGLES: &[(&str, Single)] = &[
    ("getServerInformation", Reads(information::server)),
    ("getSessionInformation", Reads(information::session)),
    ("searchSessionInformation", Reads(sessions::search)),
    ("getRights", Reads(rights::get)),
    ("searchGlobally", Reads(global::search)),
    ("executeQuery", Reads(queries::execute)),
    ("executeSql", Reads(queries::execute_sql)),
    ("searchObjectKindModifications", Reads(modifications::search)),
    ("executeImport", Reads(absent::imports)),
    ("executeExport", Reads(exports::execute)),
    ("evaluatePlugin", Reads(absent::evaluation)),
    ("searchCustomASServices", Reads(services::search)),
    ("executeCustomASService", Reads(services::execute)),
    ("createPermIdStrings", Changes(codes::perm_ids)),
    ("createCodes", Changes(codes::codes)),
    ("archiveDataSets", Changes(files::archive)),
    ("unarchiveDataSets", Changes(files::unarchive)),
    ("lockDataSets", Changes(files::lock)),
    ("unlockDataSets", Changes(files::unlock)),
    ("executeOperations", Changes(operations::execute)),
    ("revertDeletions", Changes(trash::revert)),
    ("confirmDeletions", Changes(trash::confirm)),
];

/// What carries out the method of this name.
pub(super) fn named(method: &str) -> Option<Single> {
    SINGLES.iter().find(|row| row.0 == method).map(|row| row.1)
}

impl Single {
    pub(super) fn run(
        self,
        work: &mut Work<'_>,
        asked: &Asked<'_>,
        out: &mut Graph,
    ) -> Result<Node, Fault> {
        match self {
            Reads(run) => run(work, asked, out),
            Changes(run) => run(work, asked, out),
        }
    }
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
