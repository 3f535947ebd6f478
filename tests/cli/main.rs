//! What people see: each test is a command line and what comes of it.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
mod bad_input;
mod listening;
mod readme;
mod recipes;
mod rhobis;
mod schedule;
mod scripts;
mod sessions;
mod tired;
