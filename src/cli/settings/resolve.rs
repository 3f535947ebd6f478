//! Which of the places that say something about a setting is heard.
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Profile, SETTINGS, Setting, form, profile};
use crate::cli::global::{Format, Global};
use crate::cli::mistake::Mistake;
use crate::cli::world::Environment;
use crate::script::recipe::Recipe;

/// Who says something, the first one first.
#[derive(Clone, Copy)]
pub(crate) struct Layers<'a> {
    pub(crate) flags: &'a Global,
    pub(crate) environment: &'a Environment,
    pub(crate) recipe: Option<&'a Recipe>,
    pub(crate) profile: Option<(&'a str, &'a Profile)>,
    /// Whether an option names the profile: its address goes before that of the environment.
    pub(crate) is_profile_named: bool,
    /// Where paths of a profile begin.
    pub(crate) folder: &'a Path,
}

/// Who said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Flag(String),
    Variable(String),
    Recipe(String),
    Profile(String),
    Default,
}

impl Source {
    pub(crate) fn is_profile(&self) -> bool {
        matches!(self, Self::Profile(_))
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) => write!(f, "option --{name}"),
            Self::Variable(name) => write!(f, "variable {name}"),
            Self::Recipe(name) => write!(f, "recipe {name}"),
            Self::Profile(name) => write!(f, "profile {name}"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A setting with what is taken for it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) setting: &'static Setting,
    pub(crate) value: Option<String>,
    pub(crate) source: Source,
}

/// What holds, for each setting.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) found: Vec<Found>,
    folder: PathBuf,
}

impl Settings {
    pub(crate) fn of(layers: Layers<'_>) -> Result<Self, Mistake> {
        let found = SETTINGS.iter().map(|setting| layers.find(setting));
        let found = found.collect::<Result<_, _>>()?;
        Ok(Self { found, folder: layers.folder.to_owned() })
    }

    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        let found = self.found.iter().find(|found| found.setting.key == key);
        found.and_then(|found| found.value.as_deref())
    }

    pub(crate) fn source(&self, key: &str) -> Option<&Source> {
        let found = self.found.iter().find(|found| found.setting.key == key);
        found.map(|found| &found.source)
    }

    /// Takes over what the profile says from now on.
    pub(crate) fn put(&mut self, setting: &'static Setting, value: &str, profile: &str) {
        for found in self.found.iter_mut().filter(|f| f.setting.key == setting.key) {
            found.value = Some(value.to_owned());
            found.source = Source::Profile(profile.to_owned());
        }
    }

    pub(crate) fn flag(&self, key: &str) -> bool {
        self.text(key).and_then(form::flag).unwrap_or_default()
    }

    pub(crate) fn count(&self, key: &str) -> Option<u64> {
        self.text(key).and_then(|text| text.parse().ok())
    }

    pub(crate) fn period(&self, key: &str) -> Option<Duration> {
        self.text(key).and_then(form::period)
    }

    pub(crate) fn path(&self, key: &str) -> Option<PathBuf> {
        self.text(key).map(|text| profile::path(text, &self.folder))
    }

    pub(crate) fn items(&self, key: &str) -> Vec<String> {
        self.text(key).map(form::items).into_iter().flatten().map(str::to_owned).collect()
    }

    /// Paths: those of a profile begin at its folder, others at the working folder.
    pub(crate) fn paths(&self, key: &str) -> Vec<PathBuf> {
        let is_of_profile = self.source(key).is_some_and(Source::is_profile);
        let start = if is_of_profile { self.folder.as_path() } else { Path::new("") };
        self.items(key).iter().map(|text| profile::path(text, start)).collect()
    }

    pub(crate) fn output(&self) -> Format {
        let text = self.text("output");
        let format = text.and_then(|text| clap::ValueEnum::from_str(text, false).ok());
        format.unwrap_or_default()
    }
}

impl Layers<'_> {
    fn find(&self, setting: &'static Setting) -> Result<Found, Mistake> {
        let (value, source) = self
            .flag(setting)
            .or_else(|| self.variable(setting))
            .or_else(|| self.needed(setting))
            .or_else(|| self.of_profile(setting))
            .or_else(|| self.usual(setting))
            .or_else(|| Some((setting.default?.to_owned(), Source::Default)))
            .unzip();
        let (value, source) = (value, source.unwrap_or(Source::Default));
        if let Some(Err(why)) = value.as_deref().map(|value| setting.form.check(value)) {
            let message = format!("`{}` of {source} cannot be used: {why}", setting.key);
            return Err(Mistake::new(message));
        }
        Ok(Found { setting, value, source })
    }

    fn flag(&self, setting: &Setting) -> Option<(String, Source)> {
        let value = self.flags.setting(setting.key)?;
        Some((value, Source::Flag(setting.option())))
    }

    fn variable(&self, setting: &Setting) -> Option<(String, Source)> {
        if setting.key == "url" && self.is_profile_named {
            return None;
        }
        let (name, value) = self.environment.said(setting.variables())?;
        Some((value, Source::Variable(name)))
    }

    /// What holds for all programs of the machine; a proxy by the scheme of the address.
    fn usual(&self, setting: &Setting) -> Option<(String, Source)> {
        if setting.usual.is_empty() {
            return None;
        }
        let url = Setting::named("url").and_then(|url| self.find(url).ok()?.value);
        let is_plain = url.is_some_and(|url| url.starts_with("http://"));
        let other = if is_plain { "https_" } else { "http_" };
        let names = setting.usual.iter().map(|name| (*name).to_owned());
        let fitting = names.filter(|name| !name.to_lowercase().starts_with(other));
        let (name, value) = self.environment.said(fitting)?;
        Some((value, Source::Variable(name)))
    }

    fn needed(&self, setting: &Setting) -> Option<(String, Source)> {
        let recipe = self.recipe?;
        let value = recipe.needs.limit(setting.key)?;
        Some((value.to_string(), Source::Recipe(recipe.name.clone())))
    }

    fn of_profile(&self, setting: &Setting) -> Option<(String, Source)> {
        let (name, profile) = self.profile?;
        Some((profile.get(setting.key)?.to_owned(), Source::Profile(name.to_owned())))
    }
}
