//! A real keyring, where there is one: `dbus-run-session`, `gnome-keyring-daemon` and
//! `secret-tool` (Debian: dbus, gnome-keyring, libsecret-tools).
#![cfg(target_os = "linux")]
use std::process::{Command, Stdio};

use crate::canaries::{Place, marked, secret_in};
use crate::listening::Listening;

const PROGRAMS: [&str; 3] = ["dbus-run-session", "gnome-keyring-daemon", "secret-tool"];

/// Unlocks a new keyring with an empty password, where `$LINE` is an empty line; without a
/// line it stays locked. What is kept is told without its secrets.
const BEGIN: &str = r#"
printf "$LINE" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
kept() { secret-tool search --all service rhobis 2>&1 | grep account; find . -name '*.token'; }
run() { "$RHOBIS" "$@" </dev/null 2>&1; echo "exit $?"; }
run profile add lab --url "$URL" --user admin
OPENBIS_PASSWORD="$WORD" run login
echo "- kept"; kept
run whoami
run logout
echo "- forgotten"; kept
run whoami
"#;

fn is_there(program: &str) -> bool {
    let mut quiet = Command::new(program);
    quiet.arg("--version").stdin(Stdio::null()).stdout(Stdio::null());
    quiet.stderr(Stdio::null()).status().is_ok()
}

#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn told_as_skipped(missing: &str) {
    println!("skipped: there is no `{missing}` here");
}

/// What is said in a session with a keyring of its own; nothing where there cannot be one.
fn said(line: &str) -> Option<String> {
    if let Some(missing) = PROGRAMS.iter().find(|program| !is_there(program)) {
        told_as_skipped(missing);
        return None;
    }
    let sandbox = Listening::new();
    let home = Place::new();
    let output = Command::new("dbus-run-session")
        .args(["--", "sh", "-c", BEGIN])
        .current_dir(home.path())
        .env_clear()
        .env("PATH", std::env::var("PATH").unwrap())
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .env("RHOBIS", env!("CARGO_BIN_EXE_rhobis"))
        .env("URL", &sandbox.url)
        .env("WORD", marked("secret"))
        .env("LINE", line)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(secret_in(&said), None, "{said}");
    Some(said)
}

/// What is told of what was kept, and after it was to be forgotten.
#[track_caller]
fn parts(said: &str) -> (&str, &str, &str) {
    let (before, rest) = said.split_once("- kept\n").unwrap();
    let (kept, forgotten) = rest.split_once("- forgotten\n").unwrap();
    assert_eq!(before.matches("exit 0").count(), 2, "{said}");
    assert_eq!(kept.matches("exit 0").count(), 2, "{said}");
    assert!(kept.contains("user             admin"), "{said}");
    assert!(
        forgotten.contains("not logged in") && forgotten.contains("exit 4"),
        "{said}"
    );
    (before, kept, forgotten)
}

#[test]
fn the_keyring_keeps_what_a_login_got_until_the_logout() {
    let Some(said) = said("\\n") else { return };
    let (_, kept, forgotten) = parts(&said);
    assert!(kept.contains("lab token") && !kept.contains(".token"), "{said}");
    assert!(!forgotten.contains("lab token"), "{said}");
}

#[test]
fn a_file_keeps_it_where_the_keyring_is_locked() {
    let Some(said) = said("") else { return };
    let (_, kept, forgotten) = parts(&said);
    assert!(kept.contains("lab.token") && !kept.contains("lab token"), "{said}");
    assert!(!forgotten.contains("lab.token"), "{said}");
}
