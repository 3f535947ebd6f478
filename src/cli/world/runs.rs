//! The runs of this process in the ledger of this machine.
use std::collections::hash_map::RandomState;
use std::fs::{File, TryLockError};
use std::hash::{BuildHasher, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;

use super::embedded::Embedded;
use super::{Folders, Place, SystemClock, World};
use crate::cli::exit::Exit;
use crate::cli::mistake::Mistake;
use crate::client::Client;
use crate::ledger::{self, About, Entry, Journal, Ledger, Plan, Run, RunId, RunKind};
use crate::script::Clock;

/// What a run is about, before it has changed anything.
pub(crate) struct Doing {
    pub(crate) kind: RunKind,
    pub(crate) script: String,
    /// The text of the script or plan.
    pub(crate) source: String,
    pub(crate) params: Vec<(String, String)>,
    /// The run that is undone.
    pub(crate) of: Option<RunId>,
    /// The id of a plan; where there is none, one is made up.
    pub(crate) key: Option<String>,
}

/// A run that this process carries out.
pub(crate) struct Running {
    pub(crate) journal: Arc<Journal>,
    held: Arc<Mutex<Option<Held>>>,
}

/// Says to other processes that a run is being carried out, as long as this one lives.
pub(crate) struct Held {
    _file: File,
    path: PathBuf,
}

impl World {
    /// The ledger of this machine.
    pub(crate) fn ledger(&self) -> anyhow::Result<Ledger> {
        let path = self.folders.ledger();
        open(&self.folders).with_context(|| format!("cannot open `{}`", path.display()))
    }

    /// The run that begins; it has a row in the ledger once it changes something. What is
    /// done in a sandbox that is gone afterwards is not kept.
    pub(crate) fn begin(&self, doing: Doing) -> anyhow::Result<Running> {
        let place = self.place()?;
        let client = self.session()?;
        let folders = self.folders.clone();
        let begun = self.environment.run.map(RunId);
        let held = Arc::new(Mutex::new(None));
        let holder = Arc::clone(&held);
        let started = Clock::now(&SystemClock);
        let journal = Journal::new(move || {
            let about = About { started, ..about(&doing, &place, &client) };
            let Some(_) = server(&place) else {
                let ledger = Ledger::in_memory()?;
                let run = ledger.begin_changing(&about, None)?;
                return Ok((Arc::new(ledger), run));
            };
            let ledger = open(&folders)?;
            let run = ledger.begin_changing(&about, begun)?;
            *holder.lock().unwrap_or_else(PoisonError::into_inner) =
                hold(&folders, run).map_err(ledger::Error::Folder)?;
            Ok((Arc::new(ledger), run))
        });
        Ok(Running { journal: Arc::new(journal), held })
    }

    /// Writes down what would be changed.
    pub(crate) fn write_plan(
        &self,
        doing: Doing,
        calls: Vec<Vec<Entry>>,
        file: &Path,
    ) -> anyhow::Result<()> {
        let plan = Plan {
            id: unique(),
            made: Clock::now(&SystemClock),
            script: doing.script,
            source: ledger::hash(&doing.source),
            params: doing.params,
            server: server(&self.place()?).unwrap_or_default(),
            calls,
        };
        std::fs::write(file, plan.write()?)
            .with_context(|| format!("cannot write `{}`", file.display()))?;
        let file = file.display();
        self.terminal.info(&format!("`rhobis apply {file}` makes these changes"));
        Ok(())
    }

    /// A run that was cut off, and goes on.
    pub(crate) fn resume(&self, run: &Run, held: Held) -> anyhow::Result<Running> {
        let journal = Journal::resume(Arc::new(self.ledger()?), run.id)?;
        let held = Arc::new(Mutex::new(Some(held)));
        Ok(Running { journal: Arc::new(journal), held })
    }

    /// Makes sure that no other process carries out this run.
    pub(crate) fn hold(&self, run: RunId) -> anyhow::Result<Held> {
        hold(&self.folders, run)?.ok_or_else(|| {
            let message = format!("run {} has not ended: it is at work", run.0);
            Mistake { exit: Exit::TryAgain, ..Mistake::new(message) }.into()
        })
    }

    /// Fails where another process carries out this run.
    pub(crate) fn expect_ended(&self, run: RunId) -> anyhow::Result<()> {
        drop(self.hold(run)?);
        Ok(())
    }

    /// The run with this number.
    pub(crate) fn run_of(ledger: &Ledger, run: i64) -> anyhow::Result<Run> {
        Ok(ledger.run(RunId(run))?.ok_or_else(|| {
            Mistake::missing(format!("no run {run}"))
                .hint("`rhobis runs` lists those that changed something")
        })?)
    }

    /// The world in which a run took place: the openBIS that it changed, unless another is
    /// named, which is refused.
    pub(crate) fn of_run(&self, run: &Run) -> anyhow::Result<Self> {
        let there = run.server.as_deref().unwrap_or_default();
        self.at(there, run.profile.as_deref(), &format!("run {}", run.id.0))
    }

    /// The world of this openBIS. `what` is about it, for messages.
    pub(crate) fn at(
        &self,
        there: &str,
        profile: Option<&str>,
        what: &str,
    ) -> anyhow::Result<Self> {
        let mut global = self.global.clone();
        let named = global.url.is_some()
            || global.profile.is_some()
            || global.sandbox.is_some()
            || self.environment.has_url()
            || self.environment.profile.is_some();
        if !named {
            match (profile, there.strip_prefix(SANDBOX)) {
                (Some(profile), _) => global.profile = Some(profile.to_owned()),
                (None, Some(folder)) => global.sandbox = Some(folder.into()),
                (None, None) => global.url = Some(there.to_owned()),
            }
        }
        let mut world = Self::new(
            global,
            self.environment.clone(),
            self.interrupt.clone(),
            Arc::clone(&self.terminal),
        )?;
        // What is summed up at the end is what this process has asked.
        world.sessions.tracer = Arc::clone(&self.sessions.tracer);
        let here = server(&world.place()?).unwrap_or_default();
        if here != there {
            let mistake = Mistake::conflict(format!("{what} is about `{there}`"));
            return Err(mistake.hint(format!("what is named here is `{here}`")).into());
        }
        Ok(world)
    }
}

impl Running {
    /// The number of the run, once it has changed something that is there afterwards.
    pub(crate) fn kept(&self) -> Option<RunId> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().and_then(|_| self.journal.run())
    }

    /// Writes down how the run ended.
    pub(crate) fn end(&self, exit: Exit) -> anyhow::Result<()> {
        self.journal.end(i32::from(exit as u8), Clock::now(&SystemClock))?;
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(held) = held {
            let _ = std::fs::remove_file(&held.path);
        }
        Ok(())
    }
}

const SANDBOX: &str = "sandbox:";

/// Where openBIS is, in a way that means the same tomorrow; nothing where it is gone then.
fn server(place: &Place) -> Option<String> {
    match place {
        Place::Server(server) => Some(server.url.clone()),
        Place::Sandbox(Some(folder)) => {
            let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.clone());
            Some(format!("{SANDBOX}{}", folder.display()))
        }
        Place::Sandbox(None) | Place::Nowhere => None,
    }
}

fn about(doing: &Doing, place: &Place, client: &Client) -> About {
    let (profile, user) = match place {
        Place::Server(server) => {
            let named = server.name != server.url;
            (
                named.then(|| server.name.clone()),
                server.settings.text("user").map(str::to_owned),
            )
        }
        Place::Sandbox(_) => (None, Some(Embedded::USER.to_owned())),
        Place::Nowhere => (None, None),
    };
    let asked = || client.session_information().ok().map(|told| told.user);
    About {
        kind: doing.kind,
        script: doing.script.clone(),
        source: doing.source.clone(),
        params: doing.params.clone(),
        profile,
        user: user.or_else(asked),
        server: server(place).unwrap_or_default(),
        of: doing.of,
        key: doing.key.clone().unwrap_or_else(unique),
        started: Clock::now(&SystemClock),
    }
}

/// A text that nobody else has.
pub(crate) fn unique() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}

fn open(folders: &Folders) -> Result<Ledger, ledger::Error> {
    let path = folders.ledger();
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(ledger::Error::Folder)?;
        if !path.exists() {
            // Its owner alone reads it, as all that a new file is made of here.
            let new = tempfile::NamedTempFile::new_in(folder);
            let new = new.map_err(ledger::Error::Folder)?;
            // Where another process was faster, its file is as good.
            let _ = new.persist_noclobber(&path);
        }
    }
    Ledger::open(&path)
}

/// Nothing where another process holds it.
fn hold(folders: &Folders, run: RunId) -> std::io::Result<Option<Held>> {
    let path = folders.running(run.0);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let file = File::create(&path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Held { _file: file, path })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}
