use std::fs;
use std::path::Path;

use crate::source::{files, sources};

/// Names of files that say nothing about what is inside.
const FORBIDDEN: &[&str] = &[
    "utils.rs",
    "util.rs",
    "helpers.rs",
    "helper.rs",
    "common.rs",
    "misc.rs",
    "types.rs",
    "prelude.rs",
];

#[test]
fn every_file_is_named_for_what_is_in_it() {
    let sources = sources();
    let wrong: Vec<&str> = sources
        .iter()
        .map(|source| source.path.as_str())
        .filter(|path| FORBIDDEN.contains(&path.rsplit('/').next().unwrap()))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn no_test_file_is_forgotten() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for entry in fs::read_dir(&root).unwrap() {
        let folder = entry.unwrap().path();
        let main = folder.join("main.rs");
        let Ok(text) = fs::read_to_string(&main) else { continue };
        for file in files(&folder) {
            let stem = file.file_stem().unwrap().to_str().unwrap();
            let is_module = file.extension().is_some_and(|extension| extension == "rs");
            if is_module && stem != "main" {
                let line = format!("mod {stem};");
                assert!(text.contains(&line), "`{}` lacks `{line}`", main.display());
            }
        }
    }
}
