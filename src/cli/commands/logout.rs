use crate::cli::exit::Exit;
use crate::cli::vault::Sort;
use crate::cli::world::World;
use crate::client::{Credentials, Keeper};
use crate::script::{Console, Level};

/// End the session that `login` began, here and on the server
pub(crate) fn go(world: &World) -> anyhow::Result<Exit> {
    let server = world.server()?;
    let (vault, terminal) = (&world.sessions.vault, &world.terminal);
    // What cannot be read is forgotten as well.
    let session = vault.read(&server.slot(Sort::Session)).unwrap_or_default();
    vault.forget(&server.slot(Sort::Session))?;
    if vault.forget(&server.slot(Sort::AccessToken))? {
        terminal.info(
            "the access token is forgotten here; on the server it holds until it ends \
             or `rhobis token revoke` ends it",
        );
    }
    world.sessions.cupboard(&server).forget();
    let Some(session) = session else {
        terminal.info(&format!("there is no session at {}", server.url));
        return Ok(Exit::Done);
    };
    let ended = world.sessions.at(&server, Credentials::Token(session.secret))?.logout();
    if ended.as_ref().is_err_and(|error| !error.is_session_lost()) {
        let text = "the session is forgotten here; on the server it ends by itself";
        terminal.say(Level::Warning, text);
        ended?;
    }
    terminal.info(&format!("logged out at {}", server.url));
    Ok(Exit::Done)
}
