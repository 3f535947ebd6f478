use clap::{Parser, Subcommand};

use super::commands::{completions, man};
use super::global::Global;

/// Scripts for openBIS: run recipes, try things at a prompt, schedule jobs, practise on a sandbox.
#[derive(Parser, Debug)]
#[command(name = "rhobis", version, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,

    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    Completions(completions::Completions),
    Man(man::Man),
}
