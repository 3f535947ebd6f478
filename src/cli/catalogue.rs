//! The scripts that can be named: recipes in the binary, files, the standard input.
use std::io::Read;
use std::path::Path;

use anyhow::Context;
use include_dir::{Dir, include_dir};

use super::mistake::Mistake;
use super::script::Script;
use crate::script::recipe::Recipe;

static STDLIB: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/stdlib");

/// The recipes in the binary, by name.
pub(crate) fn recipes() -> Vec<Script> {
    let mut recipes: Vec<Script> = STDLIB
        .files()
        .filter_map(|file| {
            let name = file.path().to_str()?.strip_suffix(".rhai")?;
            let source = file.contents_utf8()?.to_owned();
            Some(Script { name: name.to_owned(), source })
        })
        .collect();
    recipes.sort_by(|a, b| a.name.cmp(&b.name));
    recipes
}

/// A recipe by its name, a file by its path, or `-` for the standard input.
pub(crate) fn find(what: &str) -> anyhow::Result<Script> {
    if what == "-" {
        let mut source = String::new();
        std::io::stdin()
            .read_to_string(&mut source)
            .context("the standard input cannot be read")?;
        return Ok(Script { name: "-".to_owned(), source });
    }
    let recipe = recipes().into_iter().find(|recipe| recipe.name == what);
    match recipe {
        Some(recipe) => Ok(recipe),
        None => file(what),
    }
}

/// The header of a script, under the script's name.
pub(crate) fn header(script: &Script) -> anyhow::Result<Recipe> {
    let recipe =
        Recipe::read(&script.source).map_err(|failure| script.failed(failure))?;
    Ok(Recipe { name: script.name.clone(), ..recipe })
}

fn file(path: &str) -> anyhow::Result<Script> {
    let looks_like_path =
        path.contains(['/', '\\']) || Path::new(path).extension().is_some();
    if !looks_like_path && !Path::new(path).is_file() {
        return Err(unknown(path).into());
    }
    if !Path::new(path).exists() {
        return Err(Mistake::missing(format!("no file `{path}`")).into());
    }
    let source =
        std::fs::read_to_string(path).with_context(|| format!("cannot read `{path}`"))?;
    Ok(Script { name: path.to_owned(), source })
}

fn unknown(name: &str) -> Mistake {
    let known: Vec<String> = recipes().into_iter().map(|recipe| recipe.name).collect();
    Mistake::new(format!("no recipe `{name}`"))
        .nearest(name, &known)
        .hint("`rhobis recipe list` shows them all; a file is named with its ending")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_and_a_recipe_that_are_not_there_are_told_apart() {
        assert_eq!(find("x/no.rhai").unwrap_err().to_string(), "no file `x/no.rhai`");
        assert_eq!(find("no-such").unwrap_err().to_string(), "no recipe `no-such`");
    }

    #[test]
    fn every_recipe_in_the_binary_has_a_header_and_a_line_that_says_what_it_does() {
        for script in recipes() {
            let recipe = header(&script).unwrap();
            assert!(!recipe.summary().is_empty(), "{}", script.name);
        }
    }
}
