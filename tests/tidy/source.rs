use std::fs;
use std::path::{Path, PathBuf};

/// A Rust file of the crate, without its tests.
pub(crate) struct Source {
    /// From the folder of the package on, with slashes.
    pub(crate) path: String,
    pub(crate) code: String,
}

impl Source {
    /// The module below `src` that it belongs to; `lib` and `main` stand alone.
    pub(crate) fn module(&self) -> &str {
        let below = self.path.strip_prefix("src/").unwrap_or(&self.path);
        below.split(['/', '.']).next().unwrap()
    }

    /// The lines with their numbers.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// Every Rust file below `src` that is no test.
pub(crate) fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let texts: Vec<(PathBuf, String)> = files(&root.join("src"))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| (path.clone(), fs::read_to_string(&path).unwrap()))
        .collect();
    let for_tests: Vec<PathBuf> =
        texts.iter().flat_map(|(path, text)| test_files(path, text)).collect();
    let sources: Vec<Source> = texts
        .iter()
        .filter(|(path, _)| !for_tests.iter().any(|test| is_part(path, test)))
        .map(|(path, text)| Source {
            code: without_tests(text),
            path: path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"),
        })
        .collect();
    assert!(sources.len() > 50, "the sources are not where they are looked for");
    sources
}

/// Whether the path is the module's file, or in the folder of its name.
fn is_part(path: &Path, module: &Path) -> bool {
    path == module.with_extension("rs") || path.starts_with(module)
}

/// The modules for tests only, without an ending: `#[cfg(test)] mod name;`.
fn test_files(path: &Path, text: &str) -> Vec<PathBuf> {
    let folder = match path.file_stem().and_then(|stem| stem.to_str()) {
        Some("mod" | "lib" | "main") => path.parent().unwrap().to_owned(),
        _ => path.with_extension(""),
    };
    let names = text.split("#[cfg(test)]\nmod ").skip(1);
    let names = names.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_'));
    let names = names.filter_map(|mut words| words.next());
    names.map(|name| folder.join(name)).collect()
}

/// All files below a folder, sorted.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut found: Vec<PathBuf> = entries
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() { files(&path) } else { vec![path] }
        })
        .collect();
    found.sort();
    found
}

/// Up to the test module, which stands last.
fn without_tests(text: &str) -> String {
    let tests = text.match_indices("#[cfg(test)]\nmod ");
    let mut bodies = tests.filter(|(at, _)| {
        text[*at..].find('{').unwrap_or(usize::MAX) < text[*at..].find(';').unwrap_or(0)
    });
    let end = bodies.next().map_or(text.len(), |(at, _)| at);
    text[..end].to_owned()
}
