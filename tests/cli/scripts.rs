//! The whole jobs that people copy.
use std::fs;
use std::path::{Path, PathBuf};

use crate::rhobis::Rhobis;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts")
}

#[test]
fn every_script_runs_in_the_demo_lab() {
    let mut count = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "rhai") {
            Rhobis::new().args(["run", path.to_str().unwrap()]).run().succeeds();
            count += 1;
        }
    }
    assert!(count > 0, "there are no scripts");
}

#[test]
fn the_example_of_a_schedule_is_right() {
    let file = folder().join("schedule.toml");
    let file = file.to_str().unwrap();
    let schedule = Rhobis::new().without_server();
    schedule.again().without_server().args(["schedule", "check", file]).run().succeeds();
    schedule
        .args(["schedule", "next", "--count=60", file])
        .run()
        .succeeds()
        .stdout_has("archive old raw data");
}
