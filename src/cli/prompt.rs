//! The prompt on the terminal, or a script from a pipe in its place.
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use rhai::Dynamic;

use super::commands::run::Run;
use super::exit::Exit;
use super::script::Script;
use super::terms::Terms;
use super::trouble::Trouble;
use super::world::World;
use super::{catalogue, parse};
use crate::client::{Client, Words};
use crate::repl::{self, Surroundings};
use crate::script::Failure;

/// What `rhobis` alone does.
pub(crate) fn open(world: &World) -> anyhow::Result<Exit> {
    if !std::io::stdin().is_terminal() {
        let terms = Terms::default();
        return catalogue::find("-")?.run(world, rhai::Map::new(), &terms);
    }
    let host = world.host(rhai::Map::new())?;
    let version = env!("CARGO_PKG_VERSION");
    let url = host.session.url();
    world.terminal.info(&format!("rhobis {version} at {url}; `.help` says more"));
    repl::start(&host, &Prompt { world, session: host.session.clone() })?;
    Ok(Exit::Done)
}

struct Prompt<'a> {
    world: &'a World,
    session: Client,
}

impl Prompt<'_> {
    fn tell(&self, error: anyhow::Error) {
        let terminal = &self.world.terminal;
        match error.downcast_ref::<clap::Error>() {
            Some(usage) => terminal.talk(&usage.to_string()),
            None => terminal.talk(&Trouble::of(error).render(terminal.is_coloured())),
        }
    }

    fn go(&self, words: &[&str]) -> anyhow::Result<Exit> {
        let words = ["rhobis", "run"].iter().chain(words).map(Into::into);
        match parse::parse(&words.collect::<Vec<_>>())?.command {
            Some(super::arguments::Command::Run(run)) => Run::go(run, self.world),
            Some(_) | None => Ok(Exit::Usage),
        }
    }
}

impl Surroundings for Prompt<'_> {
    fn show(&self, value: &Dynamic) -> Result<(), Failure> {
        self.world.show(value)
    }

    fn tell(&self, failure: Failure, input: &str) {
        let script = Script { name: "input".to_owned(), source: input.to_owned() };
        self.tell(script.failed(failure).into());
    }

    fn say(&self, text: &str) {
        self.world.terminal.talk(text);
    }

    fn ready(&self) {
        self.world.interrupt.forget();
    }

    fn recipes(&self) -> Vec<String> {
        catalogue::recipes().into_iter().map(|recipe| recipe.name).collect()
    }

    fn run(&self, words: &[&str]) {
        self.world.interrupt.forget();
        if let Err(error) = self.go(words) {
            self.tell(error);
        }
        self.world.interrupt.forget();
    }

    fn words(&self) -> Arc<Vec<Words>> {
        self.session.words()
    }

    fn history(&self) -> Option<PathBuf> {
        Some(self.world.folders.history())
    }

    fn is_coloured(&self) -> bool {
        self.world.terminal.is_coloured()
    }
}
