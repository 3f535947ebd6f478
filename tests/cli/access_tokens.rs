//! Personal access tokens from the command line.
use rhobis::cli::Exit;

use crate::listening::Listening;
use crate::rhobis::Rhobis;

fn lab(sandbox: &Listening) -> Rhobis {
    let url = &sandbox.url;
    let config = format!(
        "default_profile = \"lab\"\n[profiles.lab]\nurl = \"{url}\"\nuser = \"admin\"\npassword_env = \"LAB_WORD\"\n"
    );
    Rhobis::new().without_server().file("../home/config.toml", &config)
}

fn knowing(lab: &Rhobis) -> Rhobis {
    lab.again().env("LAB_WORD", "secret")
}

/// How many tokens the server has, and which is kept here.
fn listed(lab: &Rhobis) -> (usize, Vec<bool>) {
    let seen = knowing(lab).args(["token", "list", "--output=csv"]).run().succeeds();
    let lines: Vec<&str> = seen.stdout.lines().skip(1).collect();
    (lines.len(), lines.iter().map(|line| line.ends_with("true")).collect())
}

#[test]
fn an_access_token_is_made_used_renewed_with_overlap_and_revoked() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox);
    let made = knowing(&lab).args(["token", "create", "nightly", "--valid=20d"]).run();
    made.succeeds().stderr_has("`nightly`").stderr_lacks("$pat").stdout_is("");
    // Neither password nor session is needed any more.
    std::fs::remove_file(lab.home("tokens/lab.token")).unwrap();
    lab.again()
        .args(["whoami"])
        .run()
        .succeeds()
        .stdout_has("admin")
        .stderr_lacks("ends");
    knowing(&lab).args(["token", "renew"]).run().succeeds().stderr_has("old one holds");
    assert_eq!(listed(&lab), (2, vec![false, true]));
    knowing(&lab).args(["token", "renew", "--revoke-old"]).run().succeeds();
    assert_eq!(listed(&lab), (2, vec![false, true]));
    knowing(&lab)
        .args(["token", "revoke", "nightly"])
        .run()
        .fails_with(Exit::Usage)
        .stderr_has("several");
    let seen = knowing(&lab).args(["token", "list", "--output=csv"]).run().succeeds();
    for line in seen.stdout.lines().skip(1) {
        let id = line.split(',').next().unwrap();
        knowing(&lab).args(["token", "revoke", id]).run().succeeds();
    }
    assert_eq!(listed(&lab), (0, vec![]));
    assert!(!lab.home("tokens/lab.pat").exists());
}

#[test]
fn a_token_that_ends_soon_is_told_when_it_is_used() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox);
    knowing(&lab).args(["token", "create", "nightly", "--valid=20d"]).run().succeeds();
    let file = lab.home("tokens/lab.pat");
    let text = std::fs::read_to_string(&file).unwrap();
    let warn = text.lines().find(|line| line.starts_with("warn")).unwrap();
    std::fs::write(&file, text.replace(warn, "warn 1")).unwrap();
    lab.again().args(["whoami"]).run().succeeds().stderr_has("`rhobis token renew`");
}

#[test]
fn a_token_for_another_computer_goes_into_a_private_file() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Listening::new();
    let lab = lab(&sandbox);
    knowing(&lab)
        .args(["token", "create", "other", "--to", "other.token"])
        .run()
        .succeeds()
        .stderr_lacks("$pat");
    let file = lab.path("other.token");
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert!(std::fs::read_to_string(file).unwrap().starts_with("$pat"));
    assert_eq!(listed(&lab), (1, vec![false]));
}

#[test]
fn longer_than_the_server_permits_is_refused() {
    let sandbox = Listening::new();
    knowing(&lab(&sandbox))
        .args(["token", "create", "ever", "--valid=4000d"])
        .run()
        .fails_with(Exit::Usage)
        .stderr_has("30 days");
}

#[test]
fn what_calls_take_is_told_when_it_is_asked_for() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox);
    let seen = knowing(&lab).args(["whoami", "-v", "--timing"]).run().succeeds();
    seen.stderr_has("login: ").stderr_has(" ms").stderr_has("getSessionInformation  1");
}
