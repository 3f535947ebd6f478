//! Servers whose certificate no authority has signed.
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
    let files =
        std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path());
    let pem = |file: &std::path::PathBuf| {
        std::fs::read_to_string(file).is_ok_and(|text| text.contains("BEGIN CERTIFICATE"))
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
