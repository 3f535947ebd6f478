use crate::cli::exit::Exit;
use crate::cli::script::Script;
use crate::cli::world::World;
use crate::cli::{catalogue, mistake::Mistake};
use crate::script::recipe::{Param, Recipe};
use crate::script::report::{Cell, Table};

/// Look at the recipes
#[derive(clap::Args, Debug)]
pub(crate) struct Recipes {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand, Debug)]
enum What {
    /// List the recipes
    List,
    /// Show what a recipe does, its parameters and what it needs
    Show {
        /// A recipe's name or a script's file
        recipe: String,
        /// Print the script itself
        #[arg(long)]
        source: bool,
    },
    /// List the recipes that speak of something
    Search {
        /// Words that all have to occur
        #[arg(required = true)]
        words: Vec<String>,
    },
}

impl Recipes {
    pub(crate) fn go(self, world: &World) -> anyhow::Result<Exit> {
        match self.what {
            What::List => world.print_table(&rows(&catalogue::recipes())?),
            What::Show { recipe, source: true } => {
                world.terminal.write(&catalogue::find(&recipe)?.source);
            }
            What::Show { recipe, source: false } => {
                show(&catalogue::header(&catalogue::find(&recipe)?)?, world);
            }
            What::Search { words } => {
                let mut found = catalogue::recipes();
                found.retain(|recipe| speaks_of(recipe, &words));
                if found.is_empty() {
                    let message = format!("no recipe speaks of `{}`", words.join(" "));
                    return Err(Mistake::missing(message).into());
                }
                world.print_table(&rows(&found)?);
            }
        }
        Ok(Exit::Done)
    }
}

fn speaks_of(script: &Script, words: &[String]) -> bool {
    let text = format!("{} {}", script.name, script.source).to_lowercase();
    words.iter().all(|word| text.contains(&word.to_lowercase()))
}

fn rows(scripts: &[Script]) -> anyhow::Result<Table> {
    let mut rows = Vec::new();
    for script in scripts {
        let recipe = catalogue::header(script)?;
        rows.push([&recipe.name, recipe.summary()].map(text).into());
    }
    Ok(Table { columns: ["recipe", "summary"].map(str::to_owned).into(), rows })
}

fn show(recipe: &Recipe, world: &World) {
    let columns = ["parameter", "type", "default", "help"].map(str::to_owned).into();
    let table = Table { columns, rows: recipe.params.iter().map(row).collect() };
    if world.global.output.is_none() {
        world.terminal.write(&format!("{}\n\n{}\n\n", recipe.name, recipe.doc));
    }
    world.print_table(&table);
}

fn row(param: &Param) -> Vec<Cell> {
    let default = match &param.default {
        Some(value) => value.to_string(),
        None if param.required => "(required)".to_owned(),
        None => String::new(),
    };
    [param.name.as_str(), param.ty.name(), &default, &param.help].map(text).into()
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}
