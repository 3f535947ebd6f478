use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::arguments::Arguments;
use crate::cli::exit::Exit;

/// Print the completions for a shell
#[derive(clap::Args, Debug)]
pub(crate) struct Completions {
    shell: Shell,
}

impl Completions {
    pub(crate) fn go(self) -> anyhow::Result<Exit> {
        let mut text = Vec::new();
        clap_complete::generate(
            self.shell,
            &mut Arguments::command(),
            "rhobis",
            &mut text,
        );
        std::io::stdout().write_all(&text)?;
        Ok(Exit::Done)
    }
}
