//! An embedded scripting host for openBIS.
//!
//! ```text
//! model ← wire ← client ← script ← schedule, repl ← cli ← main
//!              ← sandbox ←———————————————————————— cli
//! model ← ledger ← script, schedule, cli
//! ```
//! A module uses what stands left of it on its arrows, never what stands right.
pub mod model;

pub mod cli;
pub mod client;
pub mod ledger;
pub mod repl;
pub mod sandbox;
pub mod schedule;
pub mod script;
pub mod wire;
