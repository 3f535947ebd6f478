//! Tokens that scripts keep and find: in a folder of our own, and where pyBIS keeps them.
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Local, NaiveDateTime, TimeZone};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{Kept, read_private, write_private};
use crate::cli::exit::Exit;
use crate::cli::mistake::Mistake;
use crate::client::Secret;
use crate::model::Timestamp;
use crate::script::{ErrorKind, Moment, SavedToken, ScriptError, TokenFiles};

/// Where tokens lie in files.
#[derive(Clone, Debug)]
pub(crate) struct TokenFolders {
    /// Ours: session tokens in it, personal access tokens in a folder for each server.
    own: PathBuf,
    /// That of pyBIS, where a home folder is known.
    pybis: Option<PathBuf>,
}

/// A file of one personal access token, as pyBIS writes it too.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    url: String,
    hostname: String,
    owner: String,
    registration_date: Option<String>,
    valid_from_date: Option<String>,
    valid_to_date: Option<String>,
    session_name: String,
    perm_id: Zeroizing<String>,
}

impl TokenFolders {
    pub(crate) fn new(own: PathBuf, pybis: Option<PathBuf>) -> Self {
        Self { own, pybis }
    }

    fn all(&self) -> impl Iterator<Item = &Path> {
        [Some(self.own.as_path()), self.pybis.as_deref()].into_iter().flatten()
    }

    /// Of one server.
    fn folder(&self, url: &str) -> PathBuf {
        let url = url.trim_start_matches("https://").trim_end_matches('/');
        let tame =
            |c: char| if c.is_ascii_alphanumeric() || "-.".contains(c) { c } else { '_' };
        self.own.join(url.chars().map(tame).collect::<String>())
    }
}

impl TokenFiles for TokenFolders {
    fn personal(&self, host: Option<&str>) -> Result<Vec<SavedToken>, ScriptError> {
        let mut saved: Vec<SavedToken> = Vec::new();
        let servers = self.all().flat_map(|folder| entries(folder, ""));
        for file in servers.filter(|it| it.is_dir()).flat_map(|it| entries(&it, "pat")) {
            let Some(text) = private(&file)? else { continue };
            let written: Written = serde_json::from_str(&text).map_err(|_| {
                let message =
                    format!("`{}` holds no personal access token", file.display());
                ScriptError::new(ErrorKind::File, message)
            })?;
            let found = SavedToken::from(written);
            let is_other = host.is_some_and(|host| host != found.hostname);
            if !is_other && !saved.iter().any(|known| known.token == found.token) {
                saved.push(found);
            }
        }
        Ok(saved)
    }

    fn sessions(&self) -> Result<Vec<SavedToken>, ScriptError> {
        let mut saved: Vec<SavedToken> = Vec::new();
        for file in self.all().flat_map(|folder| entries(folder, "token")) {
            let Some(text) = private(&file)? else { continue };
            let kept = Kept::parse(&text, std::time::SystemTime::UNIX_EPOCH);
            let name =
                file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if let Some(kept) = kept.filter(|_| saved.iter().all(|s| s.hostname != name))
            {
                saved.push(session_token(name, kept.secret));
            }
        }
        Ok(saved)
    }

    fn keep(
        &self,
        url: &str,
        tokens: &[SavedToken],
        all: bool,
    ) -> Result<(), ScriptError> {
        let folder = self.folder(url);
        let mut kept = Vec::new();
        for token in tokens {
            let written = Written::from(token);
            let text = serde_json::to_string_pretty(&written).unwrap_or_default();
            let file = folder.join(name_of(&token.token));
            write_private(&file, &Zeroizing::new(text)).map_err(failed)?;
            kept.push(file);
        }
        let others = entries(&folder, "pat").into_iter().filter(|it| !kept.contains(it));
        for other in others.filter(|_| all) {
            fs::remove_file(&other).map_err(|error| failed(error.into()))?;
        }
        Ok(())
    }
}

/// What lies in a folder, in order: files that end so, or all.
fn entries(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> =
        entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    let ends = |path: &PathBuf| path.extension().is_some_and(|it| it == extension);
    paths.retain(|path| extension.is_empty() || ends(path));
    paths.sort();
    paths
}

/// What a file holds that its owner alone may read.
fn private(file: &Path) -> Result<Option<Zeroizing<String>>, ScriptError> {
    read_private(file).map_err(failed)
}

/// The name of its file: what nobody reads the token from.
fn name_of(token: &Secret) -> String {
    use std::fmt::Write;
    let mut name = String::new();
    for byte in Sha256::digest(token.reveal()).iter().take(16) {
        let _ = write!(name, "{byte:02x}");
    }
    name + ".pat"
}

fn failed(error: anyhow::Error) -> ScriptError {
    match error.downcast::<Mistake>() {
        Ok(mistake) => {
            let is_refused = mistake.exit == Exit::Denied;
            let kind = if is_refused { ErrorKind::Unauthorized } else { ErrorKind::File };
            let told = ScriptError::new(kind, mistake.message);
            mistake.hints.into_iter().fold(told, ScriptError::hint)
        }
        Err(error) => ScriptError::new(ErrorKind::File, format!("{error:#}")),
    }
}

fn session_token(hostname: String, token: Secret) -> SavedToken {
    let owner = token.reveal().rsplit_once('-').map_or("", |(user, _)| user).to_owned();
    let (url, session_name) = Default::default();
    let (registered, from, until) = Default::default();
    SavedToken { url, hostname, owner, session_name, registered, from, until, token }
}

impl From<&SavedToken> for Written {
    fn from(saved: &SavedToken) -> Self {
        let shown =
            |time: Option<Timestamp>| time.map(|time| Moment::from(time).to_string());
        Self {
            url: saved.url.clone(),
            hostname: saved.hostname.clone(),
            owner: saved.owner.clone(),
            registration_date: shown(saved.registered),
            valid_from_date: shown(saved.from),
            valid_to_date: shown(saved.until),
            session_name: saved.session_name.clone(),
            perm_id: Zeroizing::new(saved.token.reveal().to_owned()),
        }
    }
}

impl From<Written> for SavedToken {
    fn from(written: Written) -> Self {
        Self {
            url: written.url,
            hostname: written.hostname,
            owner: written.owner,
            session_name: written.session_name,
            registered: written.registration_date.as_deref().and_then(time),
            from: written.valid_from_date.as_deref().and_then(time),
            until: written.valid_to_date.as_deref().and_then(time),
            token: Secret::from(written.perm_id.as_str()),
        }
    }
}

/// A time of ours, or one of pyBIS, which means the local zone and does not say so.
fn time(text: &str) -> Option<Timestamp> {
    if let Ok(plain) = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S") {
        let local = Local.from_local_datetime(&plain).earliest();
        return local.map(|time| Timestamp(time.timestamp_millis()));
    }
    Moment::read(text).ok().map(Timestamp::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(name: &str) -> SavedToken {
        SavedToken {
            url: "https://lab.example.org/x".to_owned(),
            session_name: name.to_owned(),
            until: Some(Timestamp(1_750_000_000_000)),
            ..session_token("lab.example.org".to_owned(), format!("$pat-a-{name}").into())
        }
    }

    #[test]
    fn all_that_are_there_take_the_place_of_all_that_were_kept() {
        let home = tempfile::tempdir().unwrap();
        let folders = TokenFolders::new(home.path().join("tokens"), None);
        let names = || {
            let saved = folders.personal(Some("lab.example.org")).unwrap();
            let mut names: Vec<String> =
                saved.into_iter().map(|s| s.session_name).collect();
            names.sort();
            names
        };
        let url = "https://lab.example.org/x";
        folders.keep(url, &[saved("one"), saved("two")], true).unwrap();
        folders.keep(url, &[saved("three")], false).unwrap();
        assert_eq!(names(), ["one", "three", "two"]);
        folders.keep(url, &[saved("two")], true).unwrap();
        assert_eq!(folders.personal(None).unwrap(), [saved("two")]);
        assert!(folders.personal(Some("other.example.org")).unwrap().is_empty());
    }
}
