use crate::cli::exit::Exit;
use crate::cli::trouble::Trouble;
use crate::cli::world::World;
use crate::cli::{catalogue, script::Script};
use crate::script;

/// Read scripts without running them, and say what is wrong
#[derive(clap::Args, Debug)]
pub(crate) struct Check {
    /// Files, recipes, or `-` for the standard input
    #[arg(required = true, value_name = "FILE")]
    scripts: Vec<String>,
}

impl Check {
    pub(crate) fn go(self, world: &World) -> anyhow::Result<Exit> {
        let mut exit = Exit::Done;
        for name in &self.scripts {
            let script = catalogue::find(name)?;
            match check(&script, world) {
                Ok(()) => world.terminal.info(&format!("{}: ok", script.name)),
                Err(error) => {
                    let trouble = Trouble::of(error);
                    world.terminal.talk(&trouble.render(world.terminal.is_coloured()));
                    exit = trouble.exit;
                }
            }
        }
        Ok(exit)
    }
}

fn check(script: &Script, world: &World) -> anyhow::Result<()> {
    catalogue::header(script)?;
    let engine = script::engine(&world.host_without_openbis());
    script::check(&engine, &script.source).map_err(|failure| script.failed(failure))?;
    Ok(())
}
