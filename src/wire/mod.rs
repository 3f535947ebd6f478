//! The JSON that openBIS speaks, both ways. `serde_json::Value` is not allowed anywhere else.
#![expect(clippy::disallowed_types, reason = "the home of JSON")]

pub mod bean;
mod call;
pub mod crates;
mod error;
mod fault;
pub mod files;
#[cfg(test)]
mod laws;
mod method;
pub mod names;
mod redact;
mod reply;

pub use call::{Call, Execution, is_searchable};
pub use error::Error;
pub use fault::{Fault, Refusal};
pub use method::{
    Asked, Effect, Misfit, method_names, read_answer, without_secrets, write_answer,
};
pub use redact::exchange_line;
pub use reply::{Found, Operated, Remembered, Reply, Untyped};
