//! What is written down of a run, and what is not.
use std::fs;

use crate::listening::Listening;
use crate::rhobis::Rhobis;

fn known(lab: &Rhobis) -> Rhobis {
    lab.again().env("OPENBIS_USERNAME", "admin").env("OPENBIS_PASSWORD", "secret")
}

#[test]
fn the_journal_holds_no_token_and_no_parameter_that_is_named_like_a_secret() {
    let sandbox = Listening::new();
    let script = r#"
        const RECIPE = #{ params: #{ api_token: #{ type: "string", help: "A secret" } } };
        let token = o.new_personal_access_token(#{
            sessionName: "mine", validFromDate: "2024-01-01 00:00:00", validToDate: "2099-01-01 00:00:00",
        }).save();
        print(token.permId);
        o.new_space(#{ code: "KEPT" }).save();
    "#;
    let lab = Rhobis::new().at(&sandbox.url);
    let run = known(&lab).script(script).args(["--api-token", "s3cr3t-value"]);
    let seen = run.shows_secrets().run().succeeds();
    let home = lab.home("");
    let token = seen.stdout.trim().to_owned();
    assert!(token.len() > 10, "{token}");
    let mut looked_at = 0;
    for file in fs::read_dir(home).unwrap().map(|file| file.unwrap().path()) {
        if !file.is_file() {
            continue;
        }
        looked_at += 1;
        let bytes = fs::read(&file).unwrap();
        for secret in [token.as_str(), "s3cr3t-value"] {
            let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "{} holds `{secret}`", file.display());
        }
    }
    assert!(looked_at > 0);
}

#[test]
fn a_run_of_the_scheduler_that_changes_something_is_one_row() {
    let sandbox = Listening::new();
    let lab = Rhobis::new().at(&sandbox.url);
    let change = r#"o.new_space(#{ code: "ONE" }).save();"#;
    // As the scheduler does it: the row is there when the process of the job begins.
    let path = lab.home("rhobis.db");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let ledger = rhobis::ledger::Ledger::open(&path).unwrap();
    let begun = ledger.begin_run("job.rhai", rhobis::model::Timestamp(1_000)).unwrap();
    drop(ledger);
    known(&lab).env("RHOBIS_RUN", &begun.0.to_string()).script(change).run().succeeds();
    let runs =
        lab.again().without_server().args(["runs", "--output=csv"]).run().succeeds();
    assert_eq!(runs.stdout.lines().count(), 2, "{}", runs.stdout);
    lab.again().without_server().args(["runs", "show", "1"]).run().stdout_has("ONE");
}
