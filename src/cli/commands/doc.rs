use crate::cli::exit::Exit;
use crate::cli::mistake::Mistake;
use crate::cli::world::World;
use crate::script;
use crate::script::reference::{self, Function};
use crate::script::report::{Cell, Table};
use crate::script::{lookup, manual};

/// Show what scripts can call
#[derive(clap::Args, Debug)]
pub(crate) struct Doc {
    /// A function, a topic, or an attribute of a session, a result or an object
    name: Option<String>,

    /// The whole reference as one page of Markdown
    #[arg(long, conflicts_with = "name")]
    all: bool,
}

impl Doc {
    pub(crate) fn go(self, world: &World) -> anyhow::Result<Exit> {
        let engine = script::engine(&world.host_without_openbis());
        let functions = reference::functions(&engine);
        if self.all {
            world.terminal.write(&manual::page(&functions));
            return Ok(Exit::Done);
        }
        let Some(name) = self.name else {
            world.print_table(&list(functions.iter()));
            return Ok(Exit::Done);
        };
        let found = lookup::named(&functions, &name);
        let attributes = lookup::attributes(&name);
        if found.is_empty() && attributes.is_empty() {
            return Err(unknown(&name, &functions).into());
        }
        match world.global.output {
            Some(_) => world.print_table(&list(found.into_iter())),
            None => world.terminal.write(&(lookup::pages(&found) + attributes.as_str())),
        }
        Ok(Exit::Done)
    }
}

fn unknown(name: &str, functions: &[Function]) -> Mistake {
    Mistake::missing(format!("no function `{name}`"))
        .nearest(name, &lookup::names(functions))
        .hint("`rhobis doc` lists them all")
}

fn list<'a>(functions: impl Iterator<Item = &'a Function>) -> Table {
    let row = |function: &Function| {
        let summary = function.summary.replace('\n', " ");
        vec![Cell::Text(lookup::signature(function)), Cell::Text(summary)]
    };
    let columns = ["function", "summary"].map(str::to_owned).into();
    Table { columns, rows: functions.map(row).collect() }
}
