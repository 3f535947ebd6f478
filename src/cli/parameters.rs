//! The parameters of a recipe as options of the command line.
use clap::builder::StyledStr;
use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::script::recipe::{Param, ParamType, Recipe};

/// The command with an option for each parameter, unless one of ours has its name.
pub(crate) fn add(command: Command, recipe: &Recipe, taken: &[String]) -> Command {
    let heading = format!("Parameters of {}", recipe.name);
    let free = recipe.params.iter().filter(|param| !taken.contains(&long(param)));
    let command = if recipe.doc.is_empty() {
        command
    } else {
        command.about(recipe.summary().to_owned()).long_about(recipe.doc.clone())
    };
    command.args(free.map(|param| option(param).help_heading(heading.clone())))
}

/// What was given, in order of the parameters; lists joined by commas.
pub(crate) fn given(recipe: &Recipe, matches: &ArgMatches) -> Vec<(String, String)> {
    let value = |param: &Param| {
        let values = matches.try_get_many::<String>(&id(param)).ok().flatten()?;
        let values: Vec<&str> = values.map(String::as_str).collect();
        Some((param.name.clone(), values.join(",")))
    };
    recipe.params.iter().filter_map(value).collect()
}

fn option(param: &Param) -> Arg {
    let arg = Arg::new(id(param))
        .long(long(param))
        .help(help(param))
        .value_name(param.ty.name().to_uppercase());
    let arg = if param.name.contains('_') { arg.alias(param.name.clone()) } else { arg };
    match param.ty {
        ParamType::List => arg.action(ArgAction::Append),
        ParamType::Boolean => arg.num_args(0..=1).default_missing_value("true"),
        ParamType::Integer | ParamType::Real => arg.allow_negative_numbers(true),
        ParamType::String | ParamType::Date => arg.allow_hyphen_values(true),
    }
}

fn help(param: &Param) -> StyledStr {
    let more = match (&param.default, param.required) {
        (_, true) => " [required]".to_owned(),
        (Some(default), false) => format!(" [default: {default}]"),
        (None, false) => String::new(),
    };
    format!("{}{more}", param.help).into()
}

/// The option's name: dashes for underscores.
fn long(param: &Param) -> String {
    param.name.replace('_', "-")
}

fn id(param: &Param) -> String {
    format!("parameter:{}", param.name)
}
