use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::arguments::Arguments;
use crate::cli::exit::Exit;
use crate::cli::world::World;

/// Print the completions for a shell
#[derive(clap::Args, Debug)]
pub(crate) struct Completions {
    shell: Shell,
}

impl Completions {
    pub(crate) fn go(self, world: &World) -> Exit {
        let mut text = Vec::new();
        clap_complete::generate(
            self.shell,
            &mut Arguments::command(),
            "rhobis",
            &mut text,
        );
        world.terminal.write(&String::from_utf8_lossy(&text));
        Exit::Done
    }
}
