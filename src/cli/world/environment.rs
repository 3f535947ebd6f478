//! The one place that reads the environment.
use std::path::PathBuf;

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
    /// Whether colours are unwanted (<https://no-color.org>).
    pub(crate) no_color: bool,
}

/// A text that is never printed.
#[derive(Clone)]
pub(crate) struct Secret(String);

impl Secret {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, to be sent or written to a file that nobody else can read.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Environment {
    pub(crate) fn read() -> Self {
        Self {
            home: first(&["RHOBIS_HOME"]).map(PathBuf::from),
            profile: first(&["RHOBIS_PROFILE"]),
            url: first(&["RHOBIS_URL", "OPENBIS_URL", "OPENBIS_HOST"]),
            user: first(&["RHOBIS_USER", "OPENBIS_USERNAME"]),
            password: first(&["RHOBIS_PASSWORD", "OPENBIS_PASSWORD"]).map(Secret),
            token: first(&["RHOBIS_TOKEN", "OPENBIS_TOKEN"]).map(Secret),
            no_color: first(&["NO_COLOR"]).is_some(),
        }
    }
}

/// The first of these variables that holds something.
fn first(names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| std::env::var(name).ok().filter(|text| !text.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_show() {
        assert_eq!(format!("{:?}", Secret::new("pw")), "Secret(…)");
    }
}
