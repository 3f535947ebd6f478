//! Exports as RO-Crate, which a service beside newer openBIS makes.
use super::resilience::Group;
use super::visit::{Understood, Verb, Visit, Visited};
use super::{Client, Error};
use crate::wire::Fault;
use crate::wire::crates::{self, Progress, Wanted};

/// Below the address of openBIS, where nothing else is said.
const USUAL: &str = "/openbis/open-api/ro-crate";
const NO_SERVICE: &str = "this openBIS makes no RO-Crates: there is no such service";
const INVALID_SESSION: &str =
    "ch.systemsx.cisd.common.exceptions.InvalidSessionException";
/// How much of what the service says in place of an answer is shown.
const SHOWN: usize = 200;

/// An export that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrateJob {
    pub id: String,
    url: String,
}

/// What goes into a crate beside the objects: a header and whether it is wanted.
pub type CrateOptions = Vec<(&'static str, bool)>;

impl Client {
    /// Begins an export; `url` is where the service is, if that is not known by itself.
    ///
    /// # Errors
    /// Of any call; refused where there is no such service.
    pub fn begin_crate(
        &self,
        wanted: &[Wanted],
        (zipped, options): (bool, &CrateOptions),
        url: Option<&str>,
    ) -> Result<CrateJob, Error> {
        let url = url.unwrap_or(USUAL).trim_end_matches('/').to_owned();
        let form = if zipped { "application/zip" } else { "application/ld+json" };
        let flag = |wanted: bool| if wanted { "True" } else { "False" }.to_owned();
        let visit = |token: &str| {
            let mut headers = asking(token);
            headers.push(("Export", form.to_owned()));
            headers.push(("openbis.input-body-format", "json".to_owned()));
            headers.extend(options.iter().map(|(name, it)| (*name, flag(*it))));
            let (url, body) = (format!("{url}/export"), crates::write_wanted(wanted));
            Visit {
                verb: Verb::Post,
                url,
                query: Vec::new(),
                headers,
                body: body.into_bytes(),
            }
        };
        let id =
            self.visit((Group::Later, "export a crate"), visit, |visited, token| {
                self.understand(visited, token, crates::read_begun)
            })?;
        Ok(CrateJob { id, url })
    }

    /// How far an export has come.
    ///
    /// # Errors
    /// Of any call.
    pub fn crate_progress(&self, job: &CrateJob) -> Result<Progress, Error> {
        let visit = |token: &str| job.visit(&format!("status/{}", job.id), token);
        self.visit((Group::Read, "look at a crate"), visit, |visited, token| {
            self.understand(visited, token, crates::read_progress)
        })
    }

    /// The crate itself, which comes as it is read.
    ///
    /// # Errors
    /// Of any call.
    pub fn crate_content(&self, job: &CrateJob) -> Result<Visited, Error> {
        let visit = |token: &str| job.visit("download", token);
        self.visit((Group::Read, "download a crate"), visit, |visited, token| {
            match visited.status {
                200 => Ok(Ok(visited)),
                _ => self.understand(visited, token, |_| None),
            }
        })
    }

    fn understand<T>(
        &self,
        visited: Visited,
        token: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Understood<T> {
        let status = visited.status;
        let bytes = visited.bytes(self.url())?;
        let body = String::from_utf8_lossy(&bytes);
        if matches!(status, 200 | 202)
            && let Some(value) = read(&body)
        {
            return Ok(Ok(value));
        }
        let said: String = body.replace(token, "…").chars().take(SHOWN).collect();
        let fault = |class: &str, message: String| {
            Ok(Err(Fault { class: class.to_owned(), message, context: None }))
        };
        match status {
            401 => fault(INVALID_SESSION, format!("the session is not known: {said}")),
            403 => fault("", format!("Access denied: {said}")),
            404 if said.is_empty() || said.starts_with('<') => {
                fault("", NO_SERVICE.to_owned())
            }
            400..=499 => fault("", said),
            _ => Err(self.strange(format!("no service for crates (status {status})"))),
        }
    }
}

impl CrateJob {
    fn visit(&self, what: &str, token: &str) -> Visit {
        let mut headers = asking(token);
        headers.push(("jobId", self.id.clone()));
        let (url, query) = (format!("{}/{what}", self.url), Vec::new());
        Visit { verb: Verb::Get, url, query, headers, body: Vec::new() }
    }
}

fn asking(token: &str) -> Vec<(&'static str, String)> {
    vec![
        ("Accept", "application/json".to_owned()),
        ("Content-Type", "application/json".to_owned()),
        ("api-key", token.to_owned()),
    ]
}
