//! One file per command: its arguments and what it does.
pub(in crate::cli) mod check;
pub(in crate::cli) mod completions;
pub(in crate::cli) mod config;
pub(in crate::cli) mod doc;
pub(in crate::cli) mod eval;
pub(in crate::cli) mod login;
pub(in crate::cli) mod logout;
pub(in crate::cli) mod man;
pub(in crate::cli) mod profile;
pub(in crate::cli) mod recipe;
pub(in crate::cli) mod resume;
pub(in crate::cli) mod run;
pub(in crate::cli) mod runs;
pub(in crate::cli) mod sandbox;
pub(in crate::cli) mod schedule;
pub(in crate::cli) mod undo;
pub(in crate::cli) mod whoami;
