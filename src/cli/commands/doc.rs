use std::collections::BTreeSet;

use crate::cli::exit::Exit;
use crate::cli::mistake::Mistake;
use crate::cli::world::World;
use crate::script;
use crate::script::manual;
use crate::script::reference::{self, Function};
use crate::script::report::{Cell, Table};

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
        let found: Vec<&Function> =
            functions.iter().filter(|function| is_meant(function, &name)).collect();
        if found.is_empty() {
            return Err(unknown(&name, &functions).into());
        }
        match world.global.output {
            Some(_) => world.print_table(&list(found.into_iter())),
            None => world.terminal.write(&pages(&found)),
        }
        Ok(Exit::Done)
    }
}

/// `get_sample`, `csv::read`, or `csv` for the whole topic.
fn is_meant(function: &Function, name: &str) -> bool {
    let Function { name: own, namespace, .. } = function;
    own == name || namespace == name || full_name(function) == name
}

fn full_name(function: &Function) -> String {
    match function.namespace.as_str() {
        "" => function.name.clone(),
        namespace => format!("{namespace}::{}", function.name),
    }
}

fn signature(function: &Function) -> String {
    match function.namespace.as_str() {
        "" => function.signature.clone(),
        namespace => format!("{namespace}::{}", function.signature),
    }
}

fn unknown(name: &str, functions: &[Function]) -> Mistake {
    let known: BTreeSet<String> = functions.iter().map(full_name).collect();
    let known: Vec<String> = known.into_iter().collect();
    Mistake::missing(format!("no function `{name}`"))
        .nearest(name, &known)
        .hint("`rhobis doc` lists them all")
}

fn list<'a>(functions: impl Iterator<Item = &'a Function>) -> Table {
    let row = |function: &Function| {
        let summary = function.summary.replace('\n', " ");
        vec![Cell::Text(signature(function)), Cell::Text(summary)]
    };
    let columns = ["function", "summary"].map(str::to_owned).into();
    Table { columns, rows: functions.map(row).collect() }
}

/// The whole documentation; what is told once for several ways to call is said once.
fn pages(functions: &[&Function]) -> String {
    let mut text = String::new();
    let mut functions = functions.iter().peekable();
    while let Some(function) = functions.next() {
        text.push_str(&signature(function));
        text.push('\n');
        let same = functions.peek().is_some_and(|next| next.doc == function.doc);
        if !same {
            text.extend(["\n", &function.doc, "\n\n"]);
        }
    }
    text
}
