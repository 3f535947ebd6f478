//! What a script sees: the engine with openBIS in it.
#![expect(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "`#[export_module]` expands to code that does both"
)]
mod access_tokens;
mod asking;
mod assigning;
mod attaching;
mod attributes;
mod bar;
mod calling;
mod changing;
mod collecting;
mod columns;
mod condition;
mod crates;
mod eln;
mod engine;
mod ensuring;
mod entity;
mod error;
mod examples;
mod exports;
mod failure;
mod fetches;
mod files;
mod functions;
mod handling;
mod holding;
mod host;
mod imports;
mod linking;
mod lists;
pub mod lookup;
mod making;
pub mod manual;
mod modules;
pub mod nearest;
mod ordering;
mod owned_files;
mod past;
mod placing;
mod positional;
mod properties;
mod raw;
pub mod recipe;
pub mod reference;
mod relations;
pub mod report;
mod reporting;
mod results;
mod roles;
mod saved_tokens;
mod saving;
mod search;
mod services;
mod session;
mod sheet;
mod sieve;
mod terms;
#[cfg(test)]
mod tests;
mod time;
mod tracing;
mod type_sheet;
mod typed;
mod unmodified;
mod value;

pub use attributes::names as attribute_names;
pub use changing::{
    Desk, Needs, Plan, Reach, Rules, Step, Transaction, authority, carry_out, look_at,
    without_secrets,
};
pub use engine::{check, engine, run, scope};
pub use entity::Entity;
pub use error::{ErrorKind, ScriptError};
pub use failure::{Call, Failure};
pub use host::{
    Clock, Connect, ConnectOptions, Console, Host, Level, Progress, TokenFiles, Variables,
};
pub use imports::{BuiltIn, Imports};
pub use properties::type_of;
pub use results::Results;
pub use saved_tokens::SavedToken;
pub use session::Session;
pub use time::{Day, Moment};
