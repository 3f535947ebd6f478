use crate::cli::exit::Exit;
use crate::cli::mistake::Mistake;
use crate::cli::vault::{Kept, Sort};
use crate::cli::world::{Server, World, hidden, password_told, password_typed};
use crate::cli::{confirming, world};
use crate::client::{Client, Credentials, Secret};

/// Log in, and remember the session for the commands to come
///
/// The password comes from `OPENBIS_PASSWORD`, from where the profile says, or is asked
/// for. It is never an argument: others would see it.
#[derive(clap::Args, Debug)]
pub(crate) struct Login {
    /// The user id
    #[arg(long)]
    user: Option<String>,

    /// Become this user, which an administrator may
    #[arg(long = "as", value_name = "USER", conflicts_with_all = ["token", "anonymous"])]
    other: Option<String>,

    /// Take over a session token (single sign-on) or an access token: from a pipe, or asked
    /// for
    #[arg(long, conflicts_with_all = ["user", "anonymous"])]
    token: bool,

    /// Come without a name, where the server lets one
    #[arg(long, conflicts_with = "user")]
    anonymous: bool,
}

impl Login {
    pub(crate) fn go(self, world: &World) -> anyhow::Result<Exit> {
        let server = world.server()?;
        confirming::certificate(&server, world)?;
        let credentials = self.credentials(&server, world)?;
        let session = world.sessions.at(&server, Credentials::None)?;
        let token = Secret::from(session.login(credentials)?);
        let user = who(&session, &server)?;
        let slot = server.slot(Sort::Session);
        if let Err(error) = world.sessions.vault.write(&slot, &Kept::session(&token)) {
            // Nobody could use it or end it. What was given is left to whoever gave it.
            if !self.token {
                let _ = session.logout();
            }
            return Err(error.context("the session could not be kept, and was not begun"));
        }
        // The prompt completes from them; nothing else depends on it.
        session.words();
        world.terminal.info(&format!("logged in at {} as {user}", session.url()));
        Ok(Exit::Done)
    }

    fn credentials(&self, server: &Server, world: &World) -> anyhow::Result<Credentials> {
        if self.token {
            return Ok(Credentials::Token(token(world)?));
        }
        let is_anonymous = server.settings.flag("anonymous") && self.user.is_none();
        if self.anonymous || is_anonymous {
            return Ok(Credentials::Anonymous);
        }
        let known = self.user.as_deref().or(server.settings.text("user"));
        let user = known.map(str::to_owned).map_or_else(|| ask_user(world), Ok)?;
        let password = match &server.password {
            Some(password) => password.clone(),
            None => match password_told(server, &world.sessions.vault)? {
                Some(password) => password,
                None => password_typed(&user, &server.url, &world.terminal)?,
            },
        };
        Ok(match self.other.clone() {
            Some(other) => Credentials::As { user, password, other },
            None => Credentials::Password { user, password },
        })
    }
}

/// Whose session it is; a token that nobody knows is told.
fn who(session: &Client, server: &Server) -> anyhow::Result<String> {
    match session.session_information() {
        Ok(known) => Ok(known.user),
        Err(error) if error.is_session_lost() => {
            let url = &server.url;
            Err(Mistake::denied(format!("openBIS at {url} does not know this token"))
                .hint("it may have ended: log in there anew, and copy the new one")
                .into())
        }
        Err(error) => Err(error.into()),
    }
}

/// The token from the pipe, or typed unseen.
fn token(world: &World) -> anyhow::Result<Secret> {
    if world.terminal.may_ask() {
        return hidden("token: ");
    }
    let token = world::piped_secret()?;
    if token.reveal().is_empty() {
        return Err(Mistake::new("no token came through the pipe").into());
    }
    Ok(token)
}

fn ask_user(world: &World) -> anyhow::Result<String> {
    let Some(user) = world.terminal.ask("user: ") else {
        return Err(Mistake::new("the user is not known, and there is nobody to ask")
            .hint("`OPENBIS_USERNAME` in the environment can tell, or `--user`")
            .into());
    };
    Ok(user)
}
