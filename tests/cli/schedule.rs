//! Jobs that run by themselves.
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use rhobis::cli::Exit;

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

/// Starts, waits for a job to have run three times, and ends by the signal.
#[cfg(unix)]
#[test]
fn a_served_job_leaves_a_row_for_each_occurrence() {
    use rustix::process::{Pid, Signal, kill_process};

    let rhobis = Rhobis::new()
        .file("hello.rhai", "print(\"hello\")")
        .file("schedule.toml", EVERY_SECOND)
        .args(["schedule", "serve"]);
    let mut serving = rhobis.command().stderr(Stdio::piped()).spawn().unwrap();
    let told = BufReader::new(serving.stderr.take().unwrap()).lines().map(Result::unwrap);
    let mut told = told.filter(|line| line.ends_with(" ran")).take(3);
    assert_eq!(told.by_ref().count(), 3, "the job has not run three times");

    let id = Pid::from_raw(i32::try_from(serving.id()).unwrap()).unwrap();
    kill_process(id, Signal::TERM).unwrap();
    let status = serving.wait().unwrap();
    assert!(status.success(), "{status}");
    let history = rhobis.again().args(["--output=csv", "schedule", "history"]).run();
    let history = history.succeeds().stdout;
    let rows: Vec<&str> = history.lines().skip(1).collect();
    assert!(rows.len() >= 3, "{history}");
    assert!(rows.iter().filter(|row| row.contains(",ran,")).count() >= 3, "{history}");
}

#[test]
fn a_job_whose_recipe_is_not_there_is_found_before_it_runs() {
    Rhobis::new()
        .without_server()
        .file(
            "schedule.toml",
            "[[job]]\nname = 'a'\nrecipe = 'bulk-tagg'\ncron = '@daily'\n",
        )
        .args(["schedule", "check"])
        .run()
        .fails_with(Exit::Usage)
        .stderr_has("bulk-tagg")
        .stderr_has("did you mean `bulk-tag`?");
}
