//! A small openBIS: in the process, or served over HTTP.
mod store;
