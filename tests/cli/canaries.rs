//! Passwords that cannot be mistaken for anything else, and where they are looked for: in
//! whatever any test of this suite leaves behind.
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tempfile::TempDir;

const HEAD: &str = "canary-";
const TAIL: &str = "-5a7e";

/// A password as it is used in earnest: `canary-secret-5a7e` for `secret`.
pub(crate) fn marked(word: &str) -> String {
    match word.is_empty() || word.starts_with(HEAD) {
        true => word.to_owned(),
        false => format!("{HEAD}{word}{TAIL}"),
    }
}

/// The account of a sandbox, `--user=NAME:PASSWORD`, with a marked password.
pub(crate) fn marked_account(option: &str) -> String {
    let account = option.strip_prefix("--user=").and_then(|it| it.split_once(':'));
    account.map_or_else(
        || option.to_owned(),
        |(name, word)| format!("--user={name}:{}", marked(word)),
    )
}

/// Variables that hold a password.
pub(crate) fn holds_password(variable: &str) -> bool {
    ["OPENBIS_PASSWORD", "RHOBIS_PASSWORD", "LAB_WORD"].contains(&variable)
}

/// What is to be seen nowhere: a marked password, and what looks like a token.
pub(crate) fn secret_in(text: &str) -> Option<String> {
    let is_token_char = |c: char| c.is_ascii_alphanumeric() || "$-_.@".contains(c);
    let words = || text.split(|c| !is_token_char(c));
    let token =
        words().find(|word| word.starts_with("$pat-") || looks_like_session(word));
    token.or_else(|| words().find(|word| looks_like_canary(word))).map(str::to_owned)
}

fn looks_like_session(word: &str) -> bool {
    let Some((head, key)) = word.rsplit_once('x') else { return false };
    let digits = head.rsplit('-').next().unwrap();
    let is_key = key.len() >= 32 && key.is_char_boundary(32);
    is_key && digits.len() == 15 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `canary-…-` and four hexadecimal digits.
fn looks_like_canary(word: &str) -> bool {
    let Some((_, rest)) = word.split_once(HEAD) else { return false };
    rest.split('-').skip(1).any(|part| {
        let digits = part.bytes().take_while(u8::is_ascii_hexdigit).count();
        digits >= 4 && part.bytes().take(4).any(|b| b.is_ascii_digit())
    })
}

/// The folders of a test; when it is over, all that was left in them is looked through.
pub(crate) struct Place {
    folder: TempDir,
    /// The files that the test itself has written.
    written: Mutex<BTreeMap<PathBuf, String>>,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), written: Mutex::default() }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, file: &Path, text: &str) {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        let file = file.canonicalize().unwrap();
        self.written.lock().unwrap().insert(file, text.to_owned());
    }

    /// What must not stand where it stands, with the file.
    pub(crate) fn leaks(&self) -> Vec<(PathBuf, String)> {
        let written = self.written.lock().unwrap();
        let own =
            |file: &Path, text: &str| written.get(file).is_some_and(|it| it == text);
        let folder = self.path().canonicalize().unwrap();
        let leak = |file: PathBuf| {
            let text = String::from_utf8_lossy(&fs::read(&file).ok()?).into_owned();
            let found = secret_in(&text).filter(|_| !own(&file, &text))?;
            Some((file, found))
        };
        files(&folder).into_iter().filter_map(leak).collect()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let leaks = self.leaks();
            assert!(leaks.is_empty(), "secrets were left behind: {leaks:?}");
        }
    }
}

/// How files end that are made to keep a secret.
const KEEPERS: [&str; 3] = ["token", "pat", "kept"];

/// All files below, but for those that are made to keep a secret, and what a sandbox
/// keeps.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let end = entry.extension().and_then(|end| end.to_str()).unwrap_or_default();
        let is_sandbox = entry.join("sandbox.db").is_file();
        if entry.is_dir() && !is_sandbox {
            found.extend(files(&entry));
        } else if entry.is_file() && !KEEPERS.contains(&end) {
            found.push(entry);
        }
    }
    found
}

#[test]
fn a_canary_is_seen_where_it_is() {
    let dead = "admin-230926133701234x0123456789ABCDEF0123456789ABCDEF";
    assert!(secret_in(&format!("Session token '{dead}' is invalid")).is_some());
    assert!(secret_in(&format!("\u{0}{dead}more")).is_some());
    assert!(secret_in("{\"a\":[\"$pat-admin-1\"]}").is_some());
    assert!(secret_in("password=canary-wrong-77c0.").is_some());
    assert!(secret_in(&format!("it is {}", marked("secret"))).is_some());
    assert_eq!(secret_in("a perfectly-plain text, a canary-bird"), None);
}

#[test]
fn what_a_test_leaves_behind_is_looked_through() {
    let place = Place::new();
    place.write(&place.path().join("word"), &marked("secret"));
    fs::write(place.path().join("lab.token"), marked("secret")).unwrap();
    assert_eq!(place.leaks(), []);
    let left = place.path().join("rhobis.db");
    fs::write(&left, format!("\u{1}{}\u{2}", marked("secret"))).unwrap();
    assert_eq!(place.leaks().len(), 1);
    fs::remove_file(left).unwrap();
}
