//! A profile, asked for step by step.
use crate::cli::mistake::Mistake;
use crate::cli::settings::Setting;
use crate::cli::world::{Terminal, World};
use crate::script::Console;

/// The ways to a password, with the setting that names each and the question for it.
const WAYS: &[(&str, Option<(&str, &str)>)] = &[
    ("I am asked each time a session begins", None),
    ("a command prints it", Some(("password_command", "command: "))),
    ("a variable of the environment has it", Some(("password_env", "variable: "))),
    ("a file has it that only I can read", Some(("password_file", "file: "))),
    ("the keyring of this computer has it", Some(("keyring", ""))),
];

/// Asks for what is not given.
pub(super) fn ask(
    given: &mut Vec<(&'static Setting, String)>,
    world: &World,
) -> anyhow::Result<()> {
    let terminal = &world.terminal;
    let Some(url) = terminal.ask("address of the openBIS (https://…): ") else {
        return Err(Mistake::new("a profile needs an address")
            .hint("`--url https://openbis.example.org` names it")
            .into());
    };
    put(given, "url", &url);
    let has = |given: &[(&'static Setting, String)], key: &str| {
        given.iter().any(|(setting, _)| setting.key == key)
    };
    if !has(given, "user")
        && let Some(user) = terminal.ask("user (empty: nobody in particular): ")
    {
        put(given, "user", &user);
        if !WAYS.iter().filter_map(|way| way.1).any(|(key, _)| has(given, key)) {
            ask_way(given, terminal);
        }
    }
    if !has(given, "production")
        && terminal
            .confirm("Is it in production: ask before each run that changes something?")
    {
        put(given, "production", "true");
    }
    if !has(given, "read_only")
        && terminal.confirm("Is nothing ever to be changed there?")
    {
        put(given, "read_only", "true");
    }
    Ok(())
}

fn ask_way(given: &mut Vec<(&'static Setting, String)>, terminal: &Terminal) {
    terminal.talk("Where does the password come from?");
    for (number, (way, _)) in (1..).zip(WAYS) {
        terminal.talk(&format!("  {number}  {way}"));
    }
    let number = terminal.ask("number [1]: ").and_then(|text| text.parse::<usize>().ok());
    let way = WAYS.get(number.unwrap_or(1).saturating_sub(1)).and_then(|way| way.1);
    match way {
        None => {}
        Some((key, "")) => put(given, key, "true"),
        Some((key, question)) => {
            if let Some(text) = terminal.ask(question) {
                put(given, key, &text);
            }
        }
    }
}

fn put(given: &mut Vec<(&'static Setting, String)>, key: &str, text: &str) {
    given.extend(Setting::named(key).map(|setting| (setting, text.to_owned())));
}
