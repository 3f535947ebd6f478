use std::path::{Path, PathBuf};

use anyhow::Context;
use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};

/// Where configuration and state live.
#[derive(Clone, Debug)]
pub(crate) struct Folders {
    config: PathBuf,
    state: PathBuf,
    cache: PathBuf,
}

impl Folders {
    /// The platform's usual folders, or all beneath `home`.
    pub(crate) fn find(home: Option<&Path>) -> anyhow::Result<Self> {
        if let Some(home) = home {
            let (config, state) = (home.to_owned(), home.to_owned());
            return Ok(Self { config, state, cache: home.join("cache") });
        }
        let app = AppStrategyArgs {
            top_level_domain: "org".to_owned(),
            author: "rhobis".to_owned(),
            app_name: "rhobis".to_owned(),
        };
        let usual = choose_app_strategy(app)
            .context("no home folder is known; `RHOBIS_HOME` can name one")?;
        let state = usual.state_dir().unwrap_or_else(|| usual.data_dir());
        Ok(Self { config: usual.config_dir(), state, cache: usual.cache_dir() })
    }

    pub(crate) fn config(&self) -> &Path {
        &self.config
    }

    pub(crate) fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    pub(crate) fn ledger(&self) -> PathBuf {
        self.state.join("rhobis.db")
    }

    /// Where the output of scheduled runs goes.
    pub(crate) fn logs(&self) -> PathBuf {
        self.state.join("logs")
    }

    /// Held by the process that carries out a run.
    pub(crate) fn running(&self, run: i64) -> PathBuf {
        self.state.join("running").join(run.to_string())
    }

    /// Held by the one scheduler that runs.
    pub(crate) fn schedule_lock(&self) -> PathBuf {
        self.state.join("schedule.lock")
    }

    /// What types and vocabularies are called, for completion.
    pub(crate) fn words(&self) -> PathBuf {
        self.cache.clone()
    }

    pub(crate) fn history(&self) -> PathBuf {
        self.state.join("history")
    }

    /// Where pyBIS keeps tokens.
    pub(crate) fn pybis() -> Option<PathBuf> {
        etcetera::home_dir().ok().map(|home| home.join(".pybis"))
    }

    pub(crate) fn tokens(&self) -> PathBuf {
        self.state.join("tokens")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_of_its_own_holds_everything() {
        let folders = Folders::find(Some(Path::new("/h"))).unwrap();
        assert_eq!(folders.config_file(), Path::new("/h/config.toml"));
        assert_eq!(folders.ledger(), Path::new("/h/rhobis.db"));
    }
}
