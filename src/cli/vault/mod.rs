//! Where passwords and tokens are kept: the platform's keyring, or files for their owner
//! alone.
mod kept;
mod keyring;
mod private;
mod token_files;

use std::path::PathBuf;
use std::time::SystemTime;

pub(crate) use kept::Kept;
pub(crate) use private::{check_rights, read_private, write_private};
pub(crate) use token_files::TokenFolders;

use super::mistake::Mistake;
use crate::client::Secret;

/// What is kept for a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// The token of the session that `login` began.
    Session,
    /// A personal access token.
    AccessToken,
    Password,
}

impl Sort {
    fn name(self) -> &'static str {
        match self {
            Self::Session => "token",
            Self::AccessToken => "pat",
            Self::Password => "password",
        }
    }
}

/// Keeps secrets, under the names of profiles and servers.
#[derive(Clone, Debug)]
pub(crate) struct Vault {
    folder: PathBuf,
    /// Whether a keyring may be used where nothing is said.
    has_keyring: bool,
}

impl Vault {
    pub(crate) fn new(folder: PathBuf, may_have_keyring: bool) -> Self {
        Self { folder, has_keyring: may_have_keyring && keyring::is_there() }
    }

    /// What is kept, and since when, where that is known.
    pub(crate) fn read(&self, at: &Slot<'_>) -> anyhow::Result<Option<Kept>> {
        if self.is_in_keyring(at)
            && let Some(text) = keyring::read(&at.label())?
        {
            return Ok(Kept::parse(&text, SystemTime::UNIX_EPOCH));
        }
        let file = self.file(at);
        let Some(text) = read_private(&file)? else { return Ok(None) };
        let since = file.metadata().and_then(|facts| facts.modified());
        Ok(Kept::parse(&text, since.unwrap_or(SystemTime::UNIX_EPOCH)))
    }

    pub(crate) fn write(&self, at: &Slot<'_>, kept: &Kept) -> anyhow::Result<()> {
        if self.is_in_keyring(at) {
            match keyring::write(&at.label(), &kept.text()) {
                // It is locked, and there is no screen to ask at: a file keeps it as well.
                Err(_) if at.store == "auto" && at.sort != Sort::Password => {}
                written => return written,
            }
        }
        write_private(&self.file(at), &kept.text())
    }

    /// Whether there was one.
    pub(crate) fn forget(&self, at: &Slot<'_>) -> anyhow::Result<bool> {
        let was_in_keyring = self.is_in_keyring(at) && keyring::forget(&at.label())?;
        match std::fs::remove_file(self.file(at)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Ok(was_in_keyring)
            }
            Err(error) => Err(anyhow::Error::new(error).context("cannot remove a token")),
        }
    }

    fn is_in_keyring(&self, at: &Slot<'_>) -> bool {
        match (at.sort, at.store) {
            (Sort::Password, _) | (_, "keyring") => true,
            (Sort::Session | Sort::AccessToken, "file") => false,
            (Sort::Session | Sort::AccessToken, _) => self.has_keyring,
        }
    }

    fn file(&self, at: &Slot<'_>) -> PathBuf {
        let name: String = at
            .name
            .trim_start_matches("https://")
            .trim_end_matches('/')
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '_' })
            .collect();
        self.folder.join(format!("{name}.{}", at.sort.name()))
    }
}

/// The place of one secret.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot<'a> {
    /// Of the profile or the server.
    pub(crate) name: &'a str,
    pub(crate) sort: Sort,
    /// `auto`, `keyring` or `file`.
    pub(crate) store: &'a str,
}

impl Slot<'_> {
    fn label(&self) -> String {
        format!("{} {}", self.name, self.sort.name())
    }
}

/// The password that the keyring has.
pub(crate) fn password_in_keyring(
    vault: &Vault,
    name: &str,
) -> anyhow::Result<Option<Secret>> {
    let slot = Slot { name, sort: Sort::Password, store: "keyring" };
    Ok(vault.read(&slot)?.map(|kept| kept.secret))
}

/// A keyring was asked for that is not there.
fn no_keyring() -> Mistake {
    Mistake::denied("there is no keyring here").hint(
        "on Linux the command `secret-tool` (libsecret) reaches it; `token_store = \
         \"file\"` keeps tokens in files for you alone",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_back_and_is_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::new(folder.path().join("tokens"), false);
        let name = "https://lab.example.org:8443/x";
        let slot = Slot { name, sort: Sort::Session, store: "auto" };
        vault.write(&slot, &Kept::session(&Secret::from("a-1"))).unwrap();
        assert_eq!(vault.read(&slot).unwrap().unwrap().secret.reveal(), "a-1");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let tokens = folder.path().join("tokens");
            let file = tokens.join("lab.example.org_8443_x.token");
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
            assert_eq!(tokens.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        }
        assert!(vault.forget(&slot).unwrap());
        assert!(vault.read(&slot).unwrap().is_none());
    }
}
