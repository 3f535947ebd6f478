use std::path::Path;

use crate::cli::catalogue;
use crate::cli::exit::Exit;
use crate::cli::mistake::Mistake;
use crate::cli::script::Script;
use crate::cli::terms::Terms;
use crate::cli::world::World;
use crate::script::recipe::Recipe;

/// Run a recipe or a script
///
/// The parameters of a recipe are options: `rhobis run RECIPE --help` shows them.
#[derive(clap::Args, Debug)]
pub(crate) struct Run {
    /// A recipe's name, a script's file, or `-` for the standard input
    #[arg(value_name = "RECIPE|FILE.rhai|-")]
    recipe: String,

    /// Answer every question with yes
    #[arg(long, short)]
    yes: bool,

    #[command(flatten)]
    terms: Terms,

    /// A parameter whose name one of our own options has
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = pair)]
    params: Vec<(String, String)>,

    #[arg(skip)]
    prepared: Option<Prepared>,
}

/// What was found out about the recipe while the command line was read.
#[derive(Debug, Clone)]
struct Prepared {
    script: Script,
    recipe: Recipe,
    given: Vec<(String, String)>,
}

impl Run {
    /// Takes over the script and the values of its own options.
    pub(crate) fn prepare(
        &mut self,
        script: Script,
        recipe: Recipe,
        given: Vec<(String, String)>,
    ) {
        self.prepared = Some(Prepared { script, recipe, given });
    }

    pub(crate) fn go(self, world: &World) -> anyhow::Result<Exit> {
        let terms = self.terms.clone();
        let (script, params) = self.ready(world)?;
        script.run(world, params, &terms)
    }

    /// Writes down what it would change.
    pub(crate) fn plan(self, world: &World, file: &Path) -> anyhow::Result<Exit> {
        let terms = self.terms.clone();
        let (script, params) = self.ready(world)?;
        script.plan(world, params, &terms, Some(file))
    }

    /// The script and its parameters, with all questions agreed to where that was said.
    fn ready(self, world: &World) -> anyhow::Result<(Script, rhai::Map)> {
        let Prepared { script, recipe, mut given } = match self.prepared {
            Some(prepared) => prepared,
            None => Prepared::find(&self.recipe)?,
        };
        given.extend(self.params);
        let params = recipe.values(&given).map_err(|failure| {
            Mistake::from(failure)
                .hint(format!("`rhobis run {} --help` shows them all", recipe.name))
        })?;
        if self.yes {
            world.terminal.agree();
        }
        Ok((script, params))
    }
}

impl Prepared {
    fn find(name: &str) -> anyhow::Result<Self> {
        let script = catalogue::find(name)?;
        let recipe = catalogue::header(&script)?;
        Ok(Self { script, recipe, given: Vec::new() })
    }
}

pub(super) fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => {
            Ok((name.to_owned(), value.to_owned()))
        }
        Some(_) | None => Err("it has to be `NAME=VALUE`".to_owned()),
    }
}
