//! Jobs that run by themselves.
use std::process::Stdio;

use rhobis::cli::Exit;
use rhobis::ledger::{Filter, Ledger, State};

use crate::rhobis::Rhobis;

const EVERY_SECOND: &str = r#"
[[job]]
name = "hello"
script = "hello.rhai"
cron = "* * * * * *"
"#;

#[test]
fn a_mistake_in_the_file_is_shown_with_its_place() {
    Rhobis::new()
        .without_server()
        .file(
            "schedule.toml",
            "[[job]]\nname = 'a'\nrecpie = 'bulk-tag'\ncron = '@daily'\n",
        )
        .args(["schedule", "check", "schedule.toml"])
        .run()
        .fails_with(Exit::Usage)
        .stderr_has("schedule.toml:3:1")
        .stderr_has("did you mean `recipe`?");
}

#[test]
fn the_next_occurrences_are_shown_in_the_time_zone_of_the_job() {
    Rhobis::new()
        .without_server()
        .file(
            "schedule.toml",
            "[[job]]\nname = 'a'\nrecipe = 'bulk-tag'\nparams = { tag = 'x' }\ncron = '30 2 1 7 *'\ntimezone = 'Europe/Zurich'\n",
        )
        .args(["schedule", "next", "schedule.toml"])
        .run()
        .succeeds()
        .stdout_has("-07-01")
        .stdout_has("02:30");
}
