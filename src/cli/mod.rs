//! The command line: arguments, environment, printing; the one place that knows all others.
mod arguments;
mod commands;
mod exit;
mod global;
mod nearest;
mod output;
mod script;
mod snippet;
mod trouble;
mod usage;
mod world;

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;

use arguments::{Arguments, Command};
pub use exit::Exit;
use trouble::{Trouble, is_broken_pipe};
use world::{Environment, Interrupt, Terminal, World};

/// Parses the command line, does what it says, gives the exit code.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let interrupt = Interrupt::listen();
    let environment = Environment::read();
    let no_color = environment.no_color;
    let terminal =
        Arc::new(Terminal::new(&arguments.global, no_color, interrupt.cancel()));
    let outcome = World::new(
        arguments.global.clone(),
        environment,
        interrupt,
        Arc::clone(&terminal),
    )
    .and_then(|world| go(arguments, &world));
    outcome.unwrap_or_else(|error| tell(error, &terminal)).into()
}

fn go(arguments: Arguments, world: &World) -> anyhow::Result<Exit> {
    let expression = arguments.expression.map(commands::eval::Eval::new);
    match arguments.command.or(expression.map(Command::Eval)) {
        Some(command) => command.go(world),
        None => Ok(Exit::Done),
    }
}

/// Says what failed; a reader of our output who went away is no failure.
fn tell(error: anyhow::Error, terminal: &Terminal) -> Exit {
    if terminal.was_left() || is_broken_pipe(&error) {
        return Exit::Done;
    }
    let trouble = Trouble::of(error);
    terminal.talk(&trouble.render(terminal.is_coloured()));
    trouble.exit
}
