//! The client and the sandbox, text between them: in the process and over HTTP.
mod changes;
mod lab;
mod reading;
mod sessions;
