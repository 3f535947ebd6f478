//! A certificate is confirmed before a password is asked for.
use super::world::{Server, World};
use crate::client::Credentials;

/// Meets the server once, so that its certificate is shown where nobody vouches for it.
pub(crate) fn certificate(server: &Server, world: &World) -> anyhow::Result<()> {
    if world.terminal.may_ask() && server.url.starts_with("https://") {
        let session = world.sessions.at(server, Credentials::None)?;
        // What fails here fails again, and is told then.
        let _ = session.is_session_active(Some("none"));
    }
    Ok(())
}
