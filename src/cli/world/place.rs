//! Which openBIS is meant, and as whom: flag before environment before profile.
use std::path::{Path, PathBuf};

use super::environment::Environment;
use crate::cli::global::Global;
use crate::cli::mistake::Mistake;
use crate::cli::settings::{Config, Layers, Profile, Settings, Source};
use crate::client::{Secret, shown_address};
use crate::script::recipe::Recipe;

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
#[derive(Clone, Debug)]
pub(crate) struct Server {
    /// Profile or address: the name under which its tokens are kept.
    pub(crate) name: String,
    pub(crate) url: String,
    /// Which profile it is of.
    pub(crate) profile: Option<String>,
    pub(crate) settings: Settings,
    pub(crate) password: Option<Secret>,
    pub(crate) token: Option<Secret>,
}

/// What is known to all places.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    pub(crate) global: &'a Global,
    pub(crate) environment: &'a Environment,
    pub(crate) config: &'a Config,
    /// The folder of the configuration.
    pub(crate) folder: &'a Path,
}

impl<'a> Known<'a> {
    /// Which settings hold, and the profile that they are of.
    pub(crate) fn settings(
        self,
        recipe: Option<&Recipe>,
    ) -> Result<(Settings, Option<&'a str>), Mistake> {
        let name = self.profile_name();
        let profile = name.map(|name| self.config.profile(name)).transpose()?;
        let settings = Settings::of(Layers {
            flags: self.global,
            environment: self.environment,
            recipe,
            profile: name.zip(profile),
            is_profile_named: self.global.profile.is_some(),
            folder: self.folder,
        })?;
        Ok((settings, name))
    }

    /// The profile that is meant: an address goes before the one that is usually meant.
    fn profile_name(self) -> Option<&'a str> {
        let has_url = self.environment.has_url();
        let usual = || self.config.default_profile().filter(|_| !has_url);
        let or_usual = || self.environment.profile.as_deref().or_else(usual);
        let named = self.global.profile.as_deref();
        named.or_else(|| if self.global.url.is_none() { or_usual() } else { None })
    }

    /// The openBIS that is meant.
    pub(crate) fn place(self) -> Result<Place, Mistake> {
        if let Some(folder) = &self.global.sandbox {
            let folder = (!folder.is_empty()).then(|| PathBuf::from(folder));
            return Ok(Place::Sandbox(folder));
        }
        let (settings, profile) = self.settings(None)?;
        let Some(url) = settings.text("url").map(address).transpose()? else {
            return Ok(Place::Nowhere);
        };
        let of_profile =
            profile.filter(|_| settings.source("url").is_some_and(Source::is_profile));
        Ok(Place::Server(Server {
            name: of_profile.unwrap_or(&url).to_owned(),
            url,
            profile: profile.map(str::to_owned),
            settings,
            password: self.environment.password.clone(),
            token: self.environment.token.clone(),
        }))
    }

    /// The openBIS of a profile, whatever options and environment say.
    pub(crate) fn of(self, name: &str) -> Result<Server, Mistake> {
        let profile = self.config.profile(name)?;
        self.alone(name, Some((name, profile)))
    }

    /// The openBIS at an address, whatever options and environment say: as the profile
    /// that has this address says, if there is one.
    pub(crate) fn at(self, url: &str) -> Result<Server, Mistake> {
        let wanted = address(url)?;
        let is_there = |profile: &Profile| {
            profile.get("url").and_then(|url| address(url).ok()).as_ref() == Some(&wanted)
        };
        let mut profiles = self.config.profiles();
        if let Some((name, _)) = profiles.find(|(_, profile)| is_there(profile)) {
            return self.of(name);
        }
        let mut server = self.alone(&address(url)?, None)?;
        server.url.clone_from(&server.name);
        Ok(server)
    }

    fn alone(
        self,
        name: &str,
        profile: Option<(&str, &Profile)>,
    ) -> Result<Server, Mistake> {
        let flags = Global { url: None, ..self.global.clone() };
        let settings = Settings::of(Layers {
            flags: &flags,
            environment: &self.environment.without_place(),
            recipe: None,
            profile,
            is_profile_named: true,
            folder: self.folder,
        })?;
        let url = settings.text("url").map(address).transpose()?.unwrap_or_default();
        Ok(Server {
            name: name.to_owned(),
            url,
            profile: profile.map(|(name, _)| name.to_owned()),
            settings,
            password: None,
            token: None,
        })
    }
}

/// `openbis.example.org` is `https://openbis.example.org`. Nobody's password stands in it.
fn address(url: &str) -> Result<String, Mistake> {
    let url = url.trim_end_matches('/');
    if shown_address(url) != url {
        return Err(Mistake::new("the address holds a user or a password")
            .hint("it would be seen by whoever sees the command: `rhobis login` asks"));
    }
    if let Some((scheme, _)) = url.split_once("://")
        && !["http", "https"].contains(&scheme.to_lowercase().as_str())
    {
        let message = format!("`{url}` is no address of an openBIS");
        return Err(Mistake::new(message).hint("it begins with `https://` or `http://`"));
    }
    Ok(if url.contains("://") { url.to_owned() } else { format!("https://{url}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(global: &Global, environment: &Environment) -> Server {
        let text = "default_profile = 'lab'\n\
            [profiles.lab]\nurl = 'lab.example.org'\nuser = 'ada'\n\
            [profiles.test]\nurl = 'https://test.example.org/'";
        let config = &Config::parse(text, "c").unwrap();
        match (Known { global, environment, config, folder: Path::new("/h") }).place() {
            Ok(Place::Server(server)) => server,
            other => panic!("a server is meant: {other:?}"),
        }
    }

    fn environment(variables: &[(&str, &str)]) -> Environment {
        let pairs =
            variables.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        Environment { variables: pairs.collect(), ..Environment::default() }
    }

    #[test]
    fn a_flag_goes_before_the_environment_and_that_before_the_profile() {
        let by_env = environment(&[
            ("OPENBIS_URL", "https://env.example.org"),
            ("OPENBIS_USERNAME", "eve"),
        ]);
        let flag = Global { profile: Some("test".to_owned()), ..Global::default() };
        let nothing = Global::default();
        assert_eq!(chosen(&flag, &by_env).url, "https://test.example.org");
        assert_eq!(chosen(&nothing, &by_env).url, "https://env.example.org");
        let lab = chosen(&nothing, &Environment::default());
        assert_eq!(
            (lab.url.as_str(), lab.name.as_str()),
            ("https://lab.example.org", "lab")
        );
        assert_eq!(lab.settings.text("user"), Some("ada"));
        assert_eq!(chosen(&flag, &by_env).settings.text("user"), Some("eve"));
    }

    #[test]
    fn without_any_name_it_leads_nowhere() {
        let (global, environment) = (&Global::default(), &Environment::default());
        let (config, folder) = (&Config::default(), Path::new("/h"));
        let place = Known { global, environment, config, folder }.place();
        assert!(matches!(place, Ok(Place::Nowhere)));
    }

    #[test]
    fn a_password_in_an_address_is_refused_and_not_repeated() {
        let mistake = address("https://ann:geheim@lab").unwrap_err();
        assert!(!format!("{mistake:?}").contains("geheim"));
    }

    #[test]
    fn the_usual_proxy_is_that_of_the_scheme_and_behind_the_profile() {
        let both = [("HTTPS_PROXY", "http://s:1"), ("HTTP_PROXY", "http://p:1")];
        let by_env = environment(&both);
        let to = |url: &str| {
            let global = Global { url: Some(url.to_owned()), ..Global::default() };
            chosen(&global, &by_env).settings.text("proxy").unwrap().to_owned()
        };
        assert_eq!(to("https://x"), "http://s:1");
        assert_eq!(to("http://x"), "http://p:1");
    }
}
