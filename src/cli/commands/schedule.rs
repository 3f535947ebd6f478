use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, Local};

use crate::cli::catalogue;
use crate::cli::exit::Exit;
use crate::cli::mistake::Mistake;
use crate::cli::schedule_talk::said;
use crate::cli::snippet::{Spot, heading};
use crate::cli::world::{SystemClock, World};
use crate::ledger::{Filter, Occurrence};
use crate::model::Timestamp;
use crate::schedule::{self, Job, Processes};
use crate::script::Clock;
use crate::script::report::{Cell, Table};

/// Run scripts at their times
#[derive(clap::Args, Debug)]
pub(crate) struct Schedule {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand, Debug)]
enum What {
    /// Say what is wrong with a schedule file
    Check(File),
    /// Show when the jobs will run next
    Next {
        #[command(flatten)]
        file: File,
        /// How many occurrences
        #[arg(long, short = 'n', default_value_t = 10)]
        count: usize,
    },
    /// Run the jobs until told to stop
    Serve(File),
    /// Show what became of the occurrences, the newest first
    History {
        /// Only of this job
        #[arg(long)]
        job: Option<String>,
        /// How many
        #[arg(long, short = 'n', default_value_t = 50)]
        limit: u32,
    },
}

#[derive(clap::Args, Debug)]
struct File {
    /// The schedule file
    #[arg(default_value = "schedule.toml")]
    file: PathBuf,
}

impl Schedule {
    pub(crate) fn go(self, world: &World) -> anyhow::Result<Exit> {
        if world.global.insecure {
            return Err(Mistake::new(
                "`--insecure` is not for jobs: nobody reads its warning",
            )
            .hint("a profile with `ca_file` or `pin` trusts a self-signed certificate")
            .into());
        }
        match self.what {
            What::Check(File { file }) => {
                let Some(jobs) = read(&file, world)? else { return Ok(Exit::Usage) };
                jobs.iter().try_for_each(runnable)?;
                let (file, count) = (file.display(), jobs.len());
                world.terminal.info(&format!("{file}: ok, jobs: {count}"));
            }
            What::Next { file: File { file }, count } => {
                let Some(jobs) = read(&file, world)? else { return Ok(Exit::Usage) };
                world.print_table(&next(&jobs, count));
            }
            What::Serve(File { file }) => {
                let Some(jobs) = read(&file, world)? else { return Ok(Exit::Usage) };
                jobs.iter().try_for_each(runnable)?;
                serve(&jobs, world)?;
            }
            What::History { job, limit } => {
                let occurrences = world.ledger()?.occurrences(&Filter { job, limit })?;
                world.print_table(&history(&occurrences));
            }
        }
        Ok(Exit::Done)
    }
}

/// The jobs; nothing where mistakes were found, which are told here.
fn read(file: &Path, world: &World) -> anyhow::Result<Option<Vec<Job>>> {
    if !file.exists() {
        let missing = Mistake::missing(format!("no file `{}`", file.display()));
        return Err(missing.hint("a schedule lists its jobs as `[[job]]` tables").into());
    }
    let source = std::fs::read_to_string(file)
        .with_context(|| format!("cannot read `{}`", file.display()))?;
    let folder = file.parent().unwrap_or(Path::new(""));
    let problems = match schedule::read(&source, folder) {
        Ok(jobs) => return Ok(Some(jobs)),
        Err(problems) => problems,
    };
    for problem in problems {
        let spot = Spot {
            name: file.display().to_string(),
            source: source.clone(),
            line: problem.line,
            column: Some(problem.column),
        };
        let coloured = world.terminal.is_coloured();
        world.terminal.talk(&heading(&problem.message, Some(&spot), coloured));
    }
    Ok(None)
}

/// Whether the job's script is there and takes its parameters.
fn runnable(job: &Job) -> anyhow::Result<()> {
    let in_job = || format!("job `{}` cannot run", job.name);
    let script = catalogue::find(&job.script.argument()).with_context(in_job)?;
    let recipe = catalogue::header(&script).with_context(in_job)?;
    recipe.values(&job.params).map_err(Mistake::from).with_context(in_job)?;
    Ok(())
}

fn next(jobs: &[Job], count: usize) -> Table {
    let now = Clock::now(&SystemClock);
    let row = |next: &schedule::Upcoming| {
        [next.local.to_rfc3339(), next.job.clone()].map(Cell::Text).into()
    };
    let rows = schedule::upcoming(jobs, now, count).iter().map(row).collect();
    Table { columns: ["due", "job"].map(str::to_owned).into(), rows }
}

fn serve(jobs: &[Job], world: &World) -> anyhow::Result<()> {
    let ledger = world.ledger()?;
    let program = std::env::current_exe().context("this program was moved away")?;
    let mut processes =
        Processes::new(program, world.folders.logs(), Arc::new(SystemClock));
    processes.options = world.global.inherited();
    let stopper = processes.stopper();
    world.interrupt.on_each(move || stopper.stop());
    let terminal = Arc::clone(&world.terminal);
    let mut say = |note: &schedule::Note| terminal.info(&said(note));
    schedule::alone(&world.folders.schedule_lock(), || {
        schedule::serve(jobs, &ledger, &mut processes, &mut say)
    })?;
    Ok(())
}

fn history(occurrences: &[Occurrence]) -> Table {
    let columns = ["due", "job", "state", "started", "ended", "exit_code", "why"];
    let row = |one: &Occurrence| {
        vec![
            Cell::Text(shown(one.due)),
            Cell::Text(one.job.clone()),
            Cell::Text(one.state.name().to_owned()),
            one.started.map_or(Cell::Empty, |time| Cell::Text(shown(time))),
            one.ended.map_or(Cell::Empty, |time| Cell::Text(shown(time))),
            one.exit_code.map_or(Cell::Empty, |code| Cell::Integer(code.into())),
            one.why.clone().map_or(Cell::Empty, Cell::Text),
        ]
    };
    let rows = occurrences.iter().map(row).collect();
    Table { columns: columns.map(str::to_owned).into(), rows }
}

/// A moment as the clock on the wall shows it.
pub(in crate::cli) fn shown(time: Timestamp) -> String {
    let time = DateTime::from_timestamp_millis(time.0).unwrap_or_default();
    time.with_timezone(&Local).format("%Y-%m-%d %H:%M:%S").to_string()
}
