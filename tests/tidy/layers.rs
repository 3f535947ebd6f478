use crate::source::sources;

/// Each module and those left of it, which it may use.
const LAYERS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("wire", &["model"]),
    ("client", &["model", "wire"]),
    ("sandbox", &["model", "wire"]),
    ("ledger", &["model"]),
    ("script", &["model", "wire", "client", "ledger"]),
    ("schedule", &["model", "wire", "client", "ledger", "script"]),
    ("repl", &["model", "wire", "client", "ledger", "script"]),
    (
        "cli",
        &["model", "wire", "client", "sandbox", "ledger", "script", "schedule", "repl"],
    ),
    ("lib", &[]),
    ("main", &["cli"]),
];

#[test]
fn no_module_uses_one_that_stands_right_of_it() {
    let mut wrong = Vec::new();
    for source in sources() {
        let module = source.module();
        let Some((_, allowed)) = LAYERS.iter().find(|row| row.0 == module) else {
            wrong.push(format!("{}: `{module}` is no layer", source.path));
            continue;
        };
        for used in uses(&source.code) {
            if used != module && !allowed.contains(&used) {
                wrong.push(format!("{}: `{module}` uses `{used}`", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The layers that are named after `crate::`, alone or in a list.
fn uses(code: &str) -> Vec<&str> {
    let code_lines = || code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let paths = code_lines().flat_map(|line| line.split("crate::").skip(1));
    let mut used: Vec<&str> = paths.filter_map(first_word).collect();
    for list in code.split("crate::{").skip(1) {
        let names = list.split("};").next().unwrap().split(',');
        used.extend(names.filter_map(|name| first_word(name.trim())));
    }
    used.retain(|name| LAYERS.iter().any(|row| row.0 == *name));
    used
}

fn first_word(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next()
}

#[test]
fn uses_are_found_in_all_their_forms() {
    let code = "use crate::wire::Fault;\nuse crate::{client, sandbox::Seed};\nfn f() { crate::script::run() }";
    assert_eq!(uses(code), ["wire", "script", "client", "sandbox"]);
}
