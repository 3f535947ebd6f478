//! The prompt: a line, or several that belong together, is run; what it gives is shown.
mod commands;
mod completion;
mod input;
mod names;
mod paint;
mod place;
mod reader;
mod session;

use std::path::PathBuf;
use std::sync::Arc;

use rhai::Dynamic;

use crate::client::Words;
use crate::script::{Failure, Host};
use names::Names;
use reader::{Line, Reader};
use session::Session;

/// What the prompt leaves to whoever opens it.
pub trait Surroundings {
    /// Writes a value to stdout.
    fn show(&self, value: &Dynamic) -> Result<(), Failure>;

    /// Says what failed, with the line of the input.
    fn tell(&self, failure: Failure, input: &str);

    /// Says something.
    fn say(&self, text: &str);

    /// Forgets that a signal was heard: the next statement begins.
    fn ready(&self);

    /// The recipes, by name.
    fn recipes(&self) -> Vec<String>;

    /// Runs a recipe as the command line does, given what stands behind `run`.
    fn run(&self, words: &[&str]);

    /// What types, properties and terms are called, as far as that is known.
    fn words(&self) -> Arc<Vec<Words>>;

    /// Where the history is kept.
    fn history(&self) -> Option<PathBuf>;

    /// Whether the input is painted.
    fn is_coloured(&self) -> bool;
}

/// Why the prompt could not be opened.
#[derive(Debug, thiserror::Error)]
#[error("the terminal cannot be read")]
pub struct Error(#[from] rustyline::error::ReadlineError);

/// Reads and runs until the end of the input.
pub fn start(host: &Host, around: &dyn Surroundings) -> Result<(), Error> {
    let mut session = Session::new(host);
    let names = Names::new(session.engine(), around.recipes());
    let mut reader = Reader::new(names, around)?;
    loop {
        reader.knows(session.variables(), session.types());
        match reader.read()? {
            Line::End => return Ok(()),
            Line::Nothing => {}
            Line::Command(words) => {
                if commands::go(&words, &session, reader.names(), around).is_end() {
                    return Ok(());
                }
            }
            Line::Input(input) => evaluate(&mut session, &input, around),
        }
    }
}

fn evaluate(session: &mut Session, input: &str, around: &dyn Surroundings) {
    around.ready();
    let shown = session.evaluate(input).and_then(|value| around.show(&value));
    if let Err(failure) = shown {
        around.tell(failure, input);
    }
    around.ready();
}
