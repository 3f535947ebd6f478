//! What begins with a dot at the prompt: a table.
use std::fmt::Write;

use super::Surroundings;
use super::names::Names;
use super::session::Session;
use crate::script::{lookup, nearest, reference};

/// What comes after a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    Prompt,
    End,
}

impl Next {
    pub(super) fn is_end(self) -> bool {
        self == Self::End
    }
}

/// What a command works with.
struct Desk<'a> {
    words: &'a [&'a str],
    session: &'a Session,
    names: &'a Names,
    around: &'a dyn Surroundings,
}

struct Command {
    name: &'static str,
    takes: &'static str,
    help: &'static str,
    go: fn(&Desk<'_>) -> Next,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "help",
        takes: "[NAME]",
        help: "show what can be done here, or what a function or attribute is",
        go: help,
    },
    Command {
        name: "functions",
        takes: "[TEXT]",
        help: "list the functions whose name or doc has the text",
        go: functions,
    },
    Command { name: "variables", takes: "", help: "list the variables", go: variables },
    Command { name: "recipes", takes: "", help: "list the recipes", go: recipes },
    Command {
        name: "run",
        takes: "RECIPE [--param VALUE …]",
        help: "run a recipe or a file",
        go: run,
    },
    Command {
        name: "quit",
        takes: "",
        help: "end the session, as Ctrl-D does",
        go: quit,
    },
];

/// The names, for completion.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|command| command.name)
}

/// Carries out what stands behind the dot.
pub(super) fn go(
    line: &str,
    session: &Session,
    names: &Names,
    around: &dyn Surroundings,
) -> Next {
    let words: Vec<&str> = line.split_whitespace().collect();
    let name = words.first().copied().unwrap_or("help");
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        around.say(&format!("no command `.{name}`; `.help` lists them"));
        return Next::Prompt;
    };
    let words = words.get(1..).unwrap_or_default();
    (command.go)(&Desk { words, session, names, around })
}

fn help(desk: &Desk<'_>) -> Next {
    match desk.words.first() {
        Some(name) => desk.around.say(&told_of(desk, name)),
        None => desk.around.say(&overview()),
    }
    Next::Prompt
}

/// The page of a function, or what an attribute is.
fn told_of(desk: &Desk<'_>, name: &str) -> String {
    let name = name.trim_end_matches(['(', ')']);
    let name = name.rsplit('.').next().unwrap_or(name);
    let functions = reference::functions(desk.session.engine());
    let found = lookup::named(&functions, name);
    let told = lookup::pages(&found) + lookup::attributes(name).as_str();
    if !told.is_empty() {
        return told.trim_end().to_owned();
    }
    let hint = nearest::hint(name, &lookup::names(&functions)).unwrap_or_default();
    format!("no function or attribute `{name}`; {hint}")
}

fn overview() -> String {
    let mut text = String::from(
        "An expression is evaluated and its value shown; `o` is the openBIS session.\n\
         Open brackets continue on the next line. Tab completes, Ctrl-C stops, Ctrl-D ends.\n",
    );
    for command in COMMANDS {
        let call = format!(".{} {}", command.name, command.takes);
        let _ = write!(text, "\n  {call:<32}{}", command.help);
    }
    text
}

fn functions(desk: &Desk<'_>) -> Next {
    let wanted = desk.words.join(" ").to_lowercase();
    let fits = |text: &str| text.to_lowercase().contains(&wanted);
    let found = desk.names.functions.iter();
    for one in found.filter(|one| fits(&one.name) || fits(&one.summary)) {
        desk.around.say(&one.signature);
        if !one.summary.is_empty() {
            desk.around.say(&format!("    {}", one.summary));
        }
    }
    Next::Prompt
}

fn variables(desk: &Desk<'_>) -> Next {
    for (name, ty) in desk.session.typed() {
        desk.around.say(&format!("{name}: {ty}"));
    }
    Next::Prompt
}

fn recipes(desk: &Desk<'_>) -> Next {
    for name in &desk.names.recipes {
        desk.around.say(name);
    }
    Next::Prompt
}

fn run(desk: &Desk<'_>) -> Next {
    desk.around.run(desk.words);
    Next::Prompt
}

fn quit(_desk: &Desk<'_>) -> Next {
    Next::End
}
