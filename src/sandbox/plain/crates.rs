//! Exports as RO-Crate: jobs that are begun, looked at and fetched.
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Visit, Visited, packing};
use crate::sandbox::Sandbox;
use crate::sandbox::work::Work;
use crate::wire::crates::{self, Progress};

const PATHS: [&str; 2] = ["/openbis/open-api/ro-crate/", "/open-api/ro-crate/"];
const COMPLETED: &str = "COMPLETED";
const RUNNING: &str = "RUNNING";
const FAILED: &str = "FAILED";
/// So many are remembered; the oldest make room.
const KEPT: usize = 100;

/// The exports of a sandbox, by their numbers.
#[derive(Debug, Default)]
pub(in crate::sandbox) struct Jobs(Mutex<BTreeMap<u64, Job>>);

#[derive(Debug)]
struct Job {
    user: String,
    /// It takes a moment: as long as nobody has asked for it.
    was_looked_at: bool,
    /// The crate, or why there is none.
    made: Result<Vec<u8>, String>,
    is_zip: bool,
}

/// What is asked of the service, where it is the service that is asked.
pub(super) fn part(path: &str) -> Option<&str> {
    PATHS.iter().find_map(|start| path.strip_prefix(start))
}

pub(super) fn answer(sandbox: &Sandbox, visit: Visit<'_>, part: &str) -> Visited {
    if (visit.verb, part) == ("GET", "test-echo") {
        return Visited::text(200, visit.parameter("message").unwrap_or_default());
    }
    let key = visit.header("api-key").map(str::to_owned);
    let key = key.or_else(|| visit.parameter("api-key")).unwrap_or_default();
    let Ok(user) = sandbox.in_session(&key, |work| Ok(work.user().to_owned())) else {
        return Visited::text(401, "The api key is not available.");
    };
    let id = part.strip_prefix("status/").or_else(|| visit.header("jobid"));
    let id = id.and_then(|id| id.parse().ok());
    match (visit.verb, part, id) {
        ("GET", "test-openbis-connection", _) => Visited::text(200, user),
        ("POST", "export", _) => sandbox.begin_crate(&visit, &key),
        ("GET", "status", None) => Visited::json(200, sandbox.crates.all(&user)),
        ("GET", "download", Some(id)) => sandbox.crates.content(&user, id),
        ("GET", part, Some(id)) if part.starts_with("status") => {
            sandbox.crates.progress(&user, id)
        }
        _ => Visited::text(404, "There is no such resource."),
    }
}

impl Sandbox {
    fn begin_crate(&self, visit: &Visit<'_>, key: &str) -> Visited {
        let body = std::str::from_utf8(visit.body).unwrap_or_default();
        let Some(wanted) = crates::read_wanted(body) else {
            return Visited::text(400, "The objects to export cannot be read.");
        };
        let is_zip = visit.header("export") != Some("application/ld+json");
        let made = |work: &Work<'_>| {
            Ok((work.user().to_owned(), packing::pack(work, &wanted, visit)))
        };
        match self.in_session(key, made) {
            Ok((user, made)) => {
                let job = Job { user, was_looked_at: false, made, is_zip };
                let id = self.crates.add(job);
                Visited::json(202, crates::write_begun(&id.to_string()))
            }
            Err(fault) => Visited::text(401, fault.message),
        }
    }
}

impl Jobs {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Job>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, job: Job) -> u64 {
        let mut jobs = self.lock();
        let id = jobs.last_key_value().map_or(1, |last| last.0 + 1);
        jobs.insert(id, job);
        if jobs.len() > KEPT {
            jobs.pop_first();
        }
        id
    }

    fn all(&self, user: &str) -> String {
        let jobs = self.lock();
        let own = jobs.iter().filter(|(_, job)| job.user == user);
        let told: Vec<Progress> = own.map(|(id, job)| job.progress(*id)).collect();
        crates::write_all_progress(&told)
    }

    fn progress(&self, user: &str, id: u64) -> Visited {
        let mut jobs = self.lock();
        let Some(job) = jobs.get_mut(&id).filter(|job| job.user == user) else {
            return missing(id);
        };
        let told = crates::write_progress(&job.progress(id));
        job.was_looked_at = true;
        Visited::json(200, told)
    }

    fn content(&self, user: &str, id: u64) -> Visited {
        let jobs = self.lock();
        let Some(job) = jobs.get(&id).filter(|job| job.user == user) else {
            return missing(id);
        };
        match &job.made {
            Ok(made) if job.is_zip => Visited::zip(made.clone()),
            Ok(made) => Visited {
                content_type: "application/ld+json",
                ..Visited::bytes(made.clone())
            },
            Err(why) => Visited::text(400, why.clone()),
        }
    }
}

impl Job {
    fn progress(&self, id: u64) -> Progress {
        let (status, errors) = match &self.made {
            _ if !self.was_looked_at => (RUNNING, Vec::new()),
            Ok(_) => (COMPLETED, Vec::new()),
            Err(why) => (FAILED, vec![why.clone()]),
        };
        Progress {
            job_id: Some(id.to_string()),
            status: status.to_owned(),
            errors: Some(errors),
            download_url: None,
            validation_result: None,
            import_response: None,
        }
    }
}

fn missing(id: u64) -> Visited {
    Visited::text(404, format!("There is no job {id}."))
}
