//! Servers whose certificate no authority has signed.
use std::fs;
use std::time::Duration;

use expectrl::process::unix::WaitStatus;
use expectrl::{Eof, Expect};
use rhobis::cli::Exit;

use crate::listening::Listening;
use crate::rhobis::Rhobis;

/// A server with a certificate that is kept in the folder.
fn served(folder: &str, address: &str, more: &[&str]) -> Listening {
    let (listen, data) = (format!("--listen={address}"), format!("--data={folder}"));
    let mut options =
        vec![listen.as_str(), data.as_str(), "--tls", "--user=admin:secret"];
    options.extend(more);
    Listening::serving(&options)
}

fn admin(lab: &Rhobis) -> Rhobis {
    lab.again().env("OPENBIS_USERNAME", "admin").env("OPENBIS_PASSWORD", "secret")
}

#[test]
fn a_certificate_is_pinned_and_a_changed_one_refused_loudly() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().display().to_string();
    let lab = Rhobis::new().without_server();
    let first = served(&data, "127.0.0.1:0", &[]);
    admin(&lab)
        .at(&first.url)
        .args(["whoami"])
        .run()
        .fails_with(Exit::Unreachable)
        .stderr_has("self-signed")
        .stderr_has("`ca_file`")
        .stderr_has("--pin sha256:");
    admin(&lab)
        .args(["profile", "add", "lab", "--url", &first.url, "--pin"])
        .run()
        .succeeds()
        .stderr_has("pinned: sha256:");
    admin(&lab).args(["whoami"]).run().succeeds().stdout_has("admin");
    let address = first.url.trim_start_matches("https://").to_owned();
    drop(first);
    let _second = served(&data, &address, &["--tls-renew"]);
    admin(&lab)
        .args(["whoami"])
        .run()
        .fails_with(Exit::Unreachable)
        .stderr_has("ITS CERTIFICATE HAS CHANGED")
        .stderr_has("nothing was sent");
}

#[test]
fn a_ca_file_is_trusted() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().display().to_string();
    let server = served(&data, "127.0.0.1:0", &[]);
    let files = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path());
    let pem = |file: &std::path::PathBuf| {
        fs::read_to_string(file).is_ok_and(|text| text.contains("BEGIN CERTIFICATE"))
    };
    let certificate = files.into_iter().find(pem).unwrap().display().to_string();
    let lab = Rhobis::new().without_server();
    lab.again()
        .args(["profile", "add", "lab", "--url", &server.url, "--ca-file", &certificate])
        .run()
        .succeeds();
    admin(&lab).args(["whoami"]).run().succeeds().stdout_has("admin");
}

#[test]
fn to_take_any_certificate_is_warned_of_each_time_and_no_way_for_jobs() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().display().to_string();
    let server = served(&data, "127.0.0.1:0", &[]);
    let lab = Rhobis::new().at(&server.url);
    for _ in 0..2 {
        admin(&lab)
            .args(["--insecure", "whoami"])
            .run()
            .succeeds()
            .stdout_has("admin")
            .stderr_has("warning: --insecure");
    }
    let script = format!("Openbis(`{}`, #{{ verify_certificates: false }})", server.url);
    admin(&lab)
        .script(&script)
        .run()
        .fails_with(Exit::Limit)
        .stderr_has("verified always")
        .stderr_has("`pin`");
    lab.again()
        .args(["--insecure", "schedule", "serve"])
        .run()
        .fails_with(Exit::Usage)
        .stderr_has("not for jobs");
}

/// What is seen at a terminal where this is typed, and the exit code.
fn at_a_terminal(rhobis: &Rhobis, answer: Option<&str>) -> (String, i32) {
    let mut session = expectrl::Session::spawn(rhobis.command()).unwrap();
    session.set_expect_timeout(Some(Duration::from_secs(60)));
    let mut seen = String::new();
    let text = |found: expectrl::Captures| {
        String::from_utf8_lossy(found.as_bytes()).into_owned()
    };
    if let Some(answer) = answer {
        seen += &text(session.expect("from now on? [y/N] ").unwrap());
        session.send_line(answer).unwrap();
    }
    seen += &text(session.expect(Eof).unwrap());
    match session.get_process().wait().unwrap() {
        WaitStatus::Exited(_, code) => (seen, code),
        other => panic!("{other:?}: {seen}"),
    }
}

#[test]
fn any_command_at_a_terminal_offers_to_pin_an_unknown_certificate_and_none_a_changed_one()
{
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().display().to_string();
    let first = served(&data, "127.0.0.1:0", &[]);
    let config = format!("[profiles.lab] # mine\nurl = \"{}\"\n", first.url);
    let lab = Rhobis::new().without_server().file("../home/config.toml", &config);
    let pinned = || fs::read_to_string(lab.home("config.toml")).unwrap();
    let script = lab.again().file("count.rhai", "print(o.get_spaces().len() > 1);");
    drop(script);
    let run = || admin(&lab).args(["--profile=lab", "run", "count.rhai", "--yes"]);
    let (seen, code) = at_a_terminal(&run(), Some("n"));
    assert!(seen.contains("sha256:") && seen.contains("is not trusted"), "{seen}");
    assert_eq!((code, pinned()), (Exit::Unreachable as i32, config.clone()), "{seen}");
    let (seen, code) = at_a_terminal(&run(), Some("y"));
    assert!(seen.contains("true") && code == 0, "{seen}");
    assert!(pinned().contains("pin = \"sha256:") && pinned().contains("# mine"));
    let (seen, code) = at_a_terminal(&run(), None);
    assert!(seen.contains("true") && code == 0, "{seen}");
    let address = first.url.trim_start_matches("https://").to_owned();
    drop(first);
    let _second = served(&data, &address, &["--tls-renew"]);
    let (seen, code) = at_a_terminal(&run(), None);
    assert!(seen.contains("ITS CERTIFICATE HAS CHANGED"), "{seen}");
    assert_eq!(code, Exit::Unreachable as i32);
}

#[test]
fn without_a_profile_to_remember_it_an_unknown_certificate_is_refused_at_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let server = served(&folder.path().display().to_string(), "127.0.0.1:0", &[]);
    let whoami = admin(&Rhobis::new()).without_server().at(&server.url).args(["whoami"]);
    let (seen, code) = at_a_terminal(&whoami, None);
    assert!(seen.contains("`ca_file`") && seen.contains("--pin sha256:"), "{seen}");
    assert_eq!(code, Exit::Unreachable as i32);
}
