//! A certificate that nobody vouches for, shown and confirmed at first use.
use super::settings::{Editor, Setting};
use super::world::{Server, World};
use crate::client::{Credentials, Distrust, Error, Fingerprint};
use crate::script::Console;

/// Asks whether the certificate of the server is to be trusted, where the system does not
/// trust it, a profile can remember it, and somebody is there.
pub(crate) fn certificate(server: &mut Server, world: &World) -> anyhow::Result<()> {
    let Some(profile) = server.profile.clone() else { return Ok(()) };
    if !world.terminal.may_ask() || !server.url.starts_with("https://") {
        return Ok(());
    }
    let session = world.sessions.at(server, Credentials::None)?;
    let Err(Error::Untrusted { source, .. }) = session.is_session_active(Some("none"))
    else {
        return Ok(());
    };
    let Distrust::Unknown { fingerprint, why } = source else { return Ok(()) };
    if !confirmed(&server.url, fingerprint, &why, world) {
        return Ok(());
    }
    let mut editor = Editor::open(&world.folders.config_file())?;
    let pin = fingerprint.to_string();
    if let Some(setting) = Setting::named("pin") {
        editor.set(&profile, setting, &pin);
        server.settings.put(setting, &pin, &profile);
    }
    editor.save()
}

/// What somebody says who was shown the certificate.
pub(crate) fn confirmed(
    url: &str,
    fingerprint: Fingerprint,
    why: &str,
    world: &World,
) -> bool {
    world.terminal.talk(&format!(
        "The certificate of {url} is not to be trusted: {why}.\n\
         Its SHA-256 is\n\n    {fingerprint}\n\n\
         Ask those who run the server whether that is theirs."
    ));
    world.terminal.confirm("Is it, and is it the only one to be trusted from now on?")
}
