use anyhow::Context;

use crate::cli::exit::Exit;
use crate::cli::mistake::Mistake;
use crate::cli::world::{Server, World, password_from};
use crate::client::{Credentials, Secret};

/// Log in, and remember the session for the commands to come
///
/// The password comes from `OPENBIS_PASSWORD`, from the profile's `password_command`, or
/// is asked for.
#[derive(clap::Args, Debug)]
pub(crate) struct Login {
    /// The user id
    #[arg(long)]
    user: Option<String>,
}

impl Login {
    pub(crate) fn go(self, world: &World) -> anyhow::Result<Exit> {
        let mut server = world.server()?;
        let user =
            self.user.or(server.user.take()).map_or_else(|| ask_user(world), Ok)?;
        let password = password(&server, &user, world)?;
        let session = world.sessions.at(&server, Credentials::None)?;
        let user_id = user.clone();
        let token = session.login(Credentials::Password { user, password })?;
        world.sessions.tokens.write(&server.name, &Secret::from(token))?;
        world.terminal.info(&format!("logged in at {} as {user_id}", session.url()));
        Ok(Exit::Done)
    }
}

fn password(server: &Server, user: &str, world: &World) -> anyhow::Result<Secret> {
    if let Some(password) = &server.password {
        return Ok(password.clone());
    }
    if let Some(command) = &server.password_command {
        return password_from(command);
    }
    if !world.terminal.may_ask() {
        return Err(cannot_ask("the password", "OPENBIS_PASSWORD").into());
    }
    let password =
        rpassword::prompt_password(format!("password of {user} at {}: ", server.url))
            .context("the password could not be read")?;
    Ok(Secret::from(password))
}

fn ask_user(world: &World) -> anyhow::Result<String> {
    let Some(user) = world.terminal.ask("user: ") else {
        return Err(cannot_ask("the user", "OPENBIS_USERNAME").into());
    };
    Ok(user)
}

fn cannot_ask(what: &str, variable: &str) -> Mistake {
    Mistake::new(format!("{what} is not known, and there is nobody to ask"))
        .hint(format!("`{variable}` in the environment can tell"))
}
