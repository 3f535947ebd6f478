use clap::{Parser, Subcommand};

use super::commands::{
    apply, check, completions, config, doc, eval, login, logout, man, plan, profile,
    recipe, resume, run, runs, sandbox, schedule, token, undo, whoami,
};
use super::exit::Exit;
use super::global::Global;
use super::world::World;

/// Scripts for openBIS: run recipes, try things at a prompt, schedule jobs, practise on a
/// sandbox.
#[derive(Parser, Debug)]
#[command(name = "rhobis", version)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,

    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// Evaluate this and print the value
    #[arg(short = 'e', value_name = "EXPRESSION")]
    pub(crate) expression: Option<String>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    Run(run::Run),
    Eval(eval::Eval),
    Runs(runs::Runs),
    Undo(undo::Undo),
    Plan(plan::Plan),
    Apply(apply::Apply),
    Resume(resume::Resume),
    #[command(name = "recipe")]
    Recipes(recipe::Recipes),
    Check(check::Check),
    Doc(doc::Doc),
    Login(login::Login),
    /// End the session that `login` began, here and on the server
    Logout,
    /// Show where the session leads and whose it is
    Whoami,
    #[command(name = "token")]
    Tokens(token::Tokens),
    #[command(name = "profile")]
    Profiles(profile::Profiles),
    #[command(name = "config")]
    Configuration(config::Configuration),
    Sandbox(sandbox::Sandbox),
    Schedule(schedule::Schedule),
    Completions(completions::Completions),
    /// Print the manual page
    Man,
}

impl Command {
    pub(crate) fn go(self, world: &World) -> anyhow::Result<Exit> {
        match self {
            Self::Run(command) => command.go(world),
            Self::Eval(command) => command.go(world),
            Self::Runs(command) => command.go(world),
            Self::Undo(command) => command.go(world),
            Self::Plan(command) => command.go(world),
            Self::Apply(command) => command.go(world),
            Self::Resume(command) => command.go(world),
            Self::Recipes(command) => command.go(world),
            Self::Check(command) => command.go(world),
            Self::Doc(command) => command.go(world),
            Self::Login(command) => command.go(world),
            Self::Logout => logout::go(world),
            Self::Whoami => whoami::go(world),
            Self::Tokens(command) => command.go(world),
            Self::Profiles(command) => command.go(world),
            Self::Configuration(command) => command.go(world),
            Self::Sandbox(command) => command.go(world),
            Self::Schedule(command) => command.go(world),
            Self::Completions(command) => Ok(command.go(world)),
            Self::Man => man::go(world),
        }
    }
}
