//! What scripts and commands need from the machine they run on.
mod clock;
mod connect;
mod console;
mod cupboard;
mod dump;
mod embedded;
mod environment;
mod first_use;
mod folders;
mod interrupt;
mod nowhere;
mod passwords;
mod patience;
mod place;
mod route;
mod runs;
mod session;
mod tracer;
mod wallet;
mod wire_log;

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use rhai::Dynamic;

pub(crate) use clock::{SystemClock, local};
pub(crate) use connect::Connector;
pub(crate) use console::Terminal;
pub(crate) use dump::forbid as forbid_dumps;
pub(crate) use environment::Environment;
pub(crate) use folders::Folders;
pub(crate) use interrupt::Interrupt;
pub(crate) use passwords::{
    hidden, piped_secret, told as password_told, typed as password_typed,
};
pub(crate) use place::{Known, Place, Server};
pub(crate) use runs::{Doing, Running, unique};
pub(crate) use session::Sessions;

use super::global::{Format, Global};
use super::mistake::Mistake;
use super::output;
use super::settings::{Config, Settings};
use super::vault::{TokenFolders, Vault};
use crate::client::{self, Client};
use crate::script::recipe::Recipe;
use crate::script::{Desk, Failure, Host, Rules, report::Table};
use first_use::Confirmed;
use nowhere::Nowhere;
use tracer::Tracer;
use wire_log::WireLog;

/// Everything that commands share.
pub(crate) struct World {
    pub(crate) global: Global,
    pub(crate) environment: Environment,
    pub(crate) folders: Folders,
    pub(crate) config: Config,
    pub(crate) interrupt: Interrupt,
    pub(crate) terminal: Arc<Terminal>,
    pub(crate) sessions: Sessions,
    /// The session of this process, once it is open.
    session: OnceLock<Client>,
}

impl World {
    pub(crate) fn new(
        global: Global,
        environment: Environment,
        interrupt: Interrupt,
        terminal: Arc<Terminal>,
    ) -> anyhow::Result<Self> {
        let folders = Folders::find(environment.home.as_deref())?;
        let config = Config::read(&folders.config_file())?;
        let wire_log =
            global.wire_log.as_deref().map(WireLog::open).transpose()?.map(Arc::new);
        let may_have_keyring = environment.has_desktop && environment.home.is_none();
        let sessions = Sessions {
            vault: Vault::new(folders.tokens(), may_have_keyring),
            words: folders.words(),
            confirmed: Arc::new(Confirmed::new(
                Arc::clone(&terminal),
                folders.config_file(),
            )),
            wire_log,
            terminal: Arc::clone(&terminal),
            insecure: global.insecure,
            tracer: Arc::new(Tracer::new(Arc::clone(&terminal), global.verbose)),
            cancel: interrupt.cancel(),
        };
        let session = OnceLock::new();
        Ok(Self {
            global,
            environment,
            folders,
            config,
            interrupt,
            terminal,
            sessions,
            session,
        })
    }

    /// Writes a value to stdout, in the format that was asked for.
    pub(crate) fn show(&self, value: &Dynamic) -> Result<(), Failure> {
        let format = self.format();
        self.terminal.write(&output::render(value, format, Terminal::width())?);
        Ok(())
    }

    /// Writes a table of our own to stdout, in the format that was asked for.
    pub(crate) fn print_table(&self, table: &Table) {
        let format = self.format();
        let text = output::render_table(table, format, Terminal::width());
        self.terminal.write(&text);
    }

    /// How values are written.
    pub(crate) fn format(&self) -> Format {
        self.known()
            .settings(None)
            .map(|(settings, _)| settings.output())
            .unwrap_or_default()
    }

    /// What is set, for a run of this recipe, and the profile that it is of.
    pub(crate) fn settings(
        &self,
        recipe: Option<&Recipe>,
    ) -> Result<(Settings, Option<&str>), Mistake> {
        self.known().settings(recipe)
    }

    pub(crate) fn known(&self) -> Known<'_> {
        Known {
            global: &self.global,
            environment: &self.environment,
            config: &self.config,
            folder: self.folders.config(),
        }
    }

    /// Which openBIS is meant.
    pub(crate) fn place(&self) -> anyhow::Result<Place> {
        Ok(self.known().place()?)
    }

    /// The session with the openBIS that is meant: one for the whole process.
    pub(crate) fn session(&self) -> anyhow::Result<Client> {
        if let Some(session) = self.session.get() {
            return Ok(session.clone());
        }
        let session = self.sessions.open(&self.place()?)?;
        Ok(self.session.get_or_init(|| session).clone())
    }

    /// The server that is meant, where one can log in.
    pub(crate) fn server(&self) -> anyhow::Result<Server> {
        match self.place()? {
            Place::Server(server) => Ok(server),
            Place::Nowhere => Err(client::Error::NoServer.into()),
            Place::Sandbox(_) => {
                Err(Mistake::new("the sandbox in the process needs no login").into())
            }
        }
    }

    /// Says what the calls took, where that is wanted.
    pub(crate) fn sum_up(&self) {
        if self.global.timing {
            let summary = self.sessions.tracer.summary();
            let text = output::render_table(&summary, Format::Table, None);
            self.terminal.talk(text.trim_end());
        }
    }

    /// The world of a script that runs with these parameters.
    pub(crate) fn host(&self, params: rhai::Map) -> anyhow::Result<Host> {
        let session = self.session()?;
        Ok(Host { session, params, ..self.host_without_openbis() })
    }

    /// The world of a script that is read and not run.
    pub(crate) fn host_without_openbis(&self) -> Host {
        let connector = Connector {
            sessions: self.sessions.clone(),
            config: self.config.clone(),
            global: self.global.clone(),
            environment: self.environment.clone(),
            folder: self.folders.config().to_owned(),
        };
        let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        Host {
            session: Nowhere::session(),
            desk: Desk::ruled(
                Rules { typed: true, ..self.rules(None).unwrap_or_default() },
                None,
            ),
            connect: Arc::new(connector),
            tokens: Arc::new(TokenFolders::new(self.folders.tokens(), Folders::pybis())),
            console: Arc::clone(&self.terminal) as Arc<_>,
            clock: Arc::new(SystemClock),
            cancel: self.interrupt.cancel(),
            params: rhai::Map::new(),
            folder: here,
            environment: Arc::new(Environment::value),
        }
    }
}
