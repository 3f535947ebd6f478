use std::path::PathBuf;

use super::run::Run;
use crate::cli::exit::Exit;
use crate::cli::world::World;

/// Write down what a recipe or a script would change, and send nothing
///
/// `rhobis apply` then makes exactly these changes. The parameters of a recipe are options:
/// `rhobis plan RECIPE --help` shows them.
#[derive(clap::Args, Debug)]
pub(crate) struct Plan {
    /// The file that the plan is written to
    #[arg(short = 'o', long = "out", value_name = "FILE")]
    file: PathBuf,

    #[command(flatten)]
    pub(crate) run: Run,
}

impl Plan {
    pub(crate) fn go(self, world: &World) -> anyhow::Result<Exit> {
        self.run.plan(world, &self.file)
    }
}
