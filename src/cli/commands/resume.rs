use std::path::Path;

use super::run::pair;
use crate::cli::catalogue;
use crate::cli::changes;
use crate::cli::exit::Exit;
use crate::cli::mistake::Mistake;
use crate::cli::script::Script;
use crate::cli::settling::settle;
use crate::cli::terms::Terms;
use crate::cli::world::{Running, World};
use crate::ledger::{self, Ledger, Plan, Run, RunKind};

/// Go on with a run that was cut off, or that has failed in part
///
/// What is done is not done again. The script runs once more from its beginning; what it
/// changes is compared with what the run has changed already.
#[derive(clap::Args, Debug)]
pub(crate) struct Resume {
    /// The number of the run
    run: i64,

    /// Go on although the script's file has changed since, with the file as it is now
    #[arg(long)]
    force: bool,

    /// Answer every question with yes
    #[arg(long, short)]
    yes: bool,

    /// A parameter whose value was a secret, and was not written down
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = pair)]
    params: Vec<(String, String)>,
}

impl Resume {
    pub(crate) fn go(self, world: &World) -> anyhow::Result<Exit> {
        let ledger = world.ledger()?;
        let run = World::run_of(&ledger, self.run)?;
        let held = world.hold(run.id)?;
        if run.key.is_none() {
            let message = format!(
                "run {} has changed nothing: there is nothing to go on",
                self.run
            );
            return Err(Mistake::new(message).hint("run its script anew").into());
        }
        if run.exit_code == Some(0) {
            world.terminal.info(&format!("run {} was done to its end", self.run));
            return Ok(Exit::Done);
        }
        let source = run.source.as_deref().map(|hash| ledger.source(hash)).transpose()?;
        let source = source.flatten();
        let there = world.of_run(&run)?;
        settle(&there, &ledger, &run)?;
        if self.yes {
            world.terminal.agree();
        }
        match run.kind {
            RunKind::Script => {
                let script = self.script(&run, source)?;
                let params = self.given(&ledger, &run)?;
                let recipe = catalogue::header(&script)?;
                let params = recipe.values(&params).map_err(Mistake::from)?;
                let running = there.resume(&run, held)?;
                return script.run_as(&running, &there, params, &Terms::default());
            }
            RunKind::Undo | RunKind::Apply => {
                let plan = Plan::read(&source.unwrap_or_default())?;
                let running: Running = there.resume(&run, held)?;
                changes::carry_out(&there, &running, plan.calls)?;
            }
        }
        Ok(Exit::Done)
    }

    /// The script as it was, unless its file is another one by now.
    fn script(&self, run: &Run, source: Option<String>) -> anyhow::Result<Script> {
        let name = &run.script;
        let is_named = Path::new(name).exists()
            || catalogue::recipes().iter().any(|recipe| recipe.name == *name);
        if !is_named {
            let untold = || untold(run);
            let source = source.ok_or_else(untold)?;
            return Ok(Script { name: name.clone(), source });
        }
        let now = catalogue::find(name)?;
        let is_same = run.source.as_deref() == Some(&ledger::hash(&now.source));
        match (is_same, self.force) {
            (true, _) | (false, true) => Ok(now),
            (false, false) => {
                let message =
                    format!("`{name}` has changed since run {} began", run.id.0);
                let mistake = Mistake::conflict(message);
                Err(mistake.hint("`--force` goes on with it as it is now").into())
            }
        }
    }

    fn given(&self, ledger: &Ledger, run: &Run) -> anyhow::Result<Vec<(String, String)>> {
        let mut given = self.params.clone();
        for (name, value) in ledger.params(run)? {
            if given.iter().any(|(other, _)| *other == name) {
                continue;
            }
            let Some(value) = value else {
                let message = format!("the value of `{name}` was not written down");
                let hint = format!("`--param {name}=VALUE` tells it again");
                return Err(Mistake::new(message).hint(hint).into());
            };
            given.push((name, value));
        }
        Ok(given)
    }
}

/// Its text is nowhere.
fn untold(run: &Run) -> Mistake {
    let message = format!(
        "the text of run {} was not written down, since it seems to hold a password or token",
        run.id.0
    );
    Mistake::new(message).hint("run it anew; `rhobis undo` takes back what it has done")
}
