use crate::source::{Source, sources};

/// What must not stand in the code, where it may nevertheless, and why.
type Row = (&'static str, &'static [&'static str], &'static str);

const FORBIDDEN: &[Row] = &[
    (".unwrap()", &[], "nothing a user does may panic"),
    ("todo!(", &[], "finish it"),
    ("dbg!(", &[], "it prints"),
    ("#[allow(", &[], "write `#[expect(…, reason = \"…\")]`"),
    ("ErrorSystem", &[], "a script cannot catch it"),
    (".map_err(|e| e.to_string())", &[], "keep the cause as the source of an error"),
    (
        ".map_err(|error| error.to_string())",
        &["src/schedule/file.rs", "src/wire/reply/"],
        "keep the cause",
    ),
    ("process::exit", &["src/cli/world/interrupt.rs"], "`main` alone ends the process"),
    ("println!(", &["src/cli/", "src/repl/"], "return it, do not print it"),
    ("eprint", &["src/cli/", "src/repl/"], "return it, do not print it"),
    ("serde_json::Value", &["src/wire/"], "JSON stays in `wire`"),
    ("register_fn(", &["src/script/engine.rs"], "write an `#[export_module]`"),
    ("SystemTime::now", &["src/cli/world/"], "ask the clock"),
    // The limits of a call are of real time, as those of the HTTP client itself are.
    ("Instant::now", &["src/cli/", "src/repl/", "src/client/http.rs"], "ask the clock"),
    ("Utc::now", &[], "ask the clock"),
    ("Local::now", &[], "ask the clock"),
    ("thread::sleep", &["src/cli/world/"], "ask the clock"),
    ("env::var", &["src/cli/"], "the environment is read at the edge"),
    ("anyhow", &["src/cli/"], "a layer has an error of its own"),
];

#[test]
fn nothing_forbidden_stands_in_the_code() {
    let sources = sources();
    let wrong: Vec<String> = sources.iter().flat_map(forbidden).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn forbidden(source: &Source) -> impl Iterator<Item = String> {
    let code = source.lines().filter(|(_, line)| !line.trim_start().starts_with("//"));
    code.flat_map(move |(number, line)| {
        let here =
            move |row: &&Row| line.contains(row.0) && !is_allowed(&source.path, row.1);
        let rows = FORBIDDEN.iter().filter(here);
        rows.map(move |(word, _, why)| {
            format!("{}:{number}: `{word}`: {why}", source.path)
        })
    })
}

fn is_allowed(path: &str, places: &[&str]) -> bool {
    places.iter().any(|place| path.starts_with(place))
}

#[test]
fn comments_hold_neither_plans_nor_code() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (number, line) in source.lines() {
            let Some(comment) = line.trim_start().strip_prefix("// ") else { continue };
            let plan = ["TODO", "FIXME", "XXX"].iter().any(|word| comment.contains(word));
            if plan || is_code(comment.trim()) {
                wrong.push(format!("{}:{number}: {comment}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn is_code(comment: &str) -> bool {
    let begins = ["let ", "use ", "pub ", "fn ", "if ", "for ", "return ", "#["];
    let ends = [";", "{", "}", "},", ")?;"];
    ends.iter().any(|end| comment.ends_with(end))
        && (begins.iter().any(|begin| comment.starts_with(begin))
            || comment.contains('('))
}

#[test]
fn code_in_a_comment_is_told_from_words() {
    assert!(is_code("let x = 5;"));
    assert!(is_code("self.start(job)?;"));
    assert!(!is_code("Nobody listens any more: it has stopped already."));
    assert!(!is_code("2026-01-01T00:00:00Z"));
}
