use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::server::Server;

/// A script that checks something.
pub(crate) struct Case {
    pub(crate) name: String,
    path: PathBuf,
    needs_sandbox: bool,
    also_newer: bool,
}

/// What came of a case.
pub(crate) enum Outcome {
    Passed,
    Skipped,
    /// With what it has said.
    Failed(String),
}

impl Case {
    /// Every script in the folder, so that none is forgotten.
    pub(crate) fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
        let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut cases: Vec<Self> = paths
            .filter(|path| path.extension().is_some_and(|extension| extension == "rhai"))
            .map(|path| {
                let text = fs::read_to_string(&path).unwrap();
                Self {
                    name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
                    needs_sandbox: says(&text, "needs", "sandbox"),
                    also_newer: says(&text, "also", "newer"),
                    path,
                }
            })
            .collect();
        cases.sort_by(|a, b| a.name.cmp(&b.name));
        cases
    }

    /// The same for the newer interface, where it says so.
    pub(crate) fn on_newer(&self) -> Option<Self> {
        let name = format!("newer-{}", self.name);
        self.also_newer.then(|| Self { name, path: self.path.clone(), ..*self })
    }

    pub(crate) fn run(&self, server: &Server) -> Outcome {
        if self.needs_sandbox && !server.is_sandbox() {
            return Outcome::Skipped;
        }
        let prefix = server.prefix(&self.name);
        let output = server
            .rhobis(&self.name)
            .arg("run")
            .arg(&self.path)
            .arg(format!("--prefix={prefix}"))
            .arg("--yes")
            .arg("--allow-hosts=127.0.0.1")
            .output()
            .unwrap();
        if let Some(secret) = server.secret_in(&told(&output)) {
            return Outcome::Failed(format!("it showed the secret {secret}"));
        }
        if !output.status.success() {
            return Outcome::Failed(told(&output));
        }
        let left = server
            .rhobis(&self.name)
            .args(["eval", &format!(r#"o.get_spaces(#{{ code: "{prefix}*" }}).total"#)])
            .output()
            .unwrap();
        match String::from_utf8_lossy(&left.stdout).trim() {
            "0" => Outcome::Passed,
            _ => Outcome::Failed(format!("it left spaces behind:\n{}", told(&left))),
        }
    }
}

/// Whether a line above the case says this: `//! needs: sandbox`.
fn says(text: &str, key: &str, word: &str) -> bool {
    let start = format!("//! {key}:");
    let mut lines = text.lines().take_while(|line| line.starts_with("//!"));
    lines.any(|line| line.strip_prefix(&start).is_some_and(|said| said.trim() == word))
}

fn told(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}\n{}{}", output.status, text(&output.stdout), text(&output.stderr))
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passed => f.write_str("ok"),
            Self::Skipped => f.write_str("skipped: it needs the sandbox"),
            Self::Failed(told) => write!(f, "FAILED\n{told}"),
        }
    }
}
