use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use toml_edit::{DocumentMut, Item, Table, Value};

use super::{Config, Setting};

/// Changes `config.toml`, and leaves what else stands there, comments too, as it is.
pub(crate) struct Editor {
    file: PathBuf,
    document: DocumentMut,
}

impl Editor {
    pub(crate) fn open(file: &Path) -> anyhow::Result<Self> {
        // Its mistakes are told as those of a configuration that is read.
        Config::read(file)?;
        let text = std::fs::read_to_string(file).unwrap_or_default();
        Ok(Self { file: file.to_owned(), document: text.parse()? })
    }

    pub(crate) fn set(&mut self, profile: &str, setting: &Setting, value: &str) {
        let profiles = table(self.document.as_table_mut(), "profiles");
        profiles.set_implicit(true);
        let profile = table(profiles, profile);
        put(profile, setting.key, setting.form.written(value));
    }

    /// Takes the setting away.
    pub(crate) fn unset(&mut self, profile: &str, setting: &Setting) {
        let profiles = table(self.document.as_table_mut(), "profiles");
        table(profiles, profile).remove(setting.key);
    }

    pub(crate) fn remove(&mut self, profile: &str) {
        let top = self.document.as_table_mut();
        if let Some(profiles) = top.get_mut("profiles").and_then(Item::as_table_mut) {
            profiles.remove(profile);
        }
        if top.get("default_profile").and_then(Item::as_str) == Some(profile) {
            top.remove("default_profile");
        }
    }

    /// Makes it the profile that is meant where none is named.
    pub(crate) fn prefer(&mut self, profile: &str) {
        put(self.document.as_table_mut(), "default_profile", profile.into());
    }

    /// What will stand in the file.
    pub(crate) fn text(&self) -> String {
        self.document.to_string()
    }

    /// Writes it in one step, for its owner alone.
    pub(crate) fn save(&self) -> anyhow::Result<()> {
        let failed = || format!("cannot write `{}`", self.file.display());
        let text = self.text();
        Config::parse(&text, &self.file.display().to_string())?;
        let folder = self.file.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).with_context(failed)?;
        let mut new = tempfile::NamedTempFile::new_in(folder).with_context(failed)?;
        new.write_all(text.as_bytes()).with_context(failed)?;
        new.as_file().sync_all().with_context(failed)?;
        new.persist(&self.file).with_context(failed)?;
        Ok(())
    }
}

/// Writes the value, between the comments of the old one.
fn put(table: &mut Table, key: &str, mut new: Value) {
    match table.get_mut(key) {
        Some(Item::Value(old)) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        Some(_) | None => {
            table.insert(key, Item::Value(new));
        }
    }
}

/// The table of this name, made where there is none.
fn table<'a>(within: &'a mut Table, name: &str) -> &'a mut Table {
    if !within.get(name).is_some_and(Item::is_table) {
        within.insert(name, Item::Table(Table::new()));
    }
    within[name].as_table_mut().expect("it was made where it was not there")
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: &str = "# Of Ada.\ndefault_profile = \"lab\" # mostly\n\n\
        # The one in the cellar.\n[profiles.lab]\nurl = \"https://lab\" # by name\n";

    #[test]
    fn comments_stay_where_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        std::fs::write(&file, WRITTEN).unwrap();
        let mut editor = Editor::open(&file).unwrap();
        let url = Setting::named("url").unwrap();
        editor.set("lab", url, "https://new");
        editor.set("test", url, "https://test");
        editor.set("test", Setting::named("read_only").unwrap(), "true");
        editor.prefer("test");
        editor.save().unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        let expected = WRITTEN
            .replace("https://lab", "https://new")
            .replace("= \"lab\"", "= \"test\"")
            + "\n[profiles.test]\nurl = \"https://test\"\nread_only = true\n";
        assert_eq!(text, expected);
        editor.remove("test");
        editor.save().unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(
            !text.contains("test") && text.contains("The one in the cellar"),
            "{text}"
        );
    }
}
