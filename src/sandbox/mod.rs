//! A small openBIS: in the process, or served over HTTP.
//!
//! A call comes to `Sandbox::answer` as text, is read into beans, dispatched by its
//! method's name to a verb and a kind, carried out by `rules` on the `store` within one
//! `work::Work`, and answered as beans.
mod answer;
mod clock;
mod content_copy;
mod dispatch;
mod error;
mod executions;
mod fault;
pub mod faults;
mod formats;
mod history;
pub mod http;
mod ids;
mod implied;
mod interned;
mod later;
mod login;
mod meaning;
mod plain;
mod random;
mod rights;
mod rpc;
mod rules;
#[expect(clippy::module_inception, reason = "the folder is named for what it holds")]
mod sandbox;
mod search;
mod seed;
mod session;
mod settings;
mod single;
mod spoiling;
mod store;
mod strict;
#[cfg(test)]
mod tests;
mod tokens;
mod values;
mod verbs;
mod work;

pub use clock::{Clock, StoppedClock};
pub use error::Error;
pub(crate) use interned::interned;
use plain::FILES;
pub use plain::{Visit, Visited};
pub use rpc::Answer;
pub use sandbox::Sandbox;
pub use settings::{Seed, Settings};
