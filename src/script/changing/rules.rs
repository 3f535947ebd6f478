use super::{Needs, Reach};

/// What a run may change, told by whoever runs it.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    pub needs: Needs,
    /// Instead of what the header says.
    pub max_changes: Option<u64>,
    pub max_delete: Option<u64>,
    /// Who says that nothing may be changed.
    pub read_only: Option<String>,
    /// Which openBIS people work with, if this is it.
    pub production: Option<String>,
    /// What it may reach beside openBIS, whatever its header says.
    pub reach: Reach,
    /// Whether the scheduler runs it, which permits what its header asks for.
    pub scheduled: bool,
    /// Whether a person has typed what is run, and so has been asked already where there
    /// is nobody to be asked.
    pub typed: bool,
    /// Whether to find out what the header should say, and not to heed it.
    pub learning: bool,
}

/// So many changes are made without a question where nothing else is said.
pub(super) const FEW: u64 = 100;

impl Rules {
    /// The most changes of the run, where somebody has said it.
    pub(super) fn most(&self) -> Option<u64> {
        self.max_changes.or(self.needs.max_changes)
    }

    pub(super) fn most_deleted(&self) -> Option<u64> {
        self.max_delete.or(self.needs.max_delete)
    }
}
