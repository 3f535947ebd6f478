//! The one place that reads the environment.
use std::path::PathBuf;

use crate::client::Secret;

/// What the environment says, beside what stands for options.
#[derive(Clone, Debug, Default)]
pub(crate) struct Environment {
    /// The folder that holds configuration, state and tokens together.
    pub(crate) home: Option<PathBuf>,
    pub(crate) profile: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) user: Option<String>,
    pub(crate) password: Option<Secret>,
    pub(crate) token: Option<Secret>,
    /// The run that the scheduler has written down for this process.
    pub(crate) run: Option<i64>,
    /// Whether colours are unwanted (<https://no-color.org>).
    pub(crate) no_color: bool,
}

impl Environment {
    pub(crate) fn read() -> Self {
        Self {
            home: first(&["RHOBIS_HOME"]).map(PathBuf::from),
            profile: first(&["RHOBIS_PROFILE"]),
            url: first(&["RHOBIS_URL", "OPENBIS_URL", "OPENBIS_HOST"]),
            user: first(&["RHOBIS_USER", "OPENBIS_USERNAME"]),
            password: first(&["RHOBIS_PASSWORD", "OPENBIS_PASSWORD"]).map(Secret::from),
            token: first(&["RHOBIS_TOKEN", "OPENBIS_TOKEN"]).map(Secret::from),
            run: first(&["RHOBIS_RUN"]).and_then(|text| text.parse().ok()),
            no_color: first(&["NO_COLOR"]).is_some(),
        }
    }
}

/// The first of these variables that holds something.
fn first(names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| std::env::var(name).ok().filter(|text| !text.is_empty()))
}
