use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use crate::canaries::marked_account;
use crate::rhobis::Rhobis;

/// A sandbox that listens in a process of its own, until it is dropped.
pub(crate) struct Listening {
    process: Child,
    pub(crate) url: String,
}

impl Listening {
    /// With the demo lab. It says where it listens as soon as it does.
    pub(crate) fn new() -> Self {
        Self::serving(&["--listen=127.0.0.1:0", "--user=admin:secret"])
    }

    /// With these options.
    pub(crate) fn serving(options: &[&str]) -> Self {
        let rhobis = Rhobis::new().without_server().args(["sandbox"]);
        let mut command = rhobis.command();
        let options = options.iter().map(|option| marked_account(option));
        command.args(options).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        Self { process, url: line.trim().to_owned() }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
