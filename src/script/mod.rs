//! What a script sees: the engine with openBIS in it.
#![expect(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "`#[export_module]` expands to code that does both"
)]
mod engine;
mod error;
mod failure;
mod host;
mod modules;
pub mod recipe;
pub mod report;

pub use engine::{check, engine, run, scope};
pub use error::{ErrorKind, ScriptError};
pub use failure::{Call, Failure};
pub use host::{Clock, Connect, ConnectOptions, Console, Host, Level, Progress};
