use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use anyhow::Context;
use toml_edit::{Document, Item, Key, Table, Value};

use super::{Profile, SETTINGS, Setting};
use crate::cli::mistake::Mistake;

/// `config.toml`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Config {
    default_profile: Option<String>,
    profiles: BTreeMap<String, Profile>,
}

/// What may stand outside of profiles.
const TOP: &[&str] = &["default_profile", "profiles"];

impl Config {
    /// What the file says; nothing where there is none.
    pub(crate) fn read(file: &Path) -> anyhow::Result<Self> {
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(error) => {
                return Err(error)
                    .with_context(|| format!("cannot read `{}`", file.display()));
            }
        };
        Ok(Self::parse(&text, &file.display().to_string())?)
    }

    /// What a text says that is called `name`.
    pub(crate) fn parse(text: &str, name: &str) -> Result<Self, Mistake> {
        let document = Document::parse(text).map_err(|error| {
            Mistake::new(format!("`{name}` is no configuration: {error}"))
        })?;
        let reader = Reader { text, name };
        let mut config = Self::default();
        for (key, item) in entries(document.as_table()) {
            match (key.get(), item) {
                ("default_profile", Item::Value(Value::String(profile))) => {
                    config.default_profile = Some(profile.value().clone());
                }
                ("profiles", Item::Table(profiles)) => {
                    config.profiles = reader.profiles(profiles)?;
                }
                (known, _) if TOP.contains(&known) => {
                    return Err(reader.wrong(key, "it is of another form"));
                }
                (other, _) => return Err(reader.unknown(key).nearest(other, TOP)),
            }
        }
        Ok(config)
    }

    pub(crate) fn default_profile(&self) -> Option<&str> {
        self.default_profile.as_deref()
    }

    pub(crate) fn profiles(&self) -> impl Iterator<Item = (&str, &Profile)> {
        self.profiles.iter().map(|(name, profile)| (name.as_str(), profile))
    }

    pub(crate) fn profile(&self, name: &str) -> Result<&Profile, Mistake> {
        self.profiles.get(name).ok_or_else(|| {
            let known: Vec<&String> = self.profiles.keys().collect();
            Mistake::missing(format!("no profile `{name}`"))
                .nearest(name, &known)
                .hint("`rhobis profile add` makes one")
        })
    }
}

/// Knows where something stands.
struct Reader<'a> {
    text: &'a str,
    name: &'a str,
}

impl Reader<'_> {
    fn profiles(&self, table: &Table) -> Result<BTreeMap<String, Profile>, Mistake> {
        let mut profiles = BTreeMap::new();
        for (key, item) in entries(table) {
            let Item::Table(table) = item else {
                return Err(self.wrong(key, "a profile is a table `[profiles.NAME]`"));
            };
            profiles.insert(key.get().to_owned(), self.profile(table)?);
        }
        Ok(profiles)
    }

    fn profile(&self, table: &Table) -> Result<Profile, Mistake> {
        let mut profile = Profile::default();
        for (key, item) in entries(table) {
            let Some(setting) = Setting::named(key.get()) else {
                let known: Vec<&str> = SETTINGS.iter().map(|known| known.key).collect();
                return Err(self.unknown(key).nearest(key.get(), &known));
            };
            let text = match item {
                Item::Value(Value::String(text)) => text.value().clone(),
                Item::Value(Value::Integer(number)) => number.value().to_string(),
                Item::Value(Value::Boolean(flag)) => flag.value().to_string(),
                _ => return Err(self.wrong(key, "it is no plain value")),
            };
            setting.form.check(&text).map_err(|why| self.wrong(key, &why))?;
            profile.values.insert(setting.key, text);
        }
        Ok(profile)
    }

    fn unknown(&self, key: &Key) -> Mistake {
        let place = self.place(key.span());
        Mistake::new(format!("{place}: there is no setting `{}`", key.get()))
    }

    fn wrong(&self, key: &Key, why: &str) -> Mistake {
        let place = self.place(key.span());
        Mistake::new(format!("{place}: `{}` cannot be used: {why}", key.get()))
    }

    /// File and line.
    fn place(&self, span: Option<Range<usize>>) -> String {
        let before = span.and_then(|span| self.text.get(..span.start));
        match before {
            Some(before) => {
                format!("{}:{}", self.name, before.matches('\n').count() + 1)
            }
            None => self.name.to_owned(),
        }
    }
}

fn entries(table: &Table) -> impl Iterator<Item = (&Key, &Item)> {
    table.iter().filter_map(|(name, _)| table.get_key_value(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_that_is_not_there_is_named_with_the_nearest_one() {
        let text = "[profiles.lab]\nurl = 'https://lab.example.org'";
        let config = Config::parse(text, "c").unwrap();
        assert!(config.profile("lab").is_ok());
        let mistake = config.profile("lap").unwrap_err();
        assert_eq!(mistake.to_string(), "no profile `lap`");
        assert_eq!(mistake.hints[0], "did you mean `lab`?");
    }

    #[test]
    fn a_misspelt_key_is_told_with_its_line_and_the_nearest_one() {
        let text = "# mine\n[profiles.lab]\nurl = 'x'\nread_onyl = true";
        let mistake = Config::parse(text, "c.toml").unwrap_err();
        assert_eq!(mistake.message, "c.toml:4: there is no setting `read_onyl`");
        assert_eq!(mistake.hints[0], "did you mean `read_only`?");
        let top = Config::parse("default_profil = 'x'", "c.toml").unwrap_err();
        assert_eq!(top.hints[0], "did you mean `default_profile`?");
    }

    #[test]
    fn a_value_that_cannot_be_is_told_with_what_it_has_to_be() {
        let text = "[profiles.lab]\ntimeout = 30";
        let mistake = Config::parse(text, "c.toml").unwrap_err();
        assert!(mistake.message.starts_with("c.toml:2: `timeout`"), "{mistake}");
        assert!(mistake.message.contains("`30s`"), "{mistake}");
    }
}
