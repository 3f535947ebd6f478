//! Every block of the README does what it says.
use std::fs;
use std::path::Path;

use crate::listening::Listening;
use crate::rhobis::Rhobis;

/// A fenced block: what stands behind the fence, and the lines.
struct Block {
    kind: String,
    text: String,
}

fn blocks() -> Vec<Block> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(path).unwrap();
    let mut parts = readme.split("\n```");
    parts.next();
    let blocks: Vec<Block> = parts
        .step_by(2)
        .map(|part| {
            let (kind, text) = part.split_once('\n').unwrap();
            Block { kind: kind.to_owned(), text: text.to_owned() }
        })
        .collect();
    assert!(blocks.len() > 5, "the README has lost its blocks");
    blocks
}

#[test]
fn every_block_of_the_readme_is_tried() {
    let lab = Rhobis::new();
    let mut printed = String::new();
    for Block { kind, text } in blocks() {
        match kind.as_str() {
            "rhai" => printed = lab.again().script(&text).run().succeeds().stdout,
            "rhai newer" => newer(&text),
            "output" => assert_eq!(printed.trim_end(), text.trim_end()),
            "console" => console(&lab, &text),
            "sh" => shell(&text),
            "toml schedule" => {
                let check = lab.again().file("schedule.toml", &text);
                check.args(["schedule", "check"]).run().succeeds();
            }
            "toml config" => configuration(&text),
            other => panic!("nobody tries blocks of `{other}`"),
        }
    }
}

/// A script against a server of the newer interface.
fn newer(text: &str) {
    let options = ["--listen=127.0.0.1:0", "--api=newer", "--user=admin:admin"];
    let sandbox = Listening::serving(&options);
    let lab = Rhobis::new().at(&sandbox.url);
    lab.env("RHOBIS_WIRE_LOG", "/dev/null")
        .env("OPENBIS_USERNAME", "admin")
        .env("OPENBIS_PASSWORD", "admin")
        .script(text)
        .run()
        .succeeds();
}

/// Lines that begin with `$` are commands, the others what they print.
fn console(lab: &Rhobis, text: &str) {
    for command in format!("\n{text}").split("\n$ ").skip(1) {
        let (line, expected) = command.split_once('\n').unwrap();
        let line = line.strip_prefix("cargo run --release -- ").unwrap();
        let mut rhobis = lab.again().without_server();
        for word in words(line) {
            rhobis = rhobis.args([word.as_str()]);
        }
        let seen = rhobis.run();
        let said = if expected.starts_with("error:") { seen.stderr } else { seen.stdout };
        assert_eq!(said.trim_end(), expected.trim_end(), "{line}");
    }
}

/// As the shell splits them: at spaces, except within single quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in line.split('\'').enumerate() {
        match index % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words
}

/// What installs, tests or asks another server is no matter of a test; but its options
/// have to be those that there are.
fn shell(text: &str) {
    for line in text.lines() {
        if let Some(line) = line.strip_prefix("rhobis ") {
            let mut rhobis = Rhobis::new().without_server();
            for word in words(line) {
                rhobis = rhobis.args([word.as_str()]);
            }
            rhobis.args(["--help"]).run().succeeds();
        } else {
            let known = ["cargo test", "cargo install --path .", "export OPENBIS_"];
            assert!(known.iter().any(|known| line.starts_with(known)), "{line}");
        }
    }
}

fn configuration(text: &str) {
    let folder = Rhobis::new().without_server().file("home/config.toml", text);
    let home = folder.path("home");
    folder
        .env("RHOBIS_HOME", home.to_str().unwrap())
        .args(["--profile=lap", "whoami"])
        .run()
        .fails_with(rhobis::cli::Exit::NotFound)
        .stderr_has("did you mean `lab`?");
}
