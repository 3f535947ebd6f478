//! What scripts and commands need from the machine they run on.
pub(crate) mod config;
pub(crate) mod environment;
pub(crate) mod folders;
pub(crate) mod interrupt;
pub(crate) mod place;
pub(crate) mod tokens;
