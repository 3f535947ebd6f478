//! What can be set, where it may be said, and what is said.
mod config;
mod edit;
mod form;
mod profile;
mod resolve;
mod table;

pub(crate) use config::Config;
pub(crate) use edit::Editor;
pub(crate) use form::{Form, period};
pub(crate) use profile::Profile;
pub(crate) use resolve::{Found, Layers, Settings, Source};
pub(crate) use table::{SETTINGS, Setting};
