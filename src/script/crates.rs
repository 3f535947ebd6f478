//! Exports as RO-Crate: begun, waited for, downloaded.
use std::fmt;
use std::sync::atomic::Ordering;
use std::time::Duration;

use rhai::{Array, Dynamic, Map};

use super::files::Part;
use super::{Entity, ErrorKind, ScriptError, Session, calling, nearest, value};
use crate::client::{CrateJob, CrateOptions};
use crate::model::{Kind, Value};
use crate::wire::crates::{Progress, Wanted};

/// An export, as scripts hold it.
#[derive(Clone)]
pub struct CrateExport {
    session: Session,
    job: CrateJob,
}

/// What can go into a crate: the kinds and their names there.
const KINDS: &[(Kind, &str)] = &[
    (Kind::Space, "SPACE"),
    (Kind::Project, "PROJECT"),
    (Kind::Experiment, "EXPERIMENT"),
    (Kind::Sample, "SAMPLE"),
    (Kind::DataSet, "DATASET"),
];

/// The options: their names here, the header, and whether they are usually wanted.
const OPTIONS: &[(&str, &str, bool)] = &[
    ("import_compatible", "openbis.import-compatible", true),
    ("metadata_pdf", "openbis.metadata-pdf", true),
    ("metadata_xlsx", "openbis.metadata-xlsx", true),
    ("dataset_data", "openbis.dataset-data", true),
    ("afs_data", "openbis.afs-data", true),
    ("with_levels_above", "openbis.with-levels-above", true),
    ("with_levels_below", "openbis.with-levels-below", false),
    ("with_children", "openbis.with-objects-and-dataSets-children", false),
    ("with_parents", "openbis.with-objects-and-dataSets-parents", false),
    ("with_other_spaces", "openbis.with-objects-and-dataSets-other-spaces", false),
];

/// How often is asked: longer and longer, up to this.
const LONGEST: Duration = Duration::from_secs(5);
const SHORTEST: Duration = Duration::from_millis(200);
/// Between two looks at whether the script shall end.
const STEP: Duration = Duration::from_millis(100);

/// Begins an export of these objects.
pub(super) fn begin(
    session: &Session,
    objects: &Array,
    options: &Map,
) -> Result<CrateExport, ScriptError> {
    let (url, zipped, flags) = read_options(options)?;
    if objects.is_empty() {
        return Err(ScriptError::invalid("there is nothing to export"));
    }
    let wanted = objects.iter().map(wanted).collect::<Result<Vec<_>, _>>()?;
    if !session.is_newer()? {
        return Err(calling::not_there(session, "exports as RO-Crate")?);
    }
    let client = session.client();
    let job = client.begin_crate(&wanted, (zipped, &flags), url.as_deref())?;
    Ok(CrateExport { session: session.clone(), job })
}

fn read_options(
    options: &Map,
) -> Result<(Option<String>, bool, CrateOptions), ScriptError> {
    let names: Vec<&str> =
        OPTIONS.iter().map(|row| row.0).chain(["zip", "url"]).collect();
    if let Some(name) = options.keys().find(|name| !names.contains(&name.as_str())) {
        let error =
            ScriptError::invalid(format!("`export_ro_crate` has no option `{name}`"));
        let hint = nearest::hint(name, &names);
        return Err(hint.into_iter().fold(error, ScriptError::hint));
    }
    let flags = OPTIONS
        .iter()
        .map(|(name, header, usual)| Ok((*header, flag(options, name, *usual)?)));
    let flags: Result<CrateOptions, ScriptError> = flags.collect();
    Ok((options.get("url").and_then(value::text), flag(options, "zip", true)?, flags?))
}

/// Whether an option is on.
pub(super) fn flag(options: &Map, name: &str, usual: bool) -> Result<bool, ScriptError> {
    let Some(given) = options.get(name) else { return Ok(usual) };
    given.as_bool().map_err(|_| value::mismatch(name, "true or false", given))
}

/// An object, or the permId of a sample.
pub(super) fn wanted(given: &Dynamic) -> Result<Wanted, ScriptError> {
    if let Some(perm_id) = value::text(given) {
        return Ok(Wanted { kind: "SAMPLE".to_owned(), perm_id });
    }
    let Some(entity) = given.read_lock::<Entity>() else {
        return Err(value::mismatch("objects", "a list of objects", given));
    };
    let Some((_, kind)) = KINDS.iter().find(|row| row.0 == entity.kind()) else {
        let message = format!("{} does not go into a crate", value::a(entity.kind()));
        let hint = "spaces, projects, collections, samples and data sets do";
        return Err(ScriptError::invalid(message).hint(hint));
    };
    entity.id()?;
    let field = if entity.kind() == Kind::DataSet { "code" } else { "permId" };
    match entity.value(field)? {
        Some(Value::Text(perm_id)) => Ok(Wanted { kind: (*kind).to_owned(), perm_id }),
        Some(_) | None => Err(ScriptError::invalid("the object has no permId")),
    }
}

impl CrateExport {
    pub(super) fn id(&self) -> &str {
        &self.job.id
    }

    /// The server's word for how far it is.
    pub(super) fn status(&self) -> Result<String, ScriptError> {
        Ok(self.session.client().crate_progress(&self.job)?.status)
    }

    /// Waits until the crate is there, at most so long.
    pub(super) fn wait(&self, most: Option<Duration>) -> Result<(), ScriptError> {
        let host = self.session.host();
        let bar = host.console.progress("RO-Crate", None);
        let (mut pause, mut waited) = (SHORTEST, Duration::ZERO);
        let outcome = loop {
            let progress = self.session.client().crate_progress(&self.job)?;
            match progress.status.as_str() {
                "COMPLETED" => break Ok(()),
                "FAILED" => break Err(failed(&progress)),
                status => bar.message(&status.to_lowercase()),
            }
            if most.is_some_and(|most| waited >= most) {
                let message =
                    format!("the crate was not there after {} s", waited.as_secs());
                break Err(ScriptError::new(ErrorKind::Timeout, message));
            }
            self.pause(pause)?;
            bar.advance(1);
            waited += pause;
            pause = (pause * 2).min(LONGEST);
        };
        bar.finish();
        outcome
    }

    fn pause(&self, mut time: Duration) -> Result<(), ScriptError> {
        let host = self.session.host();
        while !time.is_zero() {
            if host.cancel.load(Ordering::Relaxed) {
                let message = "the script was stopped while it waited for a crate";
                return Err(ScriptError::new(ErrorKind::Cancelled, message));
            }
            let nap = time.min(STEP);
            host.clock.sleep(nap);
            time -= nap;
        }
        Ok(())
    }

    /// Waits, then writes the crate below the working folder; where it is.
    pub(super) fn download(&self, path: &str) -> Result<String, ScriptError> {
        let part = Part::begin(self.session.host(), path)?;
        self.wait(None)?;
        let mut content = self.session.client().crate_content(&self.job)?.body;
        part.fill(&mut content, "crate")
    }
}

fn failed(progress: &Progress) -> ScriptError {
    let errors = progress.errors.iter().flatten();
    let first: Vec<&str> = errors.filter_map(|error| error.lines().next()).collect();
    let message = format!("the crate could not be made: {}", first.join("; "));
    ScriptError::new(ErrorKind::Refused, message)
}

impl fmt::Display for CrateExport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "export {}", self.job.id)
    }
}
