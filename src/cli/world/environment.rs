//! The one place that reads the environment.
use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::cli::settings::{SETTINGS, Setting};
use crate::client::Secret;

/// What the environment says, beside what stands for options.
#[derive(Clone, Debug, Default)]
pub(crate) struct Environment {
    /// The folder that holds configuration, state and tokens together.
    pub(crate) home: Option<PathBuf>,
    pub(crate) profile: Option<String>,
    pub(crate) password: Option<Secret>,
    pub(crate) token: Option<Secret>,
    /// The run that the scheduler has written down for this process.
    pub(crate) run: Option<i64>,
    /// Whether colours are unwanted (<https://no-color.org>).
    pub(crate) no_color: bool,
    /// Whether there is a desktop that may have a keyring.
    pub(crate) has_desktop: bool,
    /// What variables say about settings, by their names.
    pub(crate) variables: BTreeMap<String, String>,
}

impl Environment {
    pub(crate) fn read() -> Self {
        let names = SETTINGS.iter().flat_map(Setting::all_variables);
        Self {
            home: first(&["RHOBIS_HOME"]).map(PathBuf::from),
            profile: first(&["RHOBIS_PROFILE"]),
            password: first(&["RHOBIS_PASSWORD", "OPENBIS_PASSWORD"]).map(Secret::from),
            token: first(&["RHOBIS_TOKEN", "OPENBIS_TOKEN"]).map(Secret::from),
            run: first(&["RHOBIS_RUN"]).and_then(|text| text.parse().ok()),
            no_color: first(&["NO_COLOR"]).is_some(),
            has_desktop: !cfg!(target_os = "linux")
                || first(&["DBUS_SESSION_BUS_ADDRESS"]).is_some(),
            variables: names
                .filter_map(|name| first(&[name.as_str()]).map(|text| (name, text)))
                .collect(),
        }
    }

    /// The first of the variables that is set, and what it says.
    pub(crate) fn said(
        &self,
        names: impl Iterator<Item = String>,
    ) -> Option<(String, String)> {
        let mut said = names.filter_map(|name| self.variables.get_key_value(&name));
        said.next().map(|(name, text)| (name.clone(), text.clone()))
    }

    /// Whether it says where openBIS is.
    pub(crate) fn has_url(&self) -> bool {
        Setting::named("url").is_some_and(|url| self.said(url.variables()).is_some())
    }

    /// The same, but for where and who.
    pub(crate) fn without_place(&self) -> Self {
        let mut other = self.clone();
        let about = ["url", "user"].into_iter().filter_map(Setting::named);
        for name in about.flat_map(Setting::variables) {
            other.variables.remove(&name);
        }
        other
    }

    /// The value of a variable that a script may read.
    pub(crate) fn value(name: &str) -> Option<String> {
        let is_name = !name.is_empty() && !name.contains(['=', '\0']);
        is_name.then(|| std::env::var(name).ok()).flatten()
    }

    /// A secret in a variable that somebody has named.
    pub(crate) fn secret(name: &str) -> Option<Secret> {
        first(&[name]).map(Secret::from)
    }
}

/// The first of these variables that holds something.
fn first(names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| std::env::var(name).ok().filter(|text| !text.is_empty()))
}
