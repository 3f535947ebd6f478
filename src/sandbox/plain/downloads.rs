//! Files that were made for somebody and wait to be fetched.
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Visit, Visited};
use crate::sandbox::Sandbox;

const PATH: &str = "/openbis/openbis/download";
/// So many are kept; the oldest make room.
const KEPT: usize = 100;

/// The files, by the order in which they were made.
#[derive(Debug, Default)]
pub(in crate::sandbox) struct Downloads(Mutex<BTreeMap<u64, Made>>);

#[derive(Debug)]
struct Made {
    user: String,
    name: String,
    content: Vec<u8>,
}

pub(super) fn serves(path: &str) -> bool {
    path.trim_end_matches('/') == PATH
}

pub(super) fn answer(sandbox: &Sandbox, visit: Visit<'_>) -> Visited {
    let token = visit.parameter("sessionID").unwrap_or_default();
    let Ok(user) = sandbox.in_session(&token, |work| Ok(work.user().to_owned())) else {
        return Visited::text(401, "The session is not known.");
    };
    let name = visit.parameter("filePath").unwrap_or_default();
    match sandbox.downloads.of(&user, &name) {
        Some(content) if visit.verb == "GET" => Visited::bytes(content),
        Some(_) | None => Visited::text(404, "There is no such file."),
    }
}

impl Downloads {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Made>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a file of this form for a user; its name.
    pub(in crate::sandbox) fn add(
        &self,
        user: &str,
        form: &str,
        content: Vec<u8>,
    ) -> String {
        let mut files = self.lock();
        let number = files.last_key_value().map_or(1, |last| last.0 + 1);
        let name = format!("export.{number}.{form}");
        let made = Made { user: user.to_owned(), name: name.clone(), content };
        files.insert(number, made);
        if files.len() > KEPT {
            files.pop_first();
        }
        name
    }

    fn of(&self, user: &str, name: &str) -> Option<Vec<u8>> {
        let files = self.lock();
        let mut own = files.values().filter(|made| made.user == user);
        own.find(|made| made.name == name).map(|made| made.content.clone())
    }
}

/// Where a file can be fetched. An address holds the token, as openBIS's own do.
pub(in crate::sandbox) fn address(base: &str, token: &str, name: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("sessionID", token).append_pair("filePath", name);
    format!("{base}{PATH}?{}", query.finish())
}
