use std::fmt;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::canaries::{Place, holds_password, marked, secret_in};
use rhobis::cli::Exit;

/// A command line to be tried, in a home and a working folder of its own. It works on a
/// sandbox in the process, kept in the folder `lab`, if nothing else is said.
#[must_use]
pub(crate) struct Rhobis {
    folder: Arc<Place>,
    server: Vec<String>,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    input: Option<String>,
    shows_secrets: bool,
}

impl Rhobis {
    pub(crate) fn new() -> Self {
        Self {
            folder: Arc::new(Place::new()),
            server: vec!["--sandbox=lab".to_owned()],
            arguments: Vec::new(),
            environment: Vec::new(),
            input: None,
            shows_secrets: false,
        }
    }

    /// Another command in the same home, with the same sandbox.
    pub(crate) fn again(&self) -> Self {
        Self {
            folder: Arc::clone(&self.folder),
            server: self.server.clone(),
            arguments: Vec::new(),
            environment: Vec::new(),
            input: None,
            shows_secrets: false,
        }
    }

    /// One that is asked for a secret, and shows it.
    pub(crate) fn shows_secrets(mut self) -> Self {
        self.shows_secrets = true;
        self
    }

    /// Says nothing about the server.
    pub(crate) fn without_server(mut self) -> Self {
        self.server.clear();
        self
    }

    pub(crate) fn at(mut self, url: &str) -> Self {
        self.server = vec![format!("--url={url}")];
        self
    }

    pub(crate) fn args<const N: usize>(mut self, arguments: [&str; N]) -> Self {
        self.arguments.extend(arguments.map(str::to_owned));
        self
    }

    /// Says that the server speaks the newer interface, so that its exchanges are held to that.
    pub(crate) fn of_newer(self) -> Self {
        let Some(log) = wire_log() else { return self };
        let name =
            log.file_name().unwrap().to_str().unwrap().replace("cli-", "cli-newer-");
        self.env("RHOBIS_WIRE_LOG", log.with_file_name(name).to_str().unwrap())
    }

    /// Evaluates an expression.
    pub(crate) fn eval(self, expression: &str) -> Self {
        self.args(["eval", expression])
    }

    /// Runs a script, which is called `script.rhai`.
    pub(crate) fn script(self, source: &str) -> Self {
        self.file("script.rhai", source).args(["run", "script.rhai"])
    }

    /// A file in the working folder. A password in it is marked, as everywhere.
    pub(crate) fn file(self, name: &str, text: &str) -> Self {
        let whole = text.strip_suffix('\n').filter(|text| *text == "secret");
        let text = whole.map_or_else(|| text.to_owned(), |word| marked(word) + "\n");
        self.folder.write(&self.path(name), &text);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        let value = if holds_password(name) { marked(value) } else { value.to_owned() };
        self.environment.push((name.to_owned(), value));
        self
    }

    /// What is typed, or comes through a pipe.
    pub(crate) fn input(mut self, text: &str) -> Self {
        let text =
            if text == "secret\n" { marked("secret") + "\n" } else { text.to_owned() };
        self.input = Some(text);
        self
    }

    /// A path in the working folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("work").join(name)
    }

    /// A path in the folder of configuration and state.
    pub(crate) fn home(&self, name: &str) -> PathBuf {
        self.folder.path().join("home").join(name)
    }

    /// The command as it is, for who wants to start it himself.
    pub(crate) fn command(&self) -> Command {
        let work = self.path("");
        fs::create_dir_all(&work).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_rhobis"));
        command.args(&self.server).args(&self.arguments).current_dir(work);
        clear_environment(&mut command);
        command.env("RHOBIS_HOME", self.folder.path().join("home"));
        if let Some(log) = wire_log() {
            command.env("RHOBIS_WIRE_LOG", log);
        }
        command.envs(self.environment.iter().cloned());
        command
    }

    #[must_use = "what it did is to be looked at"]
    pub(crate) fn run(self) -> Seen {
        let mut command = self.command();
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).stdin(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // Who does not read its input may be gone before it is written.
        let _ = stdin.write_all(self.input.as_deref().unwrap_or_default().as_bytes());
        drop(stdin);
        let seen = Seen::new(&command, &child.wait_with_output().unwrap());
        if !self.shows_secrets {
            let found = secret_in(&seen.shown);
            assert_eq!(found, None, "a secret was shown: {}", seen.shown);
        }
        seen
    }
}

/// What the surroundings say must not change what a test sees.
fn clear_environment(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let ours = name.to_str().is_some_and(|name| {
            name.starts_with("RHOBIS_") || name.starts_with("OPENBIS_")
        });
        if ours {
            command.env_remove(name);
        }
    }
    // Nobody's own keyring and proxies.
    for name in ["DBUS_SESSION_BUS_ADDRESS", "HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command.env("NO_COLOR", "1");
}

/// A new file in the folder that `RHOBIS_TEST_WIRE_LOG` names, where all exchanges of a
/// test run are wanted.
pub(crate) fn wire_log() -> Option<PathBuf> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let folder = PathBuf::from(std::env::var_os("RHOBIS_TEST_WIRE_LOG")?);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    Some(folder.join(format!("cli-{}-{number}.jsonl", std::process::id())))
}

/// What a command line did.
pub(crate) struct Seen {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    exit: Option<i32>,
    shown: String,
}

impl Seen {
    pub(crate) fn new(command: &Command, output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let arguments: Vec<_> = command.get_args().map(|a| a.to_string_lossy()).collect();
        let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
        let status = output.status;
        let shown = format!(
            "rhobis {}\n{status}\n--- stdout\n{stdout}--- stderr\n{stderr}---",
            arguments.join(" ")
        );
        Self { stdout, stderr, exit: status.code(), shown }
    }

    #[track_caller]
    pub(crate) fn succeeds(self) -> Self {
        self.ends_with(Exit::Done)
    }

    #[track_caller]
    pub(crate) fn fails_with(self, exit: Exit) -> Self {
        assert!(exit != Exit::Done, "to be done is no failure");
        self.ends_with(exit)
    }

    #[track_caller]
    fn ends_with(self, exit: Exit) -> Self {
        assert_eq!(self.exit, Some(exit as i32), "{exit:?} expected: {}", self.shown);
        self
    }

    /// Whether it ended so; `Display` says what was seen.
    pub(crate) fn ends(&self, exit: Exit) -> bool {
        self.exit == Some(exit as i32)
    }

    /// The whole of stdout, but for white space at its end.
    #[track_caller]
    pub(crate) fn stdout_is(self, text: &str) -> Self {
        assert_eq!(self.stdout.trim_end(), text, "{}", self.shown);
        self
    }

    #[track_caller]
    pub(crate) fn stdout_has(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "stdout lacks `{text}`: {}", self.shown);
        self
    }

    #[track_caller]
    pub(crate) fn stdout_lacks(self, text: &str) -> Self {
        assert!(!self.stdout.contains(text), "stdout has `{text}`: {}", self.shown);
        self
    }

    #[track_caller]
    pub(crate) fn stderr_has(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "stderr lacks `{text}`: {}", self.shown);
        self
    }

    #[track_caller]
    pub(crate) fn stderr_lacks(self, text: &str) -> Self {
        assert!(!self.stderr.contains(text), "stderr has `{text}`: {}", self.shown);
        self
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}
