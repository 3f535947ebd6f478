//! The client and the sandbox, text between them: in the process and over HTTP.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod changes;
mod lab;
mod reading;
mod sessions;
