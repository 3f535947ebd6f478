//! What a script makes of a server that fails on demand.
use rhobis::cli::Exit;

use crate::listening::Listening;
use crate::rhobis::Rhobis;

/// The demo lab, with these faults.
fn faulty(rules: &[&str]) -> Listening {
    let mut options =
        vec!["--listen=127.0.0.1:0", "--user=admin:secret", "--fault-seed=5"];
    options.extend(rules.iter().flat_map(|rule| ["--fault", rule]));
    Listening::serving(&options)
}

fn rhobis(server: &Listening) -> Rhobis {
    let rhobis = Rhobis::new().at(&server.url);
    rhobis.env("OPENBIS_USERNAME", "admin").env("OPENBIS_PASSWORD", "secret")
}

#[test]
fn over_a_bad_line_everything_is_made_once() {
    let server = faulty(&[
        "createSpaces:20%:drop-before",
        "createSpaces:20%:drop-after",
        "createSpaces:20%:truncate",
        "read:10%:drop-before",
    ]);
    rhobis(&server)
        .script(
            r#"
            for number in 0..20 {
                o.new_space(#{ code: `BAD_${number}` }).save();
            }
            let made = o.get_spaces().filter(|space| space.code.starts_with("BAD_"));
            print(made.len());
            "#,
        )
        .run()
        .succeeds()
        .stdout_is("20");
}

#[test]
fn sessions_that_end_on_the_way_are_not_noticed() {
    let server = faulty(&["*:every=3:session-lost"]);
    rhobis(&server)
        .script(
            r#"
            for number in 0..10 {
                o.new_space(#{ code: `LOST_${number}` }).save();
            }
            print(o.get_spaces().filter(|space| space.code.starts_with("LOST_")).len());
            "#,
        )
        .run()
        .succeeds()
        .stdout_is("10");
}

#[test]
fn a_maintenance_that_lasts_too_long_is_told() {
    let server = faulty(&["read:always:503"]);
    rhobis(&server)
        .args(["--max-wait=1s"])
        .eval("o.get_spaces().total")
        .run()
        .fails_with(Exit::Unreachable)
        .stderr_has("status 503")
        .stderr_has(&server.url);
}

#[test]
fn logins_that_are_disabled_are_told_in_the_words_of_the_server() {
    let server = faulty(&["login:always:login-disabled"]);
    rhobis(&server)
        .args(["--max-wait=1s"])
        .eval("o.get_spaces().total")
        .run()
        .fails_with(Exit::Unreachable)
        .stderr_has("Login is disabled by the administrator.")
        .stderr_has("hint: openBIS is being maintained");
}

#[test]
fn a_change_of_which_nobody_knows_is_said_to_be_one() {
    let server = faulty(&["change:once:kill-after"]);
    rhobis(&server)
        .args(["--max-wait=1s"])
        .script(r#"o.new_space(#{ code: "KILLED" }).save();"#)
        .run()
        .fails_with(Exit::Unreachable)
        .stderr_has("is not known");
}
