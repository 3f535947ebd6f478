//! Servers that one works with, by name, and who says what about them.
use std::fs;
use std::time::Duration;

use expectrl::{Eof, Expect};
use rhobis::cli::Exit;

use crate::listening::Listening;
use crate::rhobis::Rhobis;

const CONFIG: &str = "../home/config.toml";

#[test]
fn a_profile_comes_and_goes_and_the_comments_stay() {
    let lab = Rhobis::new().without_server();
    let config = "# Of Ada.\n[profiles.old] # in the cellar\nurl = \"https://old\"\n";
    let lab = lab.file(CONFIG, config);
    lab.again()
        .args(["profile", "add", "new", "--url", "https://new.example.org/lab"])
        .args(["--user", "ada", "--timeout", "30s", "--read-only", "--use"])
        .run()
        .succeeds();
    lab.again()
        .args(["profile", "show", "--output=csv"])
        .run()
        .succeeds()
        .stdout_has("url,https://new.example.org/lab")
        .stdout_has("timeout,30s")
        .stdout_has("read_only,true");
    lab.again().args(["profile", "use", "old"]).run().succeeds();
    lab.again()
        .args(["profile", "list", "--output=csv"])
        .run()
        .succeeds()
        .stdout_has("new,https://new.example.org/lab,ada,false,true,false")
        .stdout_has("old,https://old,,true,false,false");
    lab.again().args(["profile", "remove", "new"]).run().succeeds();
    let text = fs::read_to_string(lab.path(CONFIG)).unwrap();
    assert!(text.contains("# Of Ada.") && text.contains("# in the cellar"), "{text}");
    assert!(!text.contains("new.example.org"), "{text}");
}

#[test]
fn a_misspelt_setting_is_told_with_its_place_and_the_nearest_one() {
    Rhobis::new()
        .without_server()
        .file(CONFIG, "[profiles.lab]\nurl = \"https://lab\"\nread_onyl = true\n")
        .args(["whoami"])
        .run()
        .fails_with(Exit::Usage)
        .stderr_has("config.toml:3: there is no setting `read_onyl`")
        .stderr_has("did you mean `read_only`?");
}

#[test]
fn a_profile_that_nobody_knows_is_told_with_the_nearest_one() {
    Rhobis::new()
        .without_server()
        .file(CONFIG, "[profiles.lab]\nurl = \"https://lab\"\n")
        .args(["--profile", "lap", "whoami"])
        .run()
        .fails_with(Exit::NotFound)
        .stderr_has("did you mean `lab`?");
}

/// Who says how many changes a run may make.
fn said_by(lab: &Rhobis, more: &[&str], variable: bool) -> String {
    let mut asked = lab.again().args(["config", "explain", "--output=csv"]);
    if variable {
        asked = asked.env("RHOBIS_MAX_CHANGES", "4");
    }
    for word in more {
        asked = asked.args([word]);
    }
    let seen = asked.run().succeeds();
    let mut lines = seen.stdout.lines();
    lines.find(|line| line.starts_with("max_changes")).unwrap().to_owned()
}

#[test]
fn a_flag_goes_before_the_environment_the_recipe_the_profile_and_the_default() {
    let header = "const RECIPE = #{ needs: #{ max_changes: 3 } };";
    let lab = Rhobis::new().without_server().file("job.rhai", header);
    assert_eq!(said_by(&lab, &[], false), "max_changes,100,default");
    let config = "default_profile = \"lab\"\n[profiles.lab]\nurl = \"https://lab\"\nmax_changes = 2\n";
    let lab = lab.file(CONFIG, config);
    assert_eq!(said_by(&lab, &[], false), "max_changes,2,profile lab");
    let job = said_by(&lab, &["job.rhai"], false);
    assert_eq!(job, "max_changes,3,recipe job.rhai");
    let variable = said_by(&lab, &["job.rhai"], true);
    assert_eq!(variable, "max_changes,4,variable RHOBIS_MAX_CHANGES");
    let flag = said_by(&lab, &["job.rhai", "--max-changes=5"], true);
    assert_eq!(flag, "max_changes,5,option --max-changes");
}

#[test]
fn what_is_explained_holds_no_secret() {
    Rhobis::new()
        .without_server()
        .env("OPENBIS_PASSWORD", "geheim-1")
        .env("OPENBIS_TOKEN", "geheim-2")
        .env("HTTPS_PROXY", "http://ann:geheim-3@proxy:3128")
        .args(["--url", "https://lab", "config", "explain"])
        .run()
        .succeeds()
        .stdout_has("(secret)")
        .stdout_has("http://proxy:3128")
        .stdout_lacks("geheim");
}

#[test]
fn a_password_in_an_address_is_refused_and_not_repeated() {
    Rhobis::new()
        .without_server()
        .args(["--url", "https://ann:geheim@lab", "whoami"])
        .run()
        .fails_with(Exit::Usage)
        .stderr_has("hint: ")
        .stderr_lacks("geheim");
}

#[test]
fn a_profile_is_asked_for_step_by_step_and_its_certificate_confirmed() {
    let sandbox =
        Listening::serving(&["--listen=127.0.0.1:0", "--tls", "--user=admin:secret"]);
    let lab = Rhobis::new().without_server();
    let command = lab.again().args(["profile", "add"]).command();
    let mut session = expectrl::Session::spawn(command).unwrap();
    session.set_expect_timeout(Some(Duration::from_secs(60)));
    let steps = [
        ("name of the profile: ", "lab"),
        ("address of the openBIS", sandbox.url.as_str()),
        ("user (empty", "admin"),
        ("number [1]: ", "3"),
        ("variable: ", "LAB_WORD"),
        ("in production", "n"),
        ("ever to be changed", "y"),
        ("the only one to be trusted", "y"),
    ];
    for (question, answer) in steps {
        session.expect(question).unwrap();
        session.send_line(answer).unwrap();
    }
    session.expect(Eof).unwrap();
    lab.again()
        .args(["profile", "show", "--output=csv"])
        .run()
        .succeeds()
        .stdout_has("password_env,LAB_WORD")
        .stdout_has("read_only,true")
        .stdout_has("pin,sha256:");
    lab.again().env("LAB_WORD", "secret").args(["whoami"]).run().succeeds();
}
