use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;

use crate::client::Secret;

/// Session tokens, one file for each server or profile, readable by their owner alone.
#[derive(Clone, Debug)]
pub(crate) struct Tokens {
    folder: PathBuf,
}

impl Tokens {
    pub(crate) fn in_folder(folder: PathBuf) -> Self {
        Self { folder }
    }

    pub(crate) fn read(&self, server: &str) -> Option<Secret> {
        let text = std::fs::read_to_string(self.file(server)).ok()?;
        let token = text.trim();
        (!token.is_empty()).then(|| Secret::from(token))
    }

    /// Writes it in one step: a reader finds the old one or the new one.
    pub(crate) fn write(&self, server: &str, token: &Secret) -> anyhow::Result<()> {
        let file = self.file(server);
        let failed = || format!("cannot write `{}`", file.display());
        std::fs::create_dir_all(&self.folder).with_context(failed)?;
        let mut new =
            tempfile::NamedTempFile::new_in(&self.folder).with_context(failed)?;
        writeln!(new, "{}", token.reveal()).with_context(failed)?;
        new.as_file().sync_all().with_context(failed)?;
        new.persist(&file).with_context(failed)?;
        Ok(())
    }

    /// Whether there was one.
    pub(crate) fn forget(&self, server: &str) -> anyhow::Result<bool> {
        match std::fs::remove_file(self.file(server)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error).context("cannot remove the token"),
        }
    }

    fn file(&self, server: &str) -> PathBuf {
        let name: String = server
            .trim_start_matches("https://")
            .trim_end_matches('/')
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '_' })
            .collect();
        self.folder.join(format!("{name}.token"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_back_and_is_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let tokens = Tokens::in_folder(folder.path().join("tokens"));
        tokens.write("https://lab.example.org:8443/x", &Secret::from("a-1")).unwrap();
        let read = tokens.read("https://lab.example.org:8443/x").unwrap();
        assert_eq!(read.reveal(), "a-1");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let file = folder.path().join("tokens/lab.example.org_8443_x.token");
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert!(tokens.forget("https://lab.example.org:8443/x").unwrap());
        assert!(tokens.read("https://lab.example.org:8443/x").is_none());
    }
}
