/// What a method does to openBIS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It tells.
    Reads,
    /// It begins or ends a session.
    Session,
    /// It changes something, or may.
    Changes,
}

/// Beginnings of the names of methods that only tell.
const READS: &[&str] = &["search", "get", "is", "evaluate", "download"];

/// Others that only tell. SQL can only select.
const ALSO_READS: &[&str] = &[
    "createPermIdStrings",
    "createCodes",
    "createFastDownloadSession",
    "executeQuery",
    "executeSql",
    "executeSearchDomainService",
    "executeReportingService",
    "executeExport",
];

impl Effect {
    pub(super) fn of(method: &str) -> Self {
        if method.starts_with("login") || method == "logout" {
            return Self::Session;
        }
        let tells = READS.iter().any(|start| method.starts_with(start));
        if tells || ALSO_READS.contains(&method) { Self::Reads } else { Self::Changes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_creates_updates_or_deletes_changes_something() {
        for method in ["createSpaces", "updateSamples", "deleteTags", "executeOperations"]
        {
            assert_eq!(Effect::of(method), Effect::Changes, "{method}");
        }
        for method in ["searchSpaces", "isSessionActive", "createCodes", "getRights"] {
            assert_eq!(Effect::of(method), Effect::Reads, "{method}");
        }
        assert_eq!(Effect::of("loginAs"), Effect::Session);
    }
}
