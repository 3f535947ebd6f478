//! What scripts and commands need from the machine they run on.
mod clock;
mod config;
mod connect;
mod console;
mod embedded;
mod environment;
mod folders;
mod interrupt;
mod nowhere;
mod place;
mod runs;
mod session;
mod tokens;
mod wire_log;

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use rhai::Dynamic;

pub(crate) use clock::SystemClock;
pub(crate) use config::Config;
pub(crate) use connect::Connector;
pub(crate) use console::Terminal;
pub(crate) use environment::Environment;
pub(crate) use folders::Folders;
pub(crate) use interrupt::Interrupt;
pub(crate) use place::{Place, Server};
pub(crate) use runs::{Doing, Running};
pub(crate) use session::{Sessions, password_from};

use super::global::Global;
use super::mistake::Mistake;
use super::output;
use crate::client::{self, Client};
use crate::script::{Desk, Failure, Host, report::Table};
use nowhere::Nowhere;
use tokens::Tokens;
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
        let tokens = Tokens::in_folder(folders.tokens());
        let sessions = Sessions { tokens, wire_log };
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
        let format = self.global.output.unwrap_or_default();
        self.terminal.write(&output::render(value, format, Terminal::width())?);
        Ok(())
    }

    /// Writes a table of our own to stdout, in the format that was asked for.
    pub(crate) fn print_table(&self, table: &Table) {
        let format = self.global.output.unwrap_or_default();
        let text = output::render_table(table, format, Terminal::width());
        self.terminal.write(&text);
    }

    /// Which openBIS is meant.
    pub(crate) fn place(&self) -> anyhow::Result<Place> {
        Ok(Place::choose(&self.global, &self.environment, &self.config)?)
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

    /// The world of a script that runs with these parameters.
    pub(crate) fn host(&self, params: rhai::Map) -> anyhow::Result<Host> {
        let session = self.session()?;
        Ok(Host { session, params, ..self.host_without_openbis() })
    }

    /// The world of a script that is read and not run.
    pub(crate) fn host_without_openbis(&self) -> Host {
        let connector =
            Connector { sessions: self.sessions.clone(), config: self.config.clone() };
        let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        Host {
            session: Nowhere::session(),
            desk: Desk::new(),
            connect: Arc::new(connector),
            console: Arc::clone(&self.terminal) as Arc<_>,
            clock: Arc::new(SystemClock),
            cancel: self.interrupt.cancel(),
            params: rhai::Map::new(),
            folder: here,
        }
    }
}
