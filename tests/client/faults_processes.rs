//! Sandboxes in processes of their own: as people start them.
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::raw::{Got, create_space, get_space, login};

struct Process {
    child: Child,
    url: String,
}

impl Process {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        Self::listening("127.0.0.1:0", folder, arguments)
    }

    fn listening(address: &str, folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rhobis"))
            .args(["sandbox", "--seed=empty", "--user=admin:pw"])
            .args(["--listen", address, "--data"])
            .arg(folder)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut url = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut url).unwrap();
        Self { child, url: url.trim().to_owned() }
    }

    fn address(&self) -> &str {
        self.url.strip_prefix("http://").unwrap()
    }

    /// What it has said on stderr, once it is dead.
    fn end(mut self) -> String {
        let _ = self.child.kill();
        let mut said = String::new();
        self.child.stderr.as_mut().unwrap().read_to_string(&mut said).unwrap();
        said
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_server_that_is_killed_has_done_all_or_nothing() {
    for (fault, is_done) in [("kill-before", false), ("kill-after", true)] {
        let folder = tempfile::tempdir().unwrap();
        let rule = format!("--fault=change:once:{fault}");
        let mut server = Process::start(folder.path(), &[&rule]);
        let token = login(server.address());
        assert_eq!(create_space(server.address(), &token, "NEW"), Got::Nothing);
        assert!(!server.child.wait().unwrap().success());
        let server = Process::start(folder.path(), &[]);
        let token = login(server.address());
        let said = get_space(server.address(), &token, "NEW").body();
        assert_eq!(said.contains("\"code\":\"NEW\""), is_done, "{said}");
    }
}

#[test]
fn the_fingerprint_stays_the_same_until_the_certificate_is_renewed() {
    let folder = tempfile::tempdir().unwrap();
    let fingerprint = |arguments: &[&str]| {
        let server = Process::start(folder.path(), arguments);
        assert!(server.url.starts_with("https://127.0.0.1:"), "{}", server.url);
        let said = server.end();
        said.split(' ').next_back().unwrap().trim().to_owned()
    };
    let first = fingerprint(&["--tls"]);
    assert!(first.starts_with("sha256:"), "{first}");
    assert_eq!(fingerprint(&["--tls"]), first);
    assert_ne!(fingerprint(&["--tls", "--tls-renew"]), first);
}

#[test]
fn a_prefix_stands_in_the_url() {
    let folder = tempfile::tempdir().unwrap();
    let server = Process::listening("[::1]:0", folder.path(), &["--prefix=/lab"]);
    assert!(server.url.starts_with("http://[::1]:"), "{}", server.url);
    assert!(server.url.ends_with("/lab"), "{}", server.url);
}
