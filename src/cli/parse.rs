//! From the words of the command line to what is meant. A recipe's parameters are options
//! of their own, so its name is looked up first.
use std::ffi::OsString;

use clap::{Arg, Command, CommandFactory, FromArgMatches};

use super::arguments::{self, Arguments};
use super::{catalogue, parameters};

/// The arguments, or a failure that says how it is done; help is a failure of that sort.
pub(crate) fn parse(words: &[OsString]) -> anyhow::Result<Arguments> {
    let command = Arguments::command();
    let Some((verb, name)) = recipe_name(words, &command) else {
        return Ok(Arguments::try_parse_from_command(command, words)?);
    };
    let script = catalogue::find(&name)?;
    let recipe = catalogue::header(&script)?;
    let taken = taken(command.clone());
    let command =
        command.mut_subcommand(verb, |run| parameters::add(run, &recipe, &taken));
    let matches = command.try_get_matches_from(words)?;
    let mut arguments = Arguments::from_arg_matches(&matches)?;
    let run = match &mut arguments.command {
        Some(arguments::Command::Run(run)) => Some(run),
        Some(arguments::Command::Plan(plan)) => Some(&mut plan.run),
        Some(_) | None => None,
    };
    if let (Some(run), Some(matches)) = (run, matches.subcommand_matches(verb)) {
        let given = parameters::given(&recipe, matches);
        run.prepare(script, recipe, given);
    }
    Ok(arguments)
}

impl Arguments {
    fn try_parse_from_command(
        command: Command,
        words: &[OsString],
    ) -> Result<Self, clap::Error> {
        let matches = command.try_get_matches_from(words)?;
        Self::from_arg_matches(&matches)
    }
}

/// The commands that take a recipe and its parameters.
const VERBS: [&str; 2] = ["run", "plan"];

/// The command that takes a recipe, and the word behind it that is neither an option nor the
/// value of one of ours.
fn recipe_name(words: &[OsString], command: &Command) -> Option<(&'static str, String)> {
    let mut plain = Vec::new();
    let mut words = words.iter().skip(1).map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        if word == "-" || !word.starts_with('-') {
            plain.push(word.into_owned());
        } else if takes_next_word(&word, command) {
            words.next();
        }
        match plain.as_slice() {
            [first] if !VERBS.contains(&first.as_str()) => return None,
            [verb, name] => {
                let verb = VERBS.into_iter().find(|known| known == verb)?;
                return Some((verb, name.clone()));
            }
            [] | [_] | [..] => {}
        }
    }
    None
}

/// Whether it is one of our options and its value stands behind it.
fn takes_next_word(word: &str, command: &Command) -> bool {
    let run = command.find_subcommand("plan");
    let options =
        command.get_arguments().chain(run.into_iter().flat_map(Command::get_arguments));
    let named = |arg: &&Arg| {
        let long =
            word.strip_prefix("--").is_some_and(|name| arg.get_long() == Some(name));
        let mut chars = word.chars().skip(1);
        long || (chars.next() == arg.get_short() && chars.next().is_none())
    };
    let mut options = options.filter(named);
    options.next().is_some_and(|arg| {
        arg.get_action().takes_values() && !arg.is_require_equals_set()
    })
}

/// The long names of our own options.
fn taken(mut command: Command) -> Vec<String> {
    command.build();
    let run = command.find_subcommand("plan");
    let options = run.into_iter().flat_map(Command::get_arguments);
    options.filter_map(|arg| arg.get_long().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_in(line: &str) -> Option<String> {
        let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        recipe_name(&words, &Arguments::command()).map(|(_, name)| name)
    }

    #[test]
    fn the_recipe_is_found_among_options_before_and_behind() {
        assert_eq!(name_in("rhobis run bulk-tag --tag x").as_deref(), Some("bulk-tag"));
        assert_eq!(
            name_in("rhobis --url u run -v --output json a.rhai").as_deref(),
            Some("a.rhai")
        );
        assert_eq!(name_in("rhobis --sandbox run -").as_deref(), Some("-"));
        assert_eq!(name_in("rhobis eval run x"), None);
        assert_eq!(name_in("rhobis run --help"), None);
    }
}
