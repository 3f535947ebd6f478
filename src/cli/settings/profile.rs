use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One openBIS and who we are there: what `[profiles.NAME]` says, by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Profile {
    pub(super) values: BTreeMap<&'static str, String>,
}

impl Profile {
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }
}

/// A path as people write it in a configuration.
pub(crate) fn path(text: &str, folder: &Path) -> PathBuf {
    match (text.strip_prefix("~/"), etcetera::home_dir()) {
        (Some(rest), Ok(home)) => home.join(rest),
        (Some(_) | None, _) => folder.join(text),
    }
}
