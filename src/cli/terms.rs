//! How much a script may change, and whether it changes anything at all.
use super::mistake::Mistake;
use super::settings::{Settings, Source};
use super::world::World;
use crate::script::recipe::Recipe;
use crate::script::{Reach, Rules};

/// What was said about a run on the command line.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct Terms {
    /// Show what would be changed, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Print the `needs` that the script's header should have, and heed none
    #[arg(long)]
    pub(crate) learn: bool,

    /// Whether a person has typed the script itself
    #[arg(skip)]
    pub(crate) typed: bool,
}

impl Terms {
    /// Those of what a person has typed.
    pub(crate) fn typed() -> Self {
        Self { typed: true, ..Self::default() }
    }

    /// What follows from them, from the script's header and from what is set.
    pub(crate) fn rules(&self, world: &World, source: &str) -> Result<Rules, Mistake> {
        let header = Recipe::read(source).ok();
        let rules = world.rules(header.as_ref())?;
        let needs = header.map(|recipe| recipe.needs).unwrap_or_default();
        Ok(Rules { needs, typed: self.typed, learning: self.learn, ..rules })
    }
}

impl World {
    /// What is set about changes.
    pub(crate) fn rules(&self, recipe: Option<&Recipe>) -> Result<Rules, Mistake> {
        let (settings, profile) = self.settings(recipe)?;
        let said = |key: &str| settings.flag(key).then(|| who(&settings, key));
        let count = |key: &str| {
            let is_said = settings.source(key) != Some(&Source::Default);
            settings.count(key).filter(|_| is_said)
        };
        Ok(Rules {
            max_changes: count("max_changes"),
            max_delete: count("max_delete"),
            read_only: said("read_only"),
            production: said("production").map(|said| {
                profile.map_or(said, |profile| format!("profile `{profile}`"))
            }),
            reach: Reach {
                files: settings.paths("allow_files"),
                hosts: settings.items("allow_hosts"),
                environment: settings.items("allow_environment"),
            },
            scheduled: self.environment.run.is_some(),
            ..Rules::default()
        })
    }
}

fn who(settings: &Settings, key: &str) -> String {
    settings.source(key).map_or_else(String::new, ToString::to_string)
}
