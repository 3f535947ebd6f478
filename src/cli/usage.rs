use crate::cli::nearest::nearest;

/// Something in what the user typed or configured that cannot be meant.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Usage {
    pub(crate) message: String,
    pub(crate) hints: Vec<String>,
}

impl Usage {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hints: Vec::new() }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds the known names that are near to the unknown one.
    pub(crate) fn nearest<'a>(
        self,
        name: &str,
        known: impl Iterator<Item = &'a str>,
    ) -> Self {
        match nearest(name, known) {
            Some(near) => self.hint(format!("did you mean {near}?")),
            None => self,
        }
    }
}
