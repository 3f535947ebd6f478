use crate::cli::catalogue;
use crate::cli::exit::Exit;
use crate::cli::settings::Found;
use crate::cli::world::World;
use crate::script::report::{Cell, Table};

/// The configuration
#[derive(clap::Args, Debug)]
pub(crate) struct Configuration {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand, Debug)]
enum What {
    /// Show every setting, its value, and who said it: an option, a variable of the
    /// environment, the recipe, the profile, or nobody
    Explain {
        /// As it is for a run of this recipe or script
        recipe: Option<String>,
    },
    /// Show where the configuration, the state and the tokens are
    Paths,
}

impl Configuration {
    pub(crate) fn go(self, world: &World) -> anyhow::Result<Exit> {
        match self.what {
            What::Explain { recipe } => {
                let script = recipe.as_deref().map(catalogue::find).transpose()?;
                let recipe = script.as_ref().map(catalogue::header).transpose()?;
                let (settings, profile) = world.settings(recipe.as_ref())?;
                let mut rows = vec![profile_row(profile, world)];
                rows.extend(settings.found.iter().map(row));
                rows.extend(secret_rows(world));
                let columns = ["setting", "value", "said by"].map(str::to_owned).into();
                world.print_table(&Table { columns, rows });
            }
            What::Paths => world.print_table(&paths(world)),
        }
        Ok(Exit::Done)
    }
}

fn row(found: &Found) -> Vec<Cell> {
    let shown = found.value.as_deref().map(|text| found.setting.form.shown(text));
    vec![
        Cell::Text(found.setting.key.to_owned()),
        shown.map_or(Cell::Empty, Cell::Text),
        Cell::Text(found.source.to_string()),
    ]
}

fn profile_row(profile: Option<&str>, world: &World) -> Vec<Cell> {
    let by_flag = world.global.profile.is_some();
    let by_variable = world.environment.profile.as_deref() == profile;
    let source = match profile {
        Some(_) if by_flag => "option --profile",
        Some(_) if by_variable => "variable RHOBIS_PROFILE",
        Some(_) => "default_profile",
        None => "default",
    };
    let name = profile.map_or(Cell::Empty, |name| Cell::Text(name.to_owned()));
    vec![Cell::Text("profile".to_owned()), name, Cell::Text(source.to_owned())]
}

/// What the environment holds of secrets: that it does.
fn secret_rows(world: &World) -> Vec<Vec<Cell>> {
    let said = |name: &str, is_there: bool| {
        let (value, source) = match is_there {
            true => (Cell::Text("(secret)".to_owned()), "variable"),
            false => (Cell::Empty, "default"),
        };
        vec![Cell::Text(name.to_owned()), value, Cell::Text(source.to_owned())]
    };
    vec![
        said("password", world.environment.password.is_some()),
        said("token", world.environment.token.is_some()),
    ]
}

fn paths(world: &World) -> Table {
    let folders = &world.folders;
    let rows = [
        ("configuration", folders.config_file()),
        ("ledger", folders.ledger()),
        ("tokens", folders.tokens()),
        ("history", folders.history()),
        ("cache", folders.words()),
        ("logs", folders.logs()),
    ];
    let row = |(name, path): (&str, std::path::PathBuf)| {
        vec![Cell::Text(name.to_owned()), Cell::Text(path.display().to_string())]
    };
    let columns = ["what", "path"].map(str::to_owned).into();
    Table { columns, rows: rows.map(row).into() }
}
