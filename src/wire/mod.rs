//! The JSON that openBIS speaks, both ways. `serde_json::Value` is not allowed anywhere else.
pub mod bean;
mod fault;
pub mod names;

pub use fault::{Fault, Refusal};
