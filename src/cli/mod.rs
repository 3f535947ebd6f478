//! The command line: arguments, environment, printing; the one place that knows all others.
mod arguments;
mod commands;
mod exit;
mod global;
mod nearest;
mod snippet;
mod trouble;
mod usage;
mod world;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
pub use exit::Exit;

/// Parses the command line, does what it says, gives the exit code.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match go(arguments) {
        Ok(exit) => exit.into(),
        Err(_) => Exit::Script.into(),
    }
}

fn go(arguments: Arguments) -> anyhow::Result<Exit> {
    match arguments.command {
        None => Ok(Exit::Done),
        Some(Command::Completions(command)) => command.go(),
        Some(Command::Man(command)) => command.go(),
    }
}
