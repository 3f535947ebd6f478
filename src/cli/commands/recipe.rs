use rhai::{Array, Dynamic, Map};

use crate::cli::exit::Exit;
use crate::cli::script::Script;
use crate::cli::world::World;
use crate::cli::{catalogue, mistake::Mistake};
use crate::script::recipe::{Param, Recipe};

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
            What::List => world.print(&rows(&catalogue::recipes())?)?,
            What::Show { recipe, source: true } => {
                world.terminal.write(&catalogue::find(&recipe)?.source);
            }
            What::Show { recipe, source: false } => {
                show(&catalogue::header(&catalogue::find(&recipe)?)?, world)?;
            }
            What::Search { words } => {
                let mut found = catalogue::recipes();
                found.retain(|recipe| speaks_of(recipe, &words));
                if found.is_empty() {
                    let message = format!("no recipe speaks of `{}`", words.join(" "));
                    return Err(Mistake::missing(message).into());
                }
                world.print(&rows(&found)?)?;
            }
        }
        Ok(Exit::Done)
    }
}

fn speaks_of(script: &Script, words: &[String]) -> bool {
    let text = format!("{} {}", script.name, script.source).to_lowercase();
    words.iter().all(|word| text.contains(&word.to_lowercase()))
}

fn rows(scripts: &[Script]) -> anyhow::Result<Dynamic> {
    let mut rows = Array::new();
    for script in scripts {
        let recipe = catalogue::header(script)?;
        let summary = recipe.summary().to_owned();
        rows.push(map([("recipe", recipe.name.into()), ("summary", summary.into())]));
    }
    Ok(rows.into())
}

fn show(recipe: &Recipe, world: &World) -> anyhow::Result<()> {
    if world.global.output.is_some() {
        let params: Array = recipe.params.iter().map(row).collect();
        return world.print(&map([
            ("recipe", recipe.name.clone().into()),
            ("doc", recipe.doc.clone().into()),
            ("params", params.into()),
            ("needs", recipe.needs.clone().into()),
        ]));
    }
    world.terminal.write(&format!("{}\n\n{}\n\n", recipe.name, recipe.doc));
    world.print(&recipe.params.iter().map(row).collect::<Array>().into())
}

fn row(param: &Param) -> Dynamic {
    let default = match &param.default {
        Some(value) => value.clone(),
        None if param.required => "required".into(),
        None => "".into(),
    };
    map([
        ("parameter", param.name.clone().into()),
        ("type", param.ty.name().to_owned().into()),
        ("default", default),
        ("help", param.help.clone().into()),
    ])
}

fn map<const N: usize>(pairs: [(&str, Dynamic); N]) -> Dynamic {
    let pairs = pairs.into_iter().map(|(name, value)| (name.into(), value));
    pairs.collect::<Map>().into()
}
