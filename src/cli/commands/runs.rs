use crate::cli::commands::schedule::shown;
use crate::cli::exit::Exit;
use crate::cli::mistake::Mistake;
use crate::cli::world::World;
use crate::client::Client;
use crate::ledger::{Call, CallState, Entry, Ledger, Run, differences, made, verb};
use crate::model::{Fetch, Id, Kind, Record, Timestamp, Value};
use crate::script::report::{Cell, Table};

/// Show the runs that changed something
#[derive(clap::Args, Debug)]
pub(crate) struct Runs {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(clap::Subcommand, Debug)]
enum What {
    /// List the runs, the newest first
    List {
        /// How many
        #[arg(long, short = 'n', default_value_t = 50)]
        limit: u32,
    },
    /// Show what a run changed
    Show {
        /// The number of the run
        run: i64,
        /// Show what openBIS itself has recorded of it
        #[arg(long)]
        server: bool,
    },
    /// Print what a scheduled run has said
    Logs {
        /// The number of the run
        run: i64,
    },
}

impl Runs {
    pub(crate) fn go(self, world: &World) -> anyhow::Result<Exit> {
        match self.what.unwrap_or(What::List { limit: 50 }) {
            What::List { limit } => {
                let ledger = world.ledger()?;
                world.print_table(&list(&ledger, limit)?);
            }
            What::Show { run, server: false } => {
                let ledger = world.ledger()?;
                let run = World::run_of(&ledger, run)?;
                world.terminal.info(&about(&run));
                world.print_table(&changes(&ledger, &run)?);
            }
            What::Show { run, server: true } => {
                let ledger = world.ledger()?;
                let run = World::run_of(&ledger, run)?;
                let client = world.of_run(&run)?.session()?;
                world.print_table(&executions(&ledger, &run, &client)?);
            }
            What::Logs { run } => logs(world, run)?,
        }
        Ok(Exit::Done)
    }
}

fn list(ledger: &Ledger, limit: u32) -> anyhow::Result<Table> {
    let columns = ["run", "kind", "script", "state", "started", "changes", "server"];
    let row = |run: Run| {
        Ok(vec![
            Cell::Integer(run.id.0),
            Cell::Text(kind(&run)),
            Cell::Text(run.script.clone()),
            Cell::Text(state(&run)),
            Cell::Text(shown(run.started)),
            Cell::Integer(i64::try_from(ledger.count_changes(run.id)?)?),
            run.server.map_or(Cell::Empty, Cell::Text),
        ])
    };
    let rows: anyhow::Result<Vec<_>> = ledger.runs(limit)?.into_iter().map(row).collect();
    Ok(Table { columns: columns.map(str::to_owned).into(), rows: rows? })
}

fn kind(run: &Run) -> String {
    match run.of {
        Some(of) => format!("{} {}", run.kind.name(), of.0),
        None => run.kind.name().to_owned(),
    }
}

fn state(run: &Run) -> String {
    match (run.ended, run.exit_code) {
        (None, _) => "not ended".to_owned(),
        (Some(_), Some(0)) => "done".to_owned(),
        (Some(_), Some(3)) => "partly done".to_owned(),
        (Some(_), Some(code)) => format!("failed ({code})"),
        (Some(_), None) => "failed".to_owned(),
    }
}

fn about(run: &Run) -> String {
    let who = run.user.as_deref().map_or_else(String::new, |user| format!(" by {user}"));
    let server = run.server.as_deref().unwrap_or("nothing");
    let params = run.params.as_deref().filter(|params| *params != "{}");
    let params = params.map_or_else(String::new, |params| format!(" with {params}"));
    format!(
        "{} {}: {}{params}{who} at {server}, begun {}, {}",
        kind(run),
        run.id.0,
        run.script,
        shown(run.started),
        state(run)
    )
}

fn changes(ledger: &Ledger, run: &Run) -> anyhow::Result<Table> {
    let columns = ["call", "state", "verb", "kind", "object", "changed", "error"];
    let mut rows = Vec::new();
    for call in ledger.calls(run.id)? {
        for (entry, outcome) in ledger.outcomes(&call)? {
            let made = outcome.as_ref().and_then(made);
            let label = made.map_or_else(|| entry.label.clone(), ToString::to_string);
            rows.push(vec![
                Cell::Integer(call.ordinal.into()),
                Cell::Text(call.state.name().to_owned()),
                Cell::Text(verb(&entry.change).to_owned()),
                entry.change.kind().map_or(Cell::Empty, |kind| {
                    Cell::Text(kind.spec().noun().to_owned())
                }),
                Cell::Text(label),
                Cell::Text(fields(&entry)),
                call.error.clone().map_or(Cell::Empty, Cell::Text),
            ]);
        }
    }
    Ok(Table { columns: columns.map(str::to_owned).into(), rows })
}

fn fields(entry: &Entry) -> String {
    differences(entry).join("; ")
}

/// What openBIS has recorded of the calls of a run.
fn executions(ledger: &Ledger, run: &Run, client: &Client) -> anyhow::Result<Table> {
    let calls = ledger.calls(run.id)?;
    let kind = Kind::OperationExecution;
    let form = kind.spec().ids[0];
    let id = |call: &Call| {
        let own = match call.is_asynchronous() {
            true => client.find_handed_over(&call.execution)?,
            false => None,
        };
        Ok(Id::told(kind, form, own.unwrap_or_else(|| call.execution.clone())))
    };
    let ids: Vec<Id> =
        calls.iter().map(id).collect::<Result<_, crate::client::Error>>()?;
    let found = client.get(&ids, &Fetch::plain(kind))?;
    let columns = ["call", "execution", "journal", "server", "description", "finished"];
    let row = |(call, record): (&Call, &Option<Record>)| {
        let text = |field: &str| {
            let text = record.as_ref().and_then(|record| record.text(field));
            text.map_or(Cell::Empty, |text| Cell::Text(text.to_owned()))
        };
        vec![
            Cell::Integer(call.ordinal.into()),
            Cell::Text(call.execution.clone()),
            Cell::Text(call.state.name().to_owned()),
            match (record, call.state) {
                (None, CallState::Done) => Cell::Text("forgotten".to_owned()),
                (None, _) => Cell::Text("unknown".to_owned()),
                (Some(_), _) => text("state"),
            },
            text("description"),
            record
                .as_ref()
                .and_then(finished)
                .map_or(Cell::Empty, |time| Cell::Text(shown(time))),
        ]
    };
    let rows = calls.iter().zip(&found).map(row).collect();
    Ok(Table { columns: columns.map(str::to_owned).into(), rows })
}

fn finished(record: &Record) -> Option<Timestamp> {
    match record.get("finishDate") {
        Ok(Some(Value::Time(time))) => Some(*time),
        Ok(_) | Err(_) => None,
    }
}

fn logs(world: &World, run: i64) -> anyhow::Result<()> {
    let file = world.folders.logs().join(format!("{run}.log"));
    let text = std::fs::read(&file).map_err(|_| {
        Mistake::missing(format!("run {run} has no log"))
            .hint("what a run says is kept where the scheduler has run it")
    })?;
    world.terminal.write(&String::from_utf8_lossy(&text));
    Ok(())
}
