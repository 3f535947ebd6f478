//! What people see: each test is a command line and what comes of it.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
mod access_tokens;
mod bad_input;
mod calls;
mod canary;
mod certificates;
mod changes;
mod faults;
mod journal;
mod listening;
mod methods;
mod mistakes;
mod newer;
mod patience;
mod plans;
mod profiles;
mod readme;
mod recipes;
mod rhobis;
mod rights;
mod saved_tokens;
mod schedule;
mod scripts;
mod secrets;
mod sessions;
mod tired;
mod undo;
