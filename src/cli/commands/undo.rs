use crate::cli::changes;
use crate::cli::exit::Exit;
use crate::cli::mistake::Mistake;
use crate::cli::world::{Doing, World};
use crate::ledger::{self, Left, Plan, Run, RunKind, Undoing};
use crate::script::{Clock, Console, look_at};

/// Take back what a run has changed
///
/// What somebody else has changed since is left alone and named. To undo is a run of its own,
/// which can be undone too.
#[derive(clap::Args, Debug)]
pub(crate) struct Undo {
    /// The number of the run
    run: i64,

    /// Also take back what somebody else has changed since
    #[arg(long)]
    force: bool,

    /// Only show what would be done
    #[arg(long)]
    dry_run: bool,

    /// Answer every question with yes
    #[arg(long, short)]
    yes: bool,
}

impl Undo {
    pub(crate) fn go(self, world: &World) -> anyhow::Result<Exit> {
        let ledger = world.ledger()?;
        let run = World::run_of(&ledger, self.run)?;
        world.expect_ended(run.id)?;
        let open =
            ledger.calls(run.id)?.iter().filter(|call| call.state.is_open()).count();
        if open > 0 {
            let message =
                format!("run {} was cut off: calls without an answer: {open}", self.run);
            let hint =
                format!("`rhobis resume {}` finds out what became of them", self.run);
            return Err(Mistake::conflict(message).hint(hint).into());
        }
        if let Some(before) = ledger.undo_of(run.id)?
            && before.exit_code == Some(0)
        {
            world.terminal.info(&format!(
                "run {} was undone by run {} before",
                run.id.0, before.id.0
            ));
        }
        let done = ledger.done(run.id)?;
        let there = world.of_run(&run)?;
        let session = there.session()?;
        let elsewhere = done.iter().filter(|one| one.server != session.url()).count();
        let done: Vec<_> =
            done.into_iter().filter(|one| one.server == session.url()).collect();
        let present = look_at(&session, &ledger::wanted(&done))?;
        let undoing = ledger::undo(&done, &present, self.force);
        world.print_table(&changes::table(undoing.calls.iter().flatten()));
        tell_left(world, &undoing.left, elsewhere);
        if undoing.calls.is_empty() {
            world.terminal.info("nothing is to be undone");
            return Ok(exit(&undoing.left));
        }
        if self.dry_run {
            return Ok(exit(&undoing.left));
        }
        changes::expect_permitted(&there)?;
        if self.yes {
            world.terminal.agree();
        }
        let count = undoing.calls.iter().map(Vec::len).sum::<usize>();
        if !world
            .terminal
            .confirm(&format!("undo run {}: make these {count} changes?", run.id.0))
        {
            return Err(Mistake::refused("nobody has agreed to it")
                .hint("`--yes` does")
                .into());
        }
        let left = exit(&undoing.left);
        carry_out(&there, &run, undoing)?;
        Ok(left)
    }
}

fn carry_out(there: &World, run: &Run, undoing: Undoing) -> anyhow::Result<()> {
    let plan = Plan {
        id: crate::cli::world::unique(),
        made: Clock::now(&crate::cli::world::SystemClock),
        script: format!("undo of {}", run.script),
        source: run.source.clone().unwrap_or_default(),
        params: Vec::new(),
        server: run.server.clone().unwrap_or_default(),
        calls: undoing.calls,
    };
    let running = there.begin(Doing {
        kind: RunKind::Undo,
        script: plan.script.clone(),
        source: plan.write()?,
        params: Vec::new(),
        of: Some(run.id),
        key: Some(plan.id.clone()),
    })?;
    changes::carry_out(there, &running, plan.calls)
}

fn tell_left(world: &World, left: &[Left], elsewhere: usize) {
    for Left { label, why, foreign } in left {
        let hint = if *foreign { " (`--force` takes it back all the same)" } else { "" };
        world.terminal.info(&format!("left alone: {label}: {why}{hint}"));
    }
    if elsewhere > 0 {
        let talk = format!("left alone: {elsewhere} changes of another openBIS");
        world.terminal.info(&talk);
    }
}

fn exit(left: &[Left]) -> Exit {
    if left.is_empty() { Exit::Done } else { Exit::Partly }
}
