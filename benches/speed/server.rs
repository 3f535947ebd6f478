//! A sandbox that listens, in a process of its own.
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

pub(crate) struct Server {
    process: Child,
    pub(crate) url: String,
}

impl Server {
    /// Serves the seed at a free port, with `admin:pw` as administrator.
    pub(crate) fn start(seed: &str) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_rhobis"))
            .args(["sandbox", "--listen=127.0.0.1:0", "--user=admin:pw", "--seed", seed])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut url = String::new();
        let stdout = process.stdout.as_mut().expect("a pipe");
        BufReader::new(stdout).read_line(&mut url).expect("the address");
        Self { process, url: url.trim().to_owned() }
    }

    /// What it holds of the memory; 0 where the system does not tell as Linux does.
    pub(crate) fn megabytes(&self) -> usize {
        let path = format!("/proc/{}/statm", self.process.id());
        let told = std::fs::read_to_string(path).unwrap_or_default();
        let pages = told.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok());
        pages.unwrap_or_default() * 4096 / 1_000_000
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
