//! Which openBIS is meant, and as whom: flag before environment before profile.
use std::path::PathBuf;

use super::config::{Config, Profile};
use super::environment::Environment;
use crate::cli::global::Global;
use crate::cli::mistake::Mistake;
use crate::client::Secret;

/// Where the session of a run leads.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    /// An openBIS in the process; kept in the folder, if there is one.
    Sandbox(Option<PathBuf>),
    Server(Server),
    /// None is named: no harm to scripts that need none.
    Nowhere,
}

/// An openBIS somewhere, and who we are there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Server {
    /// Profile or address: the name of its token file.
    pub(crate) name: String,
    pub(crate) url: String,
    pub(crate) user: Option<String>,
    pub(crate) password: Option<Secret>,
    pub(crate) password_command: Option<String>,
    pub(crate) token: Option<Secret>,
}

impl Server {
    /// One that only its address is known of.
    pub(crate) fn at(url: &str) -> Self {
        let url = with_scheme(url);
        Self { name: url.clone(), url, ..Self::default() }
    }

    pub(crate) fn of(name: &str, profile: &Profile) -> Self {
        Self {
            name: name.to_owned(),
            url: with_scheme(&profile.url),
            user: profile.user.clone(),
            password_command: profile.password_command.clone(),
            ..Self::default()
        }
    }

    /// What the environment says about us goes before what the profile says.
    fn known_by(mut self, environment: &Environment) -> Self {
        self.user = environment.user.clone().or(self.user);
        self.password.clone_from(&environment.password);
        self.token.clone_from(&environment.token);
        self
    }
}

impl Place {
    pub(crate) fn choose(
        global: &Global,
        environment: &Environment,
        config: &Config,
    ) -> Result<Self, Mistake> {
        if let Some(folder) = &global.sandbox {
            let folder = (!folder.is_empty()).then(|| PathBuf::from(folder));
            return Ok(Self::Sandbox(folder));
        }
        Ok(match server(global, environment, config)? {
            Some(server) => Self::Server(server.known_by(environment)),
            None => Self::Nowhere,
        })
    }
}

fn server(
    global: &Global,
    environment: &Environment,
    config: &Config,
) -> Result<Option<Server>, Mistake> {
    let profile = global.profile.as_deref();
    if let Some(url) = &global.url {
        let known = profile.map(|name| config.profile(name)).transpose()?;
        let known = known.map(|profile| Server::of("", profile)).unwrap_or_default();
        let at = Server::at(url);
        return Ok(Some(Server { name: at.name, url: at.url, ..known }));
    }
    if let Some(name) = profile {
        return Ok(Some(Server::of(name, config.profile(name)?)));
    }
    if let Some(url) = &environment.url {
        return Ok(Some(Server::at(url)));
    }
    let name = environment.profile.as_deref().or(config.default_profile());
    name.map(|name| Ok(Server::of(name, config.profile(name)?))).transpose()
}

/// `openbis.example.org` is `https://openbis.example.org`.
fn with_scheme(url: &str) -> String {
    let url = url.trim_end_matches('/');
    if url.contains("://") { url.to_owned() } else { format!("https://{url}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        let text = "default_profile = 'lab'\n\
            [profiles.lab]\nurl = 'lab.example.org'\nuser = 'ada'\n\
            [profiles.test]\nurl = 'https://test.example.org/'";
        toml::from_str(text).unwrap()
    }

    fn chosen(global: &Global, environment: &Environment) -> Server {
        match Place::choose(global, environment, &config()).unwrap() {
            Place::Server(server) => server,
            Place::Sandbox(_) | Place::Nowhere => panic!("a server is meant"),
        }
    }

    #[test]
    fn a_flag_goes_before_the_environment_and_that_before_the_profile() {
        let by_env = Environment {
            url: Some("https://env.example.org".to_owned()),
            user: Some("eve".to_owned()),
            ..Environment::default()
        };
        let flag = Global { profile: Some("test".to_owned()), ..Global::default() };
        let nothing = Global::default();
        assert_eq!(chosen(&flag, &by_env).url, "https://test.example.org");
        assert_eq!(chosen(&nothing, &by_env).url, "https://env.example.org");
        let lab = chosen(&nothing, &Environment::default());
        assert_eq!(
            (lab.url.as_str(), lab.user.as_deref()),
            ("https://lab.example.org", Some("ada"))
        );
        assert_eq!(chosen(&flag, &by_env).user.as_deref(), Some("eve"));
    }

    #[test]
    fn without_any_name_it_leads_nowhere() {
        let (global, environment) = (Global::default(), Environment::default());
        let place = Place::choose(&global, &environment, &Config::default());
        assert!(matches!(place, Ok(Place::Nowhere)));
    }
}
