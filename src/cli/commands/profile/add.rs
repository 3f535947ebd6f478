use super::options::{Options, SHOWN};
use super::{pybis, steps};
use crate::cli::confirming;
use crate::cli::mistake::Mistake;
use crate::cli::settings::{Config, Editor, Setting};
use crate::cli::vault::{Kept, Slot, Sort};
use crate::cli::world::{Known, Server, World, hidden};
use crate::client::certificate_at;

/// Add a profile, or change what one says; on a terminal it is asked for step by step
#[derive(clap::Args, Debug)]
pub(crate) struct Add {
    /// Its name
    name: Option<String>,

    /// Make it the one that is meant where none is named
    #[arg(long = "use")]
    prefer: bool,

    /// Take over the token that pyBIS keeps in `~/.pybis`
    #[arg(long)]
    from_pybis: bool,

    /// Take a setting away
    #[arg(long, value_name = "SETTING")]
    unset: Vec<String>,

    #[command(flatten)]
    options: Options,
}

impl Add {
    pub(super) fn go(self, world: &World) -> anyhow::Result<()> {
        let name = self.name(world)?;
        let is_new = world.config.profile(&name).is_err();
        let mut given = world.global.settings();
        given.extend(self.options.given.iter().map(|(s, text)| (*s, text.clone())));
        if is_new && !given.iter().any(|(setting, _)| setting.key == "url") {
            steps::ask(&mut given, world)?;
        }
        let mut editor = Editor::open(&world.folders.config_file())?;
        for (setting, text) in given.iter().filter(|(_, text)| text != SHOWN) {
            editor.set(&name, setting, text);
        }
        for key in &self.unset {
            editor.unset(&name, named(key)?);
        }
        if self.prefer || world.config.profiles().next().is_none() {
            editor.prefer(&name);
        }
        let server = server(&name, &editor, world)?;
        let pin =
            given.iter().any(|(setting, text)| setting.key == "pin" && text == SHOWN);
        let server = if pin { pinned(server, &mut editor, world)? } else { server };
        editor.save()?;
        self.keep_secrets(&server, &given, world)?;
        if !pin {
            confirming::certificate(&server, world)?;
        }
        world.terminal.info(&format!(
            "profile `{name}` leads to {}; `rhobis --profile {name} login` begins",
            server.url
        ));
        Ok(())
    }

    fn name(&self, world: &World) -> anyhow::Result<String> {
        let name =
            self.name.clone().or_else(|| world.terminal.ask("name of the profile: "));
        let Some(name) = name else {
            return Err(Mistake::new("the profile needs a name").into());
        };
        if name.chars().any(|c| !c.is_alphanumeric() && !"-_.".contains(c)) {
            return Err(Mistake::new(format!(
                "`{name}` cannot be the name of a profile"
            ))
            .hint("letters, digits, `-`, `_` and `.` can")
            .into());
        }
        Ok(name)
    }

    /// What does not stand in the configuration.
    fn keep_secrets(
        &self,
        server: &Server,
        given: &[(&'static Setting, String)],
        world: &World,
    ) -> anyhow::Result<()> {
        let vault = &world.sessions.vault;
        if self.from_pybis {
            let token = pybis::token(&server.url, world)?;
            vault.write(&server.slot(Sort::Session), &Kept::session(&token))?;
        }
        let is_new = |(setting, text): &(&Setting, String)| {
            setting.key == "keyring" && text == "true"
        };
        if given.iter().any(is_new) {
            let password = match world.terminal.may_ask() {
                true => hidden("password for the keyring: ")?,
                false => crate::cli::world::piped_secret()?,
            };
            let slot = Slot { sort: Sort::Password, ..server.slot(Sort::Session) };
            vault.write(&slot, &Kept::session(&password))?;
        }
        Ok(())
    }
}

fn named(key: &str) -> Result<&'static Setting, Mistake> {
    let known: Vec<&str> = crate::cli::settings::SETTINGS.iter().map(|s| s.key).collect();
    Setting::named(&key.replace('-', "_"))
        .ok_or_else(|| Mistake::new(format!("no setting `{key}`")).nearest(key, &known))
}

/// The server of the profile as it will be.
fn server(name: &str, editor: &Editor, world: &World) -> Result<Server, Mistake> {
    let config = Config::parse(&editor.text(), "config.toml")?;
    let server = Known { config: &config, ..world.known() }.of(name)?;
    if server.url.is_empty() {
        return Err(Mistake::new(format!("profile `{name}` needs a `url`")));
    }
    Ok(server)
}

/// Trusts the certificate that is shown now, once somebody has agreed who can be asked.
fn pinned(
    mut server: Server,
    editor: &mut Editor,
    world: &World,
) -> anyhow::Result<Server> {
    let route = server.route(false)?;
    let Some(found) = certificate_at(&server.url, &route, server.timeouts())? else {
        return Err(Mistake::new(format!("{} shows no certificate", server.url)).into());
    };
    let why = "it is to be pinned";
    let terminal = &world.terminal;
    if terminal.may_ask() && !terminal.confirm_certificate(&server.url, found, why) {
        return Err(Mistake::denied("the certificate was not confirmed").into());
    }
    world.terminal.info(&format!("pinned: {found}"));
    let pin = named("pin")?;
    let profile = server.profile.clone().unwrap_or_default();
    editor.set(&profile, pin, &found.to_string());
    server.settings.put(pin, &found.to_string(), &profile);
    Ok(server)
}
