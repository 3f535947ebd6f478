use clap::CommandFactory;

use crate::cli::arguments::Arguments;
use crate::cli::exit::Exit;
use crate::cli::world::World;

/// Print the manual page
pub(crate) fn go(world: &World) -> anyhow::Result<Exit> {
    let mut text = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut text)?;
    world.terminal.write(&String::from_utf8_lossy(&text));
    Ok(Exit::Done)
}
