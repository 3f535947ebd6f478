use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use serde::Deserialize;

use crate::cli::mistake::Mistake;

/// `config.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// The profile that is meant where none is named.
    default_profile: Option<String>,
    #[serde(default)]
    profiles: BTreeMap<String, Profile>,
}

/// One openBIS and who we are there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Profile {
    pub(crate) url: String,
    pub(crate) user: Option<String>,
    /// A command of the shell that prints the password.
    pub(crate) password_command: Option<String>,
}

impl Config {
    /// What the file says; nothing where there is none.
    pub(crate) fn read(file: &Path) -> anyhow::Result<Self> {
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(error) => {
                return Err(error)
                    .with_context(|| format!("cannot read `{}`", file.display()));
            }
        };
        toml::from_str(&text).map_err(|error| {
            Mistake::new(format!("`{}` is no configuration: {error}", file.display()))
                .into()
        })
    }

    pub(crate) fn default_profile(&self) -> Option<&str> {
        self.default_profile.as_deref()
    }

    pub(crate) fn profile(&self, name: &str) -> Result<&Profile, Mistake> {
        self.profiles.get(name).ok_or_else(|| {
            let known: Vec<&String> = self.profiles.keys().collect();
            Mistake::missing(format!("no profile `{name}`"))
                .nearest(name, &known)
                .hint("profiles are tables `[profiles.NAME]` in `config.toml`")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_that_is_not_there_is_named_with_the_nearest_one() {
        let text = "[profiles.lab]\nurl = 'https://lab.example.org'";
        let config: Config = toml::from_str(text).unwrap();
        assert!(config.profile("lab").is_ok());
        let mistake = config.profile("lap").unwrap_err();
        assert_eq!(mistake.to_string(), "no profile `lap`");
        assert_eq!(mistake.hints[0], "did you mean `lab`?");
    }
}
