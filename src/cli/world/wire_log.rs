use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;

use crate::client::{Answer, Error, Transport, Visit, Visited};
use crate::wire;

/// A file with a JSON line for every exchange, without secrets.
pub(crate) struct WireLog {
    file: Mutex<File>,
}

impl WireLog {
    /// Appends to what is there.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Self> {
        let file = File::options().create(true).append(true).open(path);
        let file = file.with_context(|| format!("cannot write `{}`", path.display()))?;
        Ok(Self { file: Mutex::new(file) })
    }

    /// A log that cannot be written does not stop the work.
    fn note(&self, service: &str, request: &str, response: &str) {
        let mut line = wire::exchange_line(service, request, response);
        line.push('\n');
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = file.write_all(line.as_bytes());
    }
}

/// A transport that is listened to.
pub(crate) struct Logged {
    inner: Arc<dyn Transport>,
    log: Arc<WireLog>,
}

impl Logged {
    pub(crate) fn new(inner: Arc<dyn Transport>, log: Arc<WireLog>) -> Self {
        Self { inner, log }
    }
}

impl Transport for Logged {
    fn url(&self) -> &str {
        self.inner.url()
    }

    fn carry(&self, service: &str, request: &str) -> Result<Answer, Error> {
        let answer = self.inner.carry(service, request)?;
        self.log.note(service, request, &answer.body);
        Ok(answer)
    }

    /// Files are no exchange of the interface.
    fn visit(&self, visit: &Visit) -> Result<Visited, Error> {
        self.inner.visit(visit)
    }
}
