//! What happens to people late in the evening: a full disk, a reader who left, a folder
//! that is in use.
use std::fs::{self, OpenOptions};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use rhobis::cli::Exit;

use crate::listening::Listening;
use crate::rhobis::Rhobis;

#[test]
#[cfg(target_os = "linux")]
fn results_that_cannot_be_written_are_a_failure() {
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let rhobis = Rhobis::new().eval("1 + 1");
    let mut command = rhobis.command();
    let seen = command.stdout(full).output().unwrap();
    let told = String::from_utf8_lossy(&seen.stderr);
    assert_eq!(seen.status.code(), Some(Exit::Script as i32), "{told}");
    assert!(told.contains("the output could not be written"), "{told}");
}

#[test]
fn a_reader_who_left_ends_the_script_in_silence() {
    let rhobis = Rhobis::new().eval("for i in 0..1000000 { print(i); }");
    let mut command = rhobis.command();
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let seen = child.wait_with_output().unwrap();
    assert_eq!(line, "0\n");
    assert_eq!((seen.status.code(), seen.stderr.len()), (Some(0), 0));
}

#[test]
fn a_sandbox_folder_that_another_process_works_in_is_left_alone() {
    let rhobis = Rhobis::new();
    let mut server = rhobis.again().without_server();
    server = server.args(["sandbox", "--listen=127.0.0.1:0", "--data=lab"]);
    let mut serving = server.command().stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(serving.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let seen = rhobis.again().eval("o.get_spaces().len()").run();
    let _ = serving.kill();
    let _ = serving.wait();
    seen.fails_with(Exit::TryAgain)
        .stderr_has("the sandbox in `lab` is in use by another process")
        .stderr_has("hint: `--url`");
    rhobis.again().eval("o.get_spaces().len() > 1").run().succeeds().stdout_is("true");
}

/// A sandbox, and somebody with a profile for it.
fn lab() -> (Listening, Rhobis) {
    let sandbox = Listening::new();
    let config = format!(
        "default_profile = \"lab\"\n[profiles.lab]\nurl = \"{}\"\nuser = \"admin\"\n",
        sandbox.url
    );
    let lab = Rhobis::new().without_server().file("../home/config.toml", &config);
    (sandbox, lab)
}

fn with_password(lab: &Rhobis) -> Rhobis {
    lab.again().env("OPENBIS_PASSWORD", "secret")
}

#[test]
fn what_cannot_be_kept_is_not_left_on_the_server() {
    let (_sandbox, lab) = lab();
    with_password(&lab).args(["login"]).run().succeeds();
    let folder = lab.home("tokens/lab.pat");
    fs::create_dir(&folder).unwrap();
    let create = with_password(&lab).args(["token", "create", "lost"]).run();
    create.fails_with(Exit::Script).stderr_has("was revoked");
    fs::remove_dir(&folder).unwrap();
    with_password(&lab).args(["token", "list"]).run().succeeds().stdout_lacks("lost");
    fs::remove_file(lab.home("tokens/lab.token")).unwrap();
    fs::create_dir(lab.home("tokens/lab.token")).unwrap();
    let login = with_password(&lab).args(["login"]).run();
    login.fails_with(Exit::Script).stderr_has("was not begun");
    lab.again().args(["whoami"]).run().fails_with(Exit::Denied).stderr_has("is a folder");
}

#[test]
fn a_token_file_that_is_garbage_is_told_and_removed_by_a_logout() {
    let (_sandbox, lab) = lab();
    with_password(&lab).args(["login"]).run().succeeds();
    let file = lab.home("tokens/lab.token");
    fs::write(&file, b"\0\xff").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let whoami = lab.again().args(["whoami"]).run().fails_with(Exit::Denied);
    whoami.stderr_has("garbage").stderr_has("`rhobis logout`");
    lab.again().args(["logout"]).run().succeeds();
    assert!(!file.exists());
    with_password(&lab).args(["login"]).run().succeeds();
}

#[test]
fn a_logout_without_a_server_forgets_and_says_what_it_could_not_do() {
    let (sandbox, lab) = lab();
    with_password(&lab).args(["login"]).run().succeeds();
    drop(sandbox);
    let logout = lab.again().args(["logout", "--max-wait=0s"]).run();
    logout.fails_with(Exit::Unreachable).stderr_has("is forgotten here");
    lab.again().args(["logout"]).run().succeeds().stderr_has("there is no session");
}

#[test]
fn an_address_that_is_none_is_told() {
    let rhobis = Rhobis::new().without_server().args(["--url", "htp://lab", "whoami"]);
    rhobis.run().fails_with(Exit::Usage).stderr_has("`https://`");
}
