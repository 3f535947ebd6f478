use crate::cli::exit::Exit;
use crate::cli::world::World;
use crate::client::Credentials;

/// End the session that `login` began, here and on the server
pub(crate) fn go(world: &World) -> anyhow::Result<Exit> {
    let server = world.server()?;
    let Some(token) = world.sessions.tokens.read(&server.name) else {
        world.terminal.info(&format!("there is no session at {}", server.url));
        return Ok(Exit::Done);
    };
    world.sessions.tokens.forget(&server.name)?;
    world.sessions.at(&server, Credentials::Token(token))?.logout()?;
    world.terminal.info(&format!("logged out at {}", server.url));
    Ok(Exit::Done)
}
