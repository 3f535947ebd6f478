//! A place where the files of a linked data set are, as it is kept.

/// A system outside openBIS, and where within it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ContentCopy {
    /// The code of the system.
    pub(crate) dms: String,
    pub(crate) external_code: Option<String>,
    pub(crate) path: Option<String>,
    pub(crate) commit: Option<String>,
    pub(crate) repository: Option<String>,
}

/// Between the parts: no text of a data base holds it.
const BETWEEN: char = '\0';

impl ContentCopy {
    pub(crate) fn read(kept: &str) -> Self {
        let mut parts = kept.split(BETWEEN).map(str::to_owned);
        let dms = parts.next().unwrap_or_default();
        let mut next = || parts.next().filter(|text| !text.is_empty());
        let (external_code, path) = (next(), next());
        Self { dms, external_code, path, commit: next(), repository: next() }
    }

    pub(crate) fn written(&self) -> String {
        let others = [&self.external_code, &self.path, &self.commit, &self.repository];
        let others = others.map(|text| text.as_deref().unwrap_or_default());
        let parts = std::iter::once(self.dms.as_str()).chain(others);
        parts.collect::<Vec<_>>().join(&BETWEEN.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_read_as_it_was_written() {
        let git = ContentCopy {
            dms: "GIT".to_owned(),
            path: Some("/data".to_owned()),
            repository: Some("r".to_owned()),
            ..ContentCopy::default()
        };
        assert_eq!(ContentCopy::read(&git.written()), git);
    }
}
