use std::ffi::OsString;
use std::path::PathBuf;

use clap::ValueEnum;

use super::settings::{SETTINGS, Setting};

/// Options that every command understands, before or after its name.
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
#[derive(clap::Args, Clone, Debug, Default)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// The openBIS of this profile in the configuration [env: `RHOBIS_PROFILE`]
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) profile: Option<String>,

    /// The openBIS at this address [env: `RHOBIS_URL`, `OPENBIS_URL`]
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) url: Option<String>,

    /// An openBIS in the process, with a demo lab; kept in DIR if one is named
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "",
        conflicts_with_all = ["url", "profile"]
    )]
    pub(crate) sandbox: Option<OsString>,

    /// How values are written
    #[arg(long, global = true, value_name = "FORMAT")]
    pub(crate) output: Option<Format>,

    /// Say nothing but results and errors
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Say more: the calls, with `-vv` each attempt
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,

    /// Never ask anything
    #[arg(long, global = true, env = "RHOBIS_NO_INPUT", hide_env = true, value_parser = clap::builder::FalseyValueParser::new())]
    pub(crate) no_input: bool,

    /// Change nothing
    #[arg(long, global = true)]
    pub(crate) read_only: bool,

    /// How many changes a run may make
    #[arg(long, global = true, value_name = "NUMBER")]
    pub(crate) max_changes: Option<u64>,

    /// How many objects a run may delete
    #[arg(long, global = true, value_name = "NUMBER")]
    pub(crate) max_delete: Option<u64>,

    /// A file or folder elsewhere that scripts may use; may be repeated
    #[arg(long, global = true, value_name = "PATH")]
    pub(crate) allow_files: Vec<String>,

    /// A further server that scripts may talk to; may be repeated
    #[arg(long, global = true, value_name = "HOST")]
    pub(crate) allow_hosts: Vec<String>,

    /// A variable of the environment that scripts may read; may be repeated
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) allow_environment: Vec<String>,

    /// How long a server that is away is waited for, like `5m`
    #[arg(long, global = true, value_name = "TIME")]
    pub(crate) max_wait: Option<String>,

    /// How long a connection may take, like `10s`
    #[arg(long, global = true, value_name = "TIME", hide_short_help = true)]
    pub(crate) connect_timeout: Option<String>,

    /// How long nothing may come of an answer, like `2m`
    #[arg(long, global = true, value_name = "TIME", hide_short_help = true)]
    pub(crate) read_timeout: Option<String>,

    /// How long a call may take in all, like `10m`
    #[arg(long, global = true, value_name = "TIME", hide_short_help = true)]
    pub(crate) timeout: Option<String>,

    /// Take any certificate: whoever is in between can read and change everything
    #[arg(long, global = true)]
    pub(crate) insecure: bool,

    /// Sum up at the end what the calls took
    #[arg(long, global = true)]
    pub(crate) timing: bool,

    /// Colours on the terminal
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,

    /// Write every request and answer into FILE, as JSON lines without secrets
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "RHOBIS_WIRE_LOG",
        hide_env = true
    )]
    pub(crate) wire_log: Option<PathBuf>,
}

/// Settings that are options of every command.
const OPTIONS: &[&str] = &[
    "url",
    "read_only",
    "max_changes",
    "max_delete",
    "allow_files",
    "allow_hosts",
    "allow_environment",
    "output",
];

/// The values of an option that may be repeated.
fn joined(all: &[String]) -> Option<String> {
    (!all.is_empty()).then(|| all.join(","))
}

impl Global {
    /// Whether one of these options is the setting.
    pub(crate) fn has(key: &str) -> bool {
        OPTIONS.contains(&key) || Self::default().times().iter().any(|row| row.0 == key)
    }

    /// How long what may take.
    fn times(&self) -> [(&'static str, Option<&String>); 4] {
        [
            ("max_wait", self.max_wait.as_ref()),
            ("connect_timeout", self.connect_timeout.as_ref()),
            ("read_timeout", self.read_timeout.as_ref()),
            ("timeout", self.timeout.as_ref()),
        ]
    }

    /// What the options say about settings.
    pub(crate) fn settings(&self) -> Vec<(&'static Setting, String)> {
        let said =
            |setting: &'static Setting| Some((setting, self.setting(setting.key)?));
        SETTINGS.iter().filter_map(said).collect()
    }

    /// What an option says about a setting, by its key.
    pub(crate) fn setting(&self, key: &str) -> Option<String> {
        match key {
            "url" => self.url.clone(),
            "read_only" => self.read_only.then(|| "true".to_owned()),
            "max_changes" => self.max_changes.map(|count| count.to_string()),
            "max_delete" => self.max_delete.map(|count| count.to_string()),
            "allow_files" => joined(&self.allow_files),
            "allow_hosts" => joined(&self.allow_hosts),
            "allow_environment" => joined(&self.allow_environment),
            "output" => {
                let known = self.output?.to_possible_value()?;
                Some(known.get_name().to_owned())
            }
            key => {
                let times = self.times().into_iter();
                times.filter(|row| row.0 == key).find_map(|row| row.1.cloned())
            }
        }
    }

    /// What a process gets that works in our place: where openBIS is, and the wire log.
    pub(crate) fn inherited(&self) -> Vec<String> {
        let sandbox = self.sandbox.as_ref().map(|folder| match folder.is_empty() {
            true => "--sandbox".to_owned(),
            false => format!("--sandbox={}", folder.to_string_lossy()),
        });
        let wire_log = self.wire_log.as_ref();
        let times = self.times().into_iter().filter_map(|(key, time)| {
            time.map(|time| format!("--{}={time}", key.replace('_', "-")))
        });
        [
            self.profile.as_ref().map(|profile| format!("--profile={profile}")),
            self.url.as_ref().map(|url| format!("--url={url}")),
            sandbox,
            wire_log.map(|file| format!("--wire-log={}", file.display())),
            self.read_only.then(|| "--read-only".to_owned()),
            self.max_changes.map(|count| format!("--max-changes={count}")),
            self.max_delete.map(|count| format!("--max-delete={count}")),
        ]
        .into_iter()
        .flatten()
        .chain(times)
        .chain(self.permitted())
        .collect()
    }

    fn permitted(&self) -> impl Iterator<Item = String> {
        let files = self.allow_files.iter().map(|path| format!("--allow-files={path}"));
        let hosts = self.allow_hosts.iter().map(|host| format!("--allow-hosts={host}"));
        let names = self.allow_environment.iter();
        let names = names.map(|name| format!("--allow-environment={name}"));
        files.chain(hosts).chain(names)
    }
}

/// How values are written to stdout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    #[default]
    Table,
    Json,
    Jsonl,
    Csv,
    Tsv,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}
