//! The command line: arguments, environment, printing; the one place that knows all others.
mod arguments;
mod catalogue;
mod changes;
mod commands;
mod confirming;
mod exit;
mod global;
mod mistake;
mod output;
mod parameters;
mod parse;
mod prompt;
mod schedule_talk;
mod script;
mod settings;
mod settling;
mod snippet;
mod terms;
mod trouble;
pub(crate) mod vault;
mod world;

use std::process::ExitCode;
use std::sync::Arc;

use arguments::{Arguments, Command};
pub use exit::Exit;
use trouble::{Trouble, is_broken_pipe};
use world::{Environment, Interrupt, Terminal, World};

/// Parses the command line, does what it says, gives the exit code.
pub fn main() -> ExitCode {
    world::forbid_dumps();
    let words: Vec<_> = std::env::args_os().collect();
    let environment = Environment::read();
    let parsed = parse::parse(&words);
    let interrupt = Interrupt::default();
    interrupt.listen();
    let global = parsed.as_ref().map(|known| known.global.clone()).unwrap_or_default();
    let terminal = Terminal::new(&global, environment.no_color, interrupt.cancel());
    let terminal = Arc::new(terminal);
    let outcome = parsed.and_then(|arguments| {
        let talker = Arc::clone(&terminal);
        let heard = interrupt.clone();
        let world = World::new(global, environment, heard, talker)?;
        let outcome = go(arguments, &world);
        world.sum_up();
        outcome
    });
    let exit = match (outcome, terminal.unwritten()) {
        (_, Some(error)) => tell_unwritten(error, &terminal),
        (Ok(exit), None) => exit,
        (Err(error), None) => tell(error, &terminal),
    };
    if exit == Exit::Interrupted { interrupt.exit().into() } else { exit.into() }
}

fn go(arguments: Arguments, world: &World) -> anyhow::Result<Exit> {
    let expression = arguments.expression.map(commands::eval::Eval::new);
    match arguments.command.or(expression.map(Command::Eval)) {
        Some(command) => command.go(world),
        None => prompt::open(world),
    }
}

/// Says that results are lost; a reader who went away wants no more of them.
fn tell_unwritten(error: &std::io::Error, terminal: &Terminal) -> Exit {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        return Exit::Done;
    }
    terminal.talk(&format!("error: the output could not be written: {error}"));
    Exit::Script
}

/// Says what failed; a reader of our output who went away is no failure.
fn tell(error: anyhow::Error, terminal: &Terminal) -> Exit {
    if is_broken_pipe(&error) {
        return Exit::Done;
    }
    if let Some(usage) = error.downcast_ref::<clap::Error>() {
        let _ = usage.print();
        return if usage.use_stderr() { Exit::Usage } else { Exit::Done };
    }
    let trouble = Trouble::of(error);
    terminal.talk(&trouble.render(terminal.is_coloured()));
    trouble.exit
}
