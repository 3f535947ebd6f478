//! Cases written as scripts, run against an openBIS: a sandbox that is started for them,
//! or the server that `RHOBIS_TEST_URL`, `RHOBIS_TEST_USER` and `RHOBIS_TEST_PASSWORD`
//! name. Every file in this folder that ends with `.rhai` is a case; its parameter
//! `prefix` begins the codes of all that it makes, and it leaves nothing of that behind.
//! A case that says `//! needs: sandbox` is skipped on other servers. Where the sandbox is
//! our own, a case that says `//! also: newer` is run once more on one that speaks the newer
//! interface.
//!
//! An argument runs the cases only whose names contain it.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![expect(clippy::print_stdout, reason = "it reports on the cases")]
#[expect(dead_code, reason = "the cases need a part of it")]
#[path = "../cli/canaries.rs"]
mod canaries;
mod case;
mod server;

use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;

use case::{Case, Outcome};
use server::Server;

/// More would wait for each other: they have one server.
const AT_ONCE: usize = 2;

fn main() -> ExitCode {
    let words: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let cases: Vec<Case> = Case::all()
        .into_iter()
        .filter(|case| words.is_empty() || words.iter().any(|w| case.name.contains(w)))
        .collect();
    assert!(!cases.is_empty(), "there is no such case");
    let server = Server::find();
    let newer: Vec<Case> = cases.iter().filter_map(Case::on_newer).collect();
    let newer = if server.is_sandbox() { newer } else { Vec::new() };
    let mut outcomes = run(&server, cases);
    let mut left_secrets = server.left_secrets();
    if !newer.is_empty() {
        let server = Server::newer();
        outcomes.extend(run(&server, newer));
        left_secrets += server.left_secrets();
    }
    let count =
        |wanted: fn(&Outcome) -> bool| outcomes.iter().filter(|o| wanted(o)).count();
    let failed = count(|outcome| matches!(outcome, Outcome::Failed(_)));
    let passed = count(|outcome| matches!(outcome, Outcome::Passed));
    let skipped = count(|outcome| matches!(outcome, Outcome::Skipped));
    println!("\n{passed} cases passed, {failed} failed, {skipped} skipped");
    let failed = failed + left_secrets;
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run(server: &Server, cases: Vec<Case>) -> Vec<Outcome> {
    let queue = Mutex::new(cases.into_iter());
    let outcomes = Mutex::new(Vec::new());
    let work = || {
        loop {
            let Some(case) = queue.lock().unwrap().next() else { break };
            let outcome = case.run(server);
            println!("{} … {outcome}", case.name);
            outcomes.lock().unwrap().push(outcome);
        }
    };
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(work);
        }
    });
    outcomes.into_inner().unwrap()
}
