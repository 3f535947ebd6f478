use std::path::PathBuf;
use std::time::Duration;

use chrono_tz::Tz;

use super::Cron;

/// A script and when it runs.
#[derive(Clone, Debug)]
pub struct Job {
    /// Unique in its file; the ledger knows it by this name.
    pub name: String,
    pub script: Script,
    /// Names and values, as one would write them on the command line.
    pub params: Vec<(String, String)>,
    pub cron: Cron,
    pub zone: Tz,
    /// The profile it runs with; that of the scheduler where none is named.
    pub profile: Option<String>,
    /// How long it may run.
    pub timeout: Option<Duration>,
}

/// What a job runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Script {
    Recipe(String),
    File(PathBuf),
}

impl Script {
    /// As `rhobis run` takes it.
    pub fn argument(&self) -> String {
        match self {
            Self::Recipe(name) => name.clone(),
            Self::File(path) => path.display().to_string(),
        }
    }
}

impl Job {
    /// The arguments of the process that runs it, after the global options it inherits.
    pub fn arguments(&self) -> Vec<String> {
        let profile = self.profile.iter().map(|profile| format!("--profile={profile}"));
        let params = self
            .params
            .iter()
            .map(|(name, value)| format!("--{}={value}", name.replace('_', "-")));
        let no_input = "--no-input".to_owned();
        profile
            .chain([no_input, "run".to_owned(), self.script.argument()])
            .chain(params)
            .collect()
    }
}
