use std::fmt::Write;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::place::Server;
use crate::cli::vault::{Sort, Vault, read_private, write_private};
use crate::client::{Keeper, Words, user_in_token};

/// Keeps what types and properties of a server are called, in a file for each user.
pub(crate) struct Cupboard {
    folder: PathBuf,
    server: Server,
    vault: Vault,
    /// Who it is likely to be that logs in.
    likely: OnceLock<String>,
}

/// How long it is good.
const LIFETIME: Duration = Duration::from_secs(60 * 60);

/// How the names of the files end.
const END: &str = "words";

impl Cupboard {
    pub(crate) fn new(folder: PathBuf, server: &Server, vault: &Vault) -> Self {
        let (server, vault) = (server.clone(), vault.clone());
        Self { folder, server, vault, likely: OnceLock::new() }
    }

    fn file(&self, user: Option<&str>) -> PathBuf {
        let user = user.unwrap_or_else(|| self.likely.get_or_init(|| self.guess()));
        self.folder.join(format!("{}-{}.{END}", short(&self.server.url), short(user)))
    }

    /// Whose token is at hand, else who the settings say it is.
    fn guess(&self) -> String {
        let kept = |sort| self.vault.read(&self.server.slot(sort)).ok().flatten();
        let kept = || [Sort::Session, Sort::AccessToken].into_iter().find_map(kept);
        let token = self.server.token.clone().or_else(|| Some(kept()?.secret));
        let by_token = token.map(|token| user_in_token(token.reveal()).to_owned());
        let by_settings = || self.server.settings.text("user").map(str::to_owned);
        by_token.or_else(by_settings).unwrap_or_default()
    }

    fn is_on(&self) -> bool {
        self.server.settings.flag("cache")
    }
}

impl Keeper for Cupboard {
    fn read(&self, user: Option<&str>, old: bool) -> Option<Words> {
        if !self.is_on() {
            return None;
        }
        let file = self.file(user);
        let written = file.metadata().and_then(|facts| facts.modified()).ok()?;
        let is_old = written.elapsed().is_ok_and(|age| age >= LIFETIME);
        if is_old && !old {
            return None;
        }
        read_private(&file).ok().flatten()?.parse().ok()
    }

    fn write(&self, user: Option<&str>, words: &Words) {
        if self.is_on() {
            // What cannot be kept is asked for the next time.
            let _ = write_private(&self.file(user), &words.to_string());
        }
    }

    fn forget(&self) {
        let head = format!("{}-", short(&self.server.url));
        let Ok(files) = std::fs::read_dir(&self.folder) else { return };
        for file in files.flatten() {
            let name = file.file_name();
            if name.to_str().is_some_and(|it| it.starts_with(&head) && it.ends_with(END))
            {
                // Another process may have been faster.
                let _ = std::fs::remove_file(file.path());
            }
        }
    }
}

/// A name for a file that tells nobody what it is of.
fn short(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
