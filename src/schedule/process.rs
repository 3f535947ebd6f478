//! The world as it is: jobs are processes of this very program.
use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::ledger::RunId;
use crate::model::Timestamp;
use crate::script::Clock;

use super::{Event, Force, Job, World};

/// How long to wait at most: a machine that was asleep does not count that time.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// What the processes of jobs are made of.
pub struct Processes {
    /// This program.
    pub program: PathBuf,
    /// Global options that every process gets, such as `--url=…`.
    pub options: Vec<String>,
    /// Where the output of each run goes: `<run>.log`.
    pub logs: PathBuf,
    pub clock: Arc<dyn Clock>,
    mailbox: (Sender<Event>, Receiver<Event>),
    running: HashMap<RunId, u32>,
}

/// Stops a scheduler from another thread.
#[derive(Clone)]
pub struct Stopper(Sender<Event>);

impl Stopper {
    pub fn stop(&self) {
        // Nobody listens any more: it has stopped already.
        let _ = self.0.send(Event::Stop);
    }
}

impl Processes {
    pub fn new(program: PathBuf, logs: PathBuf, clock: Arc<dyn Clock>) -> Self {
        Self {
            program,
            options: Vec::new(),
            logs,
            clock,
            mailbox: channel(),
            running: HashMap::new(),
        }
    }

    pub fn stopper(&self) -> Stopper {
        Stopper(self.mailbox.0.clone())
    }

    /// The scheduler's own options; a job that names a profile has its own server.
    fn options_for(&self, job: &Job) -> impl Iterator<Item = &String> {
        let names_server = |option: &String| {
            ["--profile", "--url", "--sandbox"]
                .iter()
                .any(|name| option.starts_with(name))
        };
        let own_server = job.profile.is_some();
        self.options.iter().filter(move |option| !own_server || !names_server(option))
    }

    fn spawn(&self, run: RunId, job: &Job) -> io::Result<Child> {
        fs::create_dir_all(&self.logs)?;
        let log = File::create(self.logs.join(format!("{}.log", run.0)))?;
        let mut command = Command::new(&self.program);
        // What it changes belongs to the run that has a row already.
        command.env("RHOBIS_RUN", run.0.to_string());
        command.args(self.options_for(job)).args(job.arguments());
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        system::detach(&mut command);
        command.spawn()
    }
}

impl World for Processes {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn wait(&mut self, until: Option<Timestamp>) -> Event {
        let left = until.map_or(i64::MAX, |until| until.0 - self.now().0);
        let left = Duration::from_millis(u64::try_from(left).unwrap_or(0));
        let event = match self.mailbox.1.recv_timeout(left.min(LONGEST_WAIT)) {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                Event::Time
            }
        };
        if let Event::Ended { run, .. } = event {
            self.running.remove(&run);
        }
        event
    }

    fn start(&mut self, run: RunId, job: &Job) -> io::Result<()> {
        let mut child = self.spawn(run, job)?;
        self.running.insert(run, child.id());
        let report = self.mailbox.0.clone();
        thread::spawn(move || {
            let exit_code = child.wait().map_or(1, system::exit_code);
            let _ = report.send(Event::Ended { run, exit_code });
        });
        Ok(())
    }

    fn end(&mut self, run: RunId, force: Force) {
        if let Some(process) = self.running.get(&run) {
            system::end(*process, force);
        }
    }
}

#[cfg(unix)]
mod system {
    use std::os::unix::process::{CommandExt, ExitStatusExt};
    use std::process::{Command, ExitStatus};

    use rustix::process::{Pid, Signal, kill_process_group};

    use super::Force;

    /// In a group of its own: Ctrl-C at the terminal is for the scheduler, which ends
    /// its jobs itself, with all that they have started.
    pub(super) fn detach(command: &mut Command) {
        command.process_group(0);
    }

    pub(super) fn exit_code(status: ExitStatus) -> i32 {
        status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or_default())
    }

    pub(super) fn end(process: u32, force: Force) {
        let signal = match force {
            Force::Ask => Signal::TERM,
            Force::Kill => Signal::KILL,
        };
        let group = i32::try_from(process).ok().and_then(Pid::from_raw);
        // It may have ended by itself in this moment.
        let _ = group.map(|group| kill_process_group(group, signal));
    }
}

#[cfg(not(unix))]
mod system {
    use std::process::{Command, ExitStatus};

    use super::Force;

    pub(super) fn detach(_: &mut Command) {}

    pub(super) fn exit_code(status: ExitStatus) -> i32 {
        status.code().unwrap_or(1)
    }

    /// There is no gentle way for a process without a window.
    pub(super) fn end(process: u32, _: Force) {
        let process = process.to_string();
        let _ = Command::new("taskkill").args(["/F", "/T", "/PID", &process]).status();
    }
}
