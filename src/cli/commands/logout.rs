use crate::cli::exit::Exit;
use crate::cli::vault::Sort;
use crate::cli::world::World;
use crate::client::{Credentials, Keeper};

/// End the session that `login` began, here and on the server
pub(crate) fn go(world: &World) -> anyhow::Result<Exit> {
    let server = world.server()?;
    let (vault, terminal) = (&world.sessions.vault, &world.terminal);
    let session = vault.read(&server.slot(Sort::Session))?;
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
    world.sessions.at(&server, Credentials::Token(session.secret))?.logout()?;
    terminal.info(&format!("logged out at {}", server.url));
    Ok(Exit::Done)
}
