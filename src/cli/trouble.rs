//! What a person is told when something failed: what, where, what to do next.
use std::fmt::Write;

use super::exit::Exit;
use super::snippet::{Spot, heading};
use super::usage::Usage;

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
    pub(crate) fn of(error: &anyhow::Error) -> Self {
        let mut chain = error.chain().map(ToString::to_string);
        let message = chain.next().unwrap_or_default();
        let causes = chain.filter(|cause| !message.contains(cause.as_str())).collect();
        let plain =
            Self { exit: Exit::Script, message, spot: None, causes, hints: Vec::new() };
        if let Some(usage) = error.downcast_ref::<Usage>() {
            return Self { exit: Exit::Usage, hints: usage.hints.clone(), ..plain };
        }
        plain
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

/// Whether the reader of our output went away, which is his good right.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
