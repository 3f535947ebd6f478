//! What a person is told when something failed: what, where, what to do next.
use std::fmt::Write;

use super::exit::Exit;
use super::mistake::Mistake;
use super::script::Failed;
use super::snippet::{Spot, heading};
use crate::client;
use crate::sandbox;
use crate::script::{ErrorKind, Failure, ScriptError};

/// A failure at the edge of the program.
#[derive(Debug)]
pub(crate) struct Trouble {
    pub(crate) exit: Exit,
    pub(crate) message: String,
    pub(crate) spot: Option<Spot>,
    /// What lay beneath, outermost first.
    pub(crate) causes: Vec<String>,
    pub(crate) hints: Vec<String>,
}

impl Trouble {
    /// The one place that turns errors into words and exit codes.
    pub(crate) fn of(error: anyhow::Error) -> Self {
        let mut chain = error.chain().map(ToString::to_string);
        let message = chain.next().unwrap_or_default();
        let causes = chain.filter(|cause| !message.contains(cause.as_str())).collect();
        let plain =
            Self { exit: Exit::Script, message, spot: None, causes, hints: Vec::new() };
        if let Some(mistake) = error.downcast_ref::<Mistake>() {
            return Self { exit: mistake.exit, hints: mistake.hints.clone(), ..plain };
        }
        if let Some(failed) = error.downcast_ref::<Failed>() {
            return Self { spot: failed.spot(), ..plain.failed(&failed.failure) };
        }
        if let Some(failure) = error.downcast_ref::<Failure>() {
            return plain.failed(failure);
        }
        if let Some(sandbox::Error::InUse { .. }) = error.downcast_ref() {
            let hint = "`--url` reaches a sandbox that is served; else try again later";
            return Self { exit: Exit::TryAgain, hints: vec![hint.to_owned()], ..plain };
        }
        match error.downcast::<client::Error>() {
            Ok(error) => plain.failed(&Failure::from(ScriptError::from(error))),
            Err(_) => plain,
        }
    }

    fn failed(self, failure: &Failure) -> Self {
        let mut hints = failure.hints.clone();
        if hints.is_empty() {
            hints.extend(usual_hint(failure.kind).map(str::to_owned));
        }
        Self { exit: exit_of(failure.kind), hints, ..self }
    }

    pub(crate) fn render(&self, coloured: bool) -> String {
        let mut text = heading(&self.message, self.spot.as_ref(), coloured);
        for cause in &self.causes {
            let _ = write!(text, "\nbecause: {cause}");
        }
        for hint in &self.hints {
            let _ = write!(text, "\nhint: {hint}");
        }
        text
    }
}

/// How a run ends that failed like this.
pub(crate) fn exit_of(kind: ErrorKind) -> Exit {
    match kind {
        ErrorKind::Script
        | ErrorKind::Syntax
        | ErrorKind::Refused
        | ErrorKind::Invalid
        | ErrorKind::File => Exit::Script,
        ErrorKind::Usage => Exit::Usage,
        ErrorKind::NotFound => Exit::NotFound,
        ErrorKind::Unauthorized => Exit::Denied,
        ErrorKind::Conflict => Exit::Conflict,
        ErrorKind::Unreachable => Exit::Unreachable,
        ErrorKind::Timeout => Exit::Timeout,
        ErrorKind::Limit | ErrorKind::Denied => Exit::Limit,
        ErrorKind::Cancelled => Exit::Interrupted,
        ErrorKind::Partial => Exit::Partly,
    }
}

/// What to do next, where the failure itself does not say.
fn usual_hint(kind: ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::Unauthorized => Some(
            "`rhobis whoami` tells who it is; `rhobis login`, or `OPENBIS_USERNAME` with \
             `OPENBIS_PASSWORD`, makes it somebody else",
        ),
        ErrorKind::Invalid => {
            Some("this was not sent: in openBIS nothing of it has changed")
        }
        ErrorKind::Unreachable => Some(
            "is the address right, and is openBIS running? `--sandbox` needs neither",
        ),
        ErrorKind::Timeout
        | ErrorKind::Script
        | ErrorKind::Syntax
        | ErrorKind::Usage
        | ErrorKind::NotFound
        | ErrorKind::Refused
        | ErrorKind::Conflict
        | ErrorKind::Limit
        | ErrorKind::Denied
        | ErrorKind::Cancelled
        | ErrorKind::Partial
        | ErrorKind::File => None,
    }
}

/// Whether the reader of our output went away, which is his good right.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
