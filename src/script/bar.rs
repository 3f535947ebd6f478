use std::sync::Arc;

use super::Progress;

/// A bar on the terminal, as scripts hold it.
#[derive(Clone)]
pub struct Bar(Arc<dyn Progress>);

impl Bar {
    pub(super) fn new(progress: Box<dyn Progress>) -> Self {
        Self(progress.into())
    }

    pub(super) fn advance(&self, steps: u64) {
        self.0.advance(steps);
    }

    pub(super) fn message(&self, text: &str) {
        self.0.message(text);
    }

    pub(super) fn finish(&self) {
        self.0.finish();
    }
}
