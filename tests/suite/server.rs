use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::canaries;

const PROGRAM: &str = env!("CARGO_BIN_EXE_rhobis");

/// The openBIS that the cases are run against.
pub(crate) struct Server {
    /// The process, where it is a sandbox of our own.
    sandbox: Option<Child>,
    url: String,
    user: String,
    password: String,
    home: TempDir,
}

impl Server {
    pub(crate) fn find() -> Self {
        let home = tempfile::tempdir().unwrap();
        let server = Self::named_or_started(home);
        server.settle();
        server
    }

    fn named_or_started(home: TempDir) -> Self {
        let Ok(url) = env::var("RHOBIS_TEST_URL") else { return Self::start(home, &[]) };
        let said =
            |name| env::var(name).unwrap_or_else(|_| panic!("`{name}` is not set"));
        let (user, password) = (said("RHOBIS_TEST_USER"), said("RHOBIS_TEST_PASSWORD"));
        Self { sandbox: None, url, user, password, home }
    }

    /// A sandbox that speaks the newer interface.
    pub(crate) fn newer() -> Self {
        let server = Self::start(tempfile::tempdir().unwrap(), &["--api=newer"]);
        server.settle();
        server
    }

    fn start(home: TempDir, more: &[&str]) -> Self {
        let mut sandbox = Command::new(PROGRAM)
            .args(["sandbox", "--listen=127.0.0.1:0", "--user=admin:canary-suite-5a7e"])
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut url = String::new();
        BufReader::new(sandbox.stdout.as_mut().unwrap()).read_line(&mut url).unwrap();
        Self {
            sandbox: Some(sandbox),
            url: url.trim().to_owned(),
            user: "admin".to_owned(),
            password: "canary-suite-5a7e".to_owned(),
            home,
        }
    }

    /// Profiles with which a case opens sessions of their own, to see what the first has
    /// done, and what cases share: `import "checks" as checks;`.
    fn settle(&self) {
        let profile = |name: &str| {
            format!(
                "[profiles.{name}]\nurl = {:?}\nuser = {:?}\npassword_command = {:?}\n",
                self.url, self.user, "printenv OPENBIS_PASSWORD"
            )
        };
        let profiles = [profile("second"), profile("third")].concat();
        fs::write(self.home.path().join("config.toml"), profiles).unwrap();
        let checks = include_str!("shared/checks.rhai");
        fs::write(self.home.path().join("checks.rhai"), checks).unwrap();
    }

    /// A password or token of ours in a text.
    pub(crate) fn secret_in(&self, text: &str) -> Option<String> {
        let password = text.contains(&self.password).then(|| self.password.clone());
        password.filter(|it| it.len() > 7).or_else(|| canaries::secret_in(text))
    }

    /// How many files hold a secret that are not made for it; they are told.
    pub(crate) fn left_secrets(&self) -> usize {
        let found = canaries::files(self.home.path()).into_iter().filter_map(|file| {
            let text = String::from_utf8_lossy(&fs::read(&file).ok()?).into_owned();
            self.secret_in(&text).map(|secret| (file, secret))
        });
        found.inspect(|(file, secret)| println!("{}: {secret}", file.display())).count()
    }

    pub(crate) fn is_sandbox(&self) -> bool {
        self.sandbox.is_some()
    }

    /// What the codes of a case begin with: nothing on the server begins so.
    pub(crate) fn prefix(&self, case: &str) -> String {
        let run = self.home.path().file_name().unwrap().to_str().unwrap();
        let text = format!("T{run}_{case}").to_ascii_uppercase();
        text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
    }

    /// The program, made to work on this server.
    pub(crate) fn rhobis(&self, case: &str) -> Command {
        let mut command = Command::new(PROGRAM);
        command.arg(format!("--url={}", self.url)).stdin(Stdio::null());
        command.env("RHOBIS_HOME", self.home.path()).current_dir(self.home.path());
        command.env("OPENBIS_USERNAME", &self.user);
        command.env("OPENBIS_PASSWORD", &self.password);
        if let Some(folder) = env::var_os("RHOBIS_TEST_WIRE_LOG") {
            let name = format!("suite-{}-{case}.jsonl", std::process::id());
            command.env("RHOBIS_WIRE_LOG", PathBuf::from(folder).join(name));
        }
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(sandbox) = &mut self.sandbox {
            let _ = sandbox.kill();
            let _ = sandbox.wait();
        }
    }
}
