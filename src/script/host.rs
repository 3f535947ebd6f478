use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crate::client::{Client, Credentials};
use crate::model::Timestamp;

use super::{Desk, SavedToken, ScriptError};

/// The world of a script, handed in by whoever runs it.
#[derive(Clone)]
pub struct Host {
    /// What `o` is.
    pub session: Client,
    /// Where its changes go.
    pub desk: Desk,
    pub connect: Arc<dyn Connect>,
    pub tokens: Arc<dyn TokenFiles>,
    pub console: Arc<dyn Console>,
    pub clock: Arc<dyn Clock>,
    /// Set from outside to end the script at its next step.
    pub cancel: Arc<AtomicBool>,
    /// What `params` is.
    pub params: rhai::Map,
    /// Below which a script may read and write files.
    pub folder: PathBuf,
    /// The value of a variable of the environment.
    pub environment: Variables,
}

/// Gives the value of a variable of the environment, by its name.
pub type Variables = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Makes further sessions: `Openbis(url)`, `connect("profile")`.
pub trait Connect: Send + Sync {
    fn profile(&self, name: &str) -> Result<Client, ScriptError>;

    fn url(&self, url: &str, options: ConnectOptions) -> Result<Client, ScriptError>;

    /// Whether a profile is of the server at this address: it is permitted then.
    fn is_known(&self, url: &str) -> bool;
}

/// Tokens in files, which their owner alone may read.
pub trait TokenFiles: Send + Sync {
    /// The personal access tokens, of this host only.
    fn personal(&self, host: Option<&str>) -> Result<Vec<SavedToken>, ScriptError>;

    /// The session tokens, by the names that they are kept under.
    fn sessions(&self) -> Result<Vec<SavedToken>, ScriptError>;

    /// Keeps personal access tokens of a server; with `all` no others of it are kept any
    /// more.
    fn keep(
        &self,
        url: &str,
        tokens: &[SavedToken],
        all: bool,
    ) -> Result<(), ScriptError>;
}

/// What `Openbis(url, #{…})` can be told.
#[derive(Clone, Default)]
pub struct ConnectOptions {
    pub credentials: Credentials,
    /// Whether the certificate is checked; `None` leaves it to the profile.
    pub verify_certificates: Option<bool>,
}

/// Where a script's words go.
pub trait Console: Send + Sync {
    /// Data, for stdout.
    fn print(&self, text: &str);

    /// Talk, for stderr.
    fn say(&self, level: Level, text: &str);

    /// A bar that moves, where there is a terminal; without a total it only counts.
    fn progress(&self, label: &str, total: Option<u64>) -> Box<dyn Progress>;

    /// The answer of a person; false where nobody can be asked.
    fn confirm(&self, question: &str) -> bool;

    fn is_terminal(&self) -> bool;
}

/// How loud something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Debug,
    Info,
    Warning,
    Error,
}

/// A bar on the terminal.
pub trait Progress: Send + Sync {
    fn advance(&self, steps: u64);

    fn message(&self, text: &str);

    fn finish(&self);
}

/// What time it is, and waiting.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;

    fn sleep(&self, time: Duration);
}
