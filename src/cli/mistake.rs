use super::exit::Exit;
use crate::script::{Failure, nearest};

/// Something in what the user typed or configured that cannot be done.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Mistake {
    pub(crate) exit: Exit,
    pub(crate) message: String,
    pub(crate) hints: Vec<String>,
}

impl Mistake {
    /// It cannot be meant like this.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, message: message.into(), hints: Vec::new() }
    }

    /// There is no such thing.
    pub(crate) fn missing(message: impl Into<String>) -> Self {
        Self { exit: Exit::NotFound, ..Self::new(message) }
    }

    /// One is not let in like this.
    pub(crate) fn denied(message: impl Into<String>) -> Self {
        Self { exit: Exit::Denied, ..Self::new(message) }
    }

    /// It is not as it was when this was planned.
    pub(crate) fn conflict(message: impl Into<String>) -> Self {
        Self { exit: Exit::Conflict, ..Self::new(message) }
    }

    /// A guard of ours does not let it pass.
    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self { exit: Exit::Limit, ..Self::new(message) }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds the known names that are near to the unknown one.
    pub(crate) fn nearest<S: AsRef<str>>(self, name: &str, known: &[S]) -> Self {
        match nearest::hint(name, known) {
            Some(hint) => self.hint(hint),
            None => self,
        }
    }
}

/// A recipe was called wrongly.
impl From<Failure> for Mistake {
    fn from(failure: Failure) -> Self {
        failure.hints.into_iter().fold(Self::new(failure.message), Self::hint)
    }
}
