//! One file per command: its arguments and what it does.
pub(super) mod completions;
pub(super) mod man;
