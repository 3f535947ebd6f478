use std::fmt;
use std::ops::Range;

use toml::de::{DeArray, DeTable, DeValue};
use toml::{Spanned, map::Map};

/// What is wrong with a schedule file, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// From 1 on.
    pub line: usize,
    /// In characters, from 1 on.
    pub column: usize,
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

/// Collects what is wrong with a text.
pub(super) struct Problems<'t> {
    text: &'t str,
    found: Vec<Problem>,
}

impl<'t> Problems<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, found: Vec::new() }
    }

    pub(super) fn add(&mut self, span: Range<usize>, message: impl Into<String>) {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = before.rfind('\n').map_or(before, |end| &before[end + 1..]);
        self.found.push(Problem {
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
            message: message.into(),
        });
    }

    /// In the order of the text.
    pub(super) fn found(mut self) -> Vec<Problem> {
        self.found.sort();
        self.found
    }
}

/// The keys of a table: each is taken once, what is left over is unknown.
pub(super) struct Keys<'i> {
    left: DeTable<'i>,
    span: Range<usize>,
    asked: Vec<&'static str>,
    taken: Vec<&'static str>,
}

impl<'i> Keys<'i> {
    pub(super) fn new(table: DeTable<'i>, span: Range<usize>) -> Self {
        Self { left: table, span, asked: Vec::new(), taken: Vec::new() }
    }

    /// Where the table begins.
    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Whether the key was there, whatever its value.
    pub(super) fn had(&self, key: &str) -> bool {
        self.taken.contains(&key)
    }

    pub(super) fn text(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
    ) -> Option<String> {
        self.parsed(key, problems, |text| Ok(text.to_owned()))
    }

    pub(super) fn required(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
    ) -> Option<String> {
        let found = self.text(key, problems);
        if !self.had(key) {
            problems.add(self.span(), format!("the job has no `{key}`"));
        }
        found
    }

    /// A text that stands for something else.
    pub(super) fn parsed<T>(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let value = self.take(key)?;
        let parsed = match value.get_ref() {
            DeValue::String(text) => parse(text),
            other => Err(wrong_type(key, "a text", other)),
        };
        parsed.map_err(|message| problems.add(value.span(), message)).ok()
    }

    pub(super) fn table(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
    ) -> Option<DeTable<'i>> {
        let value = self.take(key)?;
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(table) => Some(table),
            other => {
                problems.add(span, wrong_type(key, "a table", &other));
                None
            }
        }
    }

    /// A list of tables that has to be there.
    pub(super) fn array(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
    ) -> Option<DeArray<'i>> {
        let Some(value) = self.take(key) else {
            problems.add(self.span(), format!("there is no `[[{key}]]`"));
            return None;
        };
        let span = value.span();
        match value.into_inner() {
            DeValue::Array(list) => Some(list),
            other => {
                let wanted = format!("a list of tables, `[[{key}]]`");
                problems.add(span, wrong_type(key, &wanted, &other));
                None
            }
        }
    }

    /// Reports the keys that nobody has asked for.
    pub(super) fn finish(self, problems: &mut Problems) {
        for key in self.left.keys() {
            let name = key.get_ref();
            let nearest = self
                .asked
                .iter()
                .map(|known| (strsim::jaro_winkler(known, name), known))
                .filter(|(likeness, _)| *likeness > 0.75)
                .max_by(|a, b| a.0.total_cmp(&b.0));
            let hint = match nearest {
                Some((_, known)) => format!("did you mean `{known}`?"),
                None => format!("known are `{}`", self.asked.join("`, `")),
            };
            problems.add(key.span(), format!("unknown key `{name}`; {hint}"));
        }
    }

    fn take(&mut self, key: &'static str) -> Option<Spanned<DeValue<'i>>> {
        self.asked.push(key);
        let (_, value) = take(&mut self.left, key)?;
        self.taken.push(key);
        Some(value)
    }
}

fn take<K: std::borrow::Borrow<str> + Ord + std::hash::Hash, V>(
    map: &mut Map<K, V>,
    key: &str,
) -> Option<(K, V)> {
    map.remove_entry(key)
}

fn wrong_type(key: &str, wanted: &str, found: &DeValue<'_>) -> String {
    let found = found.type_str();
    let article = if found.starts_with(['a', 'i']) { "an" } else { "a" };
    format!("`{key}` has to be {wanted}, not {article} {found}")
}
