use super::{Client, Error, Execution, Pace};
use crate::model::{Change, Outcome};

impl Client {
    /// Carries out changes, as many in one transaction as take about five seconds; their
    /// order is kept. Changes that refer to each other belong in one [`Client::execute`].
    ///
    /// # Errors
    /// Of the first transaction that fails: it did nothing, those before it are done.
    #[expect(clippy::needless_pass_by_value, reason = "a change is made once")]
    pub fn apply(&self, changes: Vec<Change>) -> Result<Vec<Outcome>, Error> {
        let mut outcomes = Vec::with_capacity(changes.len());
        let mut pace = Pace::default();
        while outcomes.len() < changes.len() {
            let rest = &changes[outcomes.len()..];
            let batch = &rest[..rest.len().min(pace.size())];
            let (begin, before) = (self.now(), outcomes.len());
            let done = self.execute(batch, &Execution::new("rhobis"));
            outcomes.extend(done.map_err(|error| error.behind(before))?);
            pace.took(batch.len(), self.now().saturating_sub(begin));
        }
        Ok(outcomes)
    }
}

impl Error {
    /// The same, where so many changes were made before.
    fn behind(self, before: usize) -> Self {
        match self {
            Self::RolledBack { fault, item } => {
                Self::RolledBack { fault, item: item.map(|item| item + before) }
            }
            other => other,
        }
    }
}
