//! The same work on a sandbox in the process and on one that listens.
use crate::listening::Listening;
use crate::rhobis::Rhobis;

#[test]
fn the_sandbox_is_kept_in_its_folder() {
    let lab = Rhobis::new();
    lab.again().eval(r#"o.new_space(#{ code: "KEPT" }).save()"#).run().succeeds();
    lab.again().eval(r#"o.get_space("KEPT").code"#).run().succeeds().stdout_is("KEPT");
}

#[test]
fn a_password_from_the_environment_logs_in() {
    let sandbox = Listening::new();
    Rhobis::new()
        .at(&sandbox.url)
        .env("OPENBIS_USERNAME", "admin")
        .env("OPENBIS_PASSWORD", "secret")
        .args(["whoami"])
        .run()
        .succeeds()
        .stdout_has("admin");
}

#[test]
fn a_login_is_remembered_until_the_next_command() {
    let sandbox = Listening::new();
    let lab = Rhobis::new().at(&sandbox.url);
    lab.again()
        .env("OPENBIS_USERNAME", "admin")
        .env("OPENBIS_PASSWORD", "secret")
        .args(["login"])
        .run()
        .succeeds();
    lab.again().eval("o.get_spaces().total > 0").run().succeeds().stdout_is("true");
}

#[test]
fn values_are_printed_in_the_format_that_is_asked_for() {
    Rhobis::new()
        .args(["--output=json"])
        .eval("#{ a: [1, 2.5, true, ()] }")
        .run()
        .succeeds()
        .stdout_has("2.5");
}

#[test]
fn a_script_can_come_through_a_pipe() {
    Rhobis::new()
        .args(["run", "-"])
        .input("print(o.get_space(`LAB`).code)")
        .run()
        .succeeds()
        .stdout_is("LAB");
}
