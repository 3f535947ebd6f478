use std::path::PathBuf;

use anyhow::Context;

use crate::cli::changes;
use crate::cli::exit::Exit;
use crate::cli::mistake::Mistake;
use crate::cli::world::{Doing, World};
use crate::client::{Client, Settled};
use crate::ledger::{self, Ledger, NotAPlan, Plan, RunKind};
use crate::model::Change;
use crate::script::look_at;

/// Make the changes of a plan, exactly as it lists them, and once
///
/// Refused (exit code 6) where it was applied already, where something that it touches was
/// changed since it was made, or where its file was edited.
#[derive(clap::Args, Debug)]
pub(crate) struct Apply {
    /// The file that `rhobis plan` has written
    file: PathBuf,
}

impl Apply {
    pub(crate) fn go(self, world: &World) -> anyhow::Result<Exit> {
        let name = self.file.display().to_string();
        let text = std::fs::read_to_string(&self.file)
            .with_context(|| format!("cannot read `{name}`"))?;
        let plan = Plan::read(&text).map_err(|error| refusal(&name, &error))?;
        let there = world.at(&plan.server, None, &format!("`{name}`"))?;
        changes::expect_permitted(&there)?;
        expect_new(&world.ledger()?, &plan)?;
        let session = there.session()?;
        expect_unknown(&session, &plan)?;
        let stale = ledger::stale(&plan, &look_at(&session, &ledger::wanted_for(&plan))?);
        if !stale.is_empty() {
            let message = format!("what `{name}` touches is not as it was");
            let told = stale.iter().map(|left| format!("{}: {}", left.label, left.why));
            let mistake = told.fold(Mistake::conflict(message), Mistake::hint);
            return Err(mistake.hint("nothing was sent: make a new plan").into());
        }
        let running = there.begin(Doing {
            kind: RunKind::Apply,
            script: plan.script.clone(),
            source: text,
            params: plan.params.clone(),
            of: None,
            key: Some(plan.id.clone()),
        })?;
        changes::carry_out(&there, &running, plan.calls)?;
        Ok(Exit::Done)
    }
}

fn refusal(name: &str, error: &NotAPlan) -> Mistake {
    let message = format!("`{name}` cannot be applied: {error}");
    match error {
        NotAPlan::Edited => {
            Mistake::conflict(message).hint("nothing was sent: make a new plan")
        }
        NotAPlan::Unreadable(_) | NotAPlan::OtherVersion { .. } => {
            Mistake::new(message).hint("`rhobis plan RECIPE -o FILE` makes one")
        }
    }
}

/// Fails where this machine has applied the plan.
fn expect_new(ledger: &Ledger, plan: &Plan) -> anyhow::Result<()> {
    let Some(run) = ledger.run_with_key(&plan.id)? else { return Ok(()) };
    let run = run.id.0;
    let mistake = Mistake::conflict(format!("this plan was applied already: run {run}"));
    Err(mistake
        .hint(format!("`rhobis resume {run}` goes on where it was cut off"))
        .into())
}

/// Fails where openBIS knows the plan: another machine has applied it.
fn expect_unknown(session: &Client, plan: &Plan) -> anyhow::Result<()> {
    let Some(first) = plan.calls.first() else { return Ok(()) };
    let changes: Vec<Change> = first.iter().map(|entry| entry.change.clone()).collect();
    match session.settle(&ledger::execution(&plan.id, 1), &changes) {
        Ok(Settled::NeverArrived) => Ok(()),
        Ok(Settled::Running | Settled::Done(_) | Settled::RolledBack(_)) => {
            Err(Mistake::conflict("this plan was applied already, by another machine")
                .into())
        }
        Err(error) if error.is_undecided() => {
            Err(Mistake::conflict("this plan was applied already, by another machine")
                .into())
        }
        Err(error) => Err(error.into()),
    }
}
