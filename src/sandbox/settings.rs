use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use super::Clock;
use crate::wire::bean::Dialect;

/// What a new sandbox holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seed {
    /// What a server holds that was just installed.
    Empty,
    /// The masterdata of the ELN besides.
    Eln,
    /// A small lab on that.
    Demo,
}

/// How a sandbox is opened.
#[derive(Clone)]
pub struct Settings {
    pub seed: Seed,
    /// User ids with their passwords; the first one is the administrator.
    pub users: Vec<(String, String)>,
    /// Whether everybody may log in with every password that is not blank.
    pub any_password: bool,
    /// The user id of those who log in without a name; nothing, if nobody may.
    pub anonymous_user: Option<String>,
    /// Which version of the interface is spoken, and how strictly.
    pub dialect: Dialect,
    /// The folder that it is kept in; nothing, if it is forgotten at the end.
    pub data: Option<PathBuf>,
    pub clock: Arc<dyn Clock>,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("seed", &self.seed)
            .field("any_password", &self.any_password)
            .field("data", &self.data)
            .finish_non_exhaustive()
    }
}
