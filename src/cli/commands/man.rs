use std::io::Write;

use clap::CommandFactory;

use crate::cli::arguments::Arguments;
use crate::cli::exit::Exit;

/// Print the manual page
#[derive(clap::Args, Debug)]
pub(crate) struct Man;

impl Man {
    pub(crate) fn go(self) -> anyhow::Result<Exit> {
        let mut text = Vec::new();
        clap_mangen::Man::new(Arguments::command()).render(&mut text)?;
        std::io::stdout().write_all(&text)?;
        Ok(Exit::Done)
    }
}
