//! How to get to a server.
use std::path::PathBuf;

use super::{Proxy, Trust};

/// Whom to trust, as whom to come, and through what.
#[derive(Clone, Debug, Default)]
pub struct Route {
    pub trust: Trust,
    pub identity: Option<Identity>,
    pub proxy: Proxy,
}

/// A certificate that says who we are, where a server asks for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// A PEM file with the certificate, and those that lead to its authority.
    pub certificate: PathBuf,
    /// A PEM file with its private key; may be the same.
    pub key: PathBuf,
}
