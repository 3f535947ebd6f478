//! The file server: files of samples and collections, listed and read.
use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Visit, Visited};
use crate::model::{Kind, Timestamp};
use crate::sandbox::Sandbox;
use crate::sandbox::store::Object;
use crate::sandbox::work::Work;
use crate::wire::Refusal;
use crate::wire::files::{self, Chunk, Listed};

const PATH: &str = "/afs-server/api";
/// The field of samples and collections that holds their files: content by path.
pub(in crate::sandbox) const FIELD: &str = "files";

const NO_RIGHTS: i32 = 40001;
const NO_SESSION: i32 = 40003;
const RUNTIME: &str = "java.lang.RuntimeException";

pub(super) fn serves(path: &str) -> bool {
    path.trim_end_matches('/') == PATH
}

/// Why it will not.
enum Refused {
    Session,
    Rights,
    NoFile(String),
    Other(String),
}

/// Whose files, and which.
struct Place<'a> {
    owner: &'a str,
    source: &'a str,
    operation: &'static str,
}

pub(super) fn answer(sandbox: &Sandbox, visit: Visit<'_>) -> Visited {
    let given = |name: &str| visit.parameter(name).unwrap_or_default();
    let token = given("sessionToken");
    match (visit.verb, &*given("method")) {
        ("GET", "isSessionValid") => {
            let is_valid = sandbox.in_session(&token, |_| Ok(())).is_ok();
            Visited::text(200, is_valid.to_string())
        }
        ("GET", "list") => {
            let (owner, source) = (given("owner"), given("source"));
            let place = Place { owner: &owner, source: &source, operation: "List" };
            let deep = given("recursively").eq_ignore_ascii_case("true");
            let list =
                of_owner(sandbox, &token, &place, |object| list(object, &place, deep));
            told(
                list.map(|it| Visited::text(200, files::write_list(&it))),
                &place,
                &token,
            )
        }
        ("POST", "read") => read(sandbox, &visit, &token),
        (_, method) => {
            let message = format!("Method '{method}' is not supported by this server.");
            Visited::json(400, files::write_refusal(RUNTIME, message, None))
        }
    }
}

fn read(sandbox: &Sandbox, visit: &Visit<'_>, token: &str) -> Visited {
    let Some(wanted) = files::unpack(visit.body) else {
        let message = "The chunks cannot be read.".to_owned();
        return Visited::json(400, files::write_refusal(RUNTIME, message, None));
    };
    let mut chunks = Vec::new();
    for chunk in wanted {
        let place =
            Place { owner: &chunk.owner, source: &chunk.source, operation: "Read" };
        match of_owner(sandbox, token, &place, |object| piece(object, &chunk)) {
            Ok(data) => chunks.push(Chunk { data, ..chunk.clone() }),
            Err(refused) => return told(Err(refused), &place, token),
        }
    }
    Visited::bytes(files::pack(&chunks))
}

/// What is done with the sample or collection that owns the files.
fn of_owner<T>(
    sandbox: &Sandbox,
    token: &str,
    place: &Place<'_>,
    go: impl FnOnce(&Object) -> Result<T, Refused>,
) -> Result<T, Refused> {
    let done = sandbox.in_session(token, |work| {
        Ok(match seen(work, place.owner) {
            Some(object) => go(object),
            None => Err(Refused::Rights),
        })
    });
    match done {
        Ok(outcome) => outcome,
        Err(fault) if fault.refusal() == Refusal::SessionLost => Err(Refused::Session),
        Err(_) => Err(Refused::Rights),
    }
}

fn seen<'w>(work: &'w Work<'_>, perm_id: &str) -> Option<&'w Object> {
    let kinds = [Kind::Sample, Kind::Experiment].into_iter();
    let mut found =
        kinds.filter_map(|kind| work.store.find(kind, "permId", perm_id)).map(|it| &**it);
    found.find(|object| work.rights.sees(&work.store, object))
}

fn told(outcome: Result<Visited, Refused>, place: &Place<'_>, token: &str) -> Visited {
    let Place { owner, source, operation } = place;
    let (class, message, code) = match outcome {
        Ok(visited) => return visited,
        Err(Refused::Session) => {
            (RUNTIME, format!("Session {token} doesn't exist"), Some(NO_SESSION))
        }
        Err(Refused::Rights) => (
            RUNTIME,
            format!(
                "Session {token} don't have rights [Read] over {owner} {source} to perform the operation {operation}"
            ),
            Some(NO_RIGHTS),
        ),
        Err(Refused::NoFile(path)) => (
            "java.nio.file.NoSuchFileException",
            format!("java.nio.file.NoSuchFileException: {path}"),
            None,
        ),
        Err(Refused::Other(message)) => (RUNTIME, message, None),
    };
    Visited::json(400, files::write_refusal(class, message, code))
}

/// What lies in the folder, files and folders by their paths.
fn list(object: &Object, place: &Place<'_>, deep: bool) -> Result<Vec<Listed>, Refused> {
    let kept = kept(object).ok_or_else(|| no_file(place.source))?;
    let source = place.source.trim_end_matches('/');
    let below = format!("{source}/");
    let mut paths: BTreeSet<(String, bool)> = BTreeSet::new();
    for path in kept.keys().filter(|path| path.starts_with(&below)) {
        let steps = path.match_indices('/').map(|step| step.0).skip(1);
        let folders = steps.filter(|&end| end > source.len());
        paths.extend(folders.map(|end| (path[..end].to_owned(), true)));
        paths.insert((path.clone(), false));
    }
    if paths.is_empty() && !source.is_empty() && !kept.contains_key(source) {
        return Err(no_file(source));
    }
    let near = |path: &str| deep || !path[below.len()..].contains('/');
    let found = paths.into_iter().filter(|(path, _)| near(path));
    Ok(found
        .map(|(path, is_folder)| Listed {
            owner: place.owner.to_owned(),
            name: path.rsplit('/').next().unwrap_or_default().to_owned(),
            size: kept.get(&path).map_or(0, |text| content(text).len() as u64),
            modified: object.time("registrationDate").map(Timestamp),
            path,
            is_folder,
        })
        .collect())
}

fn piece(object: &Object, wanted: &Chunk) -> Result<Vec<u8>, Refused> {
    let kept = kept(object).and_then(|kept| kept.get(&wanted.source));
    let content = content(kept.ok_or_else(|| no_file(&wanted.source))?);
    let (Ok(from), Ok(limit)) =
        (usize::try_from(wanted.offset), usize::try_from(wanted.limit))
    else {
        return Err(Refused::Other("Offset and limit cannot be negative.".to_owned()));
    };
    let from = from.min(content.len());
    let to = from.saturating_add(limit).min(content.len());
    Ok(content[from..to].to_vec())
}

/// All of them, with their contents.
pub(super) fn all(object: &Object) -> Vec<(String, Vec<u8>)> {
    let kept = kept(object).into_iter().flatten();
    kept.map(|(path, text)| (path.clone(), content(text))).collect()
}

fn no_file(path: &str) -> Refused {
    Refused::NoFile(path.to_owned())
}

fn kept(object: &Object) -> Option<&BTreeMap<String, String>> {
    object.map(FIELD)
}

fn content(text: &str) -> Vec<u8> {
    STANDARD.decode(text).unwrap_or_default()
}
