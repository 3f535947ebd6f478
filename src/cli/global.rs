use std::ffi::OsString;
use std::path::PathBuf;

use clap::ValueEnum;

/// Options that every command understands, before or after its name.
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
    #[arg(
        long,
        global = true,
        value_name = "FORMAT",
        env = "RHOBIS_OUTPUT",
        hide_env = true
    )]
    pub(crate) output: Option<Format>,

    /// Say nothing but results and errors
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Say more about what is done
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,

    /// Never ask anything
    #[arg(long, global = true, env = "RHOBIS_NO_INPUT", hide_env = true, value_parser = clap::builder::FalseyValueParser::new())]
    pub(crate) no_input: bool,

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

impl Global {
    /// What a process gets that works in our place: where openBIS is, and the wire log.
    pub(crate) fn inherited(&self) -> Vec<String> {
        let sandbox = self.sandbox.as_ref().map(|folder| match folder.is_empty() {
            true => "--sandbox".to_owned(),
            false => format!("--sandbox={}", folder.to_string_lossy()),
        });
        let wire_log = self.wire_log.as_ref();
        [
            self.profile.as_ref().map(|profile| format!("--profile={profile}")),
            self.url.as_ref().map(|url| format!("--url={url}")),
            sandbox,
            wire_log.map(|file| format!("--wire-log={}", file.display())),
        ]
        .into_iter()
        .flatten()
        .collect()
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
