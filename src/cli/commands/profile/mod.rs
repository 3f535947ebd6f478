mod add;
mod options;
mod pybis;
mod steps;

use crate::cli::exit::Exit;
use crate::cli::settings::{Editor, SETTINGS};
use crate::cli::vault::{Slot, Sort};
use crate::cli::world::World;
use crate::script::report::{Cell, Table};

/// Profiles: the servers that one works with, and how
#[derive(clap::Args, Debug)]
pub(crate) struct Profiles {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand, Debug)]
enum What {
    Add(add::Add),
    /// List the profiles
    List,
    /// Show what a profile says
    Show {
        /// Its name; without one, the usual profile
        name: Option<String>,
    },
    /// Make a profile the one that is meant where none is named
    Use {
        /// Its name
        name: String,
    },
    /// Remove a profile, and the tokens that are kept for it
    Remove {
        /// Its name
        name: String,
    },
}

impl Profiles {
    pub(crate) fn go(self, world: &World) -> anyhow::Result<Exit> {
        match self.what {
            What::Add(add) => add.go(world)?,
            What::List => world.print_table(&listed(world)),
            What::Show { name } => world.print_table(&shown(name.as_deref(), world)?),
            What::Use { name } => prefer(&name, world)?,
            What::Remove { name } => remove(&name, world)?,
        }
        Ok(Exit::Done)
    }
}

fn listed(world: &World) -> Table {
    let columns = ["profile", "url", "user", "usual", "read_only", "production"];
    let usual = world.config.default_profile();
    let row = |(name, profile): (&str, &crate::cli::settings::Profile)| {
        let text = |key: &str| profile.get(key).map_or(Cell::Empty, cell);
        let mut row = vec![cell(name), text("url"), text("user")];
        row.push(Cell::Flag(usual == Some(name)));
        let is_set = |key: &str| Cell::Flag(profile.get(key) == Some("true"));
        row.extend(["read_only", "production"].map(is_set));
        row
    };
    let rows = world.config.profiles().map(row).collect();
    Table { columns: columns.map(str::to_owned).into(), rows }
}

fn shown(name: Option<&str>, world: &World) -> anyhow::Result<Table> {
    let meant = name.or(world.global.profile.as_deref());
    let name = meant.or(world.config.default_profile()).unwrap_or_default();
    let profile = world.config.profile(name)?;
    let rows = SETTINGS.iter().filter_map(|setting| {
        let value = setting.form.shown(profile.get(setting.key)?);
        Some([setting.key, value.as_str()].map(cell).into())
    });
    let columns = ["setting", "value"].map(str::to_owned).into();
    Ok(Table { columns, rows: rows.collect() })
}

fn prefer(name: &str, world: &World) -> anyhow::Result<()> {
    world.config.profile(name)?;
    let mut editor = Editor::open(&world.folders.config_file())?;
    editor.prefer(name);
    editor.save()?;
    world.terminal.info(&format!("`{name}` is meant from now on where none is named"));
    Ok(())
}

fn remove(name: &str, world: &World) -> anyhow::Result<()> {
    let store = world.config.profile(name)?.get("token_store").unwrap_or("auto");
    let has_password = world.config.profile(name)?.get("keyring") == Some("true");
    let mut editor = Editor::open(&world.folders.config_file())?;
    editor.remove(name);
    editor.save()?;
    for sort in [Sort::Session, Sort::AccessToken] {
        world.sessions.vault.forget(&Slot { name, sort, store })?;
    }
    if has_password {
        world.sessions.vault.forget(&Slot { name, sort: Sort::Password, store })?;
    }
    world.terminal.info(&format!("profile `{name}` and its tokens are removed"));
    Ok(())
}

fn cell(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}
