use std::fmt;

use crate::model::{Change, Kind};
use crate::script::{attribute_names, nearest};
use crate::wire;

/// What a change writes: `sample.tags`, `sample.create`, `dataset.archive`,
/// `call.executeImport`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Atom {
    pub(super) on: On,
    /// A field, what is done with the whole, or the method.
    pub(super) what: String,
    freezes: bool,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum On {
    Kind(Kind),
    /// What a method does that is called by its name.
    Call,
}

/// In place of a kind.
const CALL: &str = "call";

/// What can be done with whole objects.
const WHOLE: &[&str] = &["create", "delete"];

/// What can be done with whole objects of one kind.
const WHOLE_OF: &[(Kind, &[&str])] = &[
    (Kind::DataSet, &["archive", "unarchive", "lock", "unlock"]),
    (Kind::Deletion, &["confirm", "revert"]),
];

/// What a recipe may write, as its header says it: `sample.tags`, `sample.*`, `*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// None is every kind, and every method.
    on: Option<On>,
    /// None is everything.
    what: Option<String>,
}

impl Atom {
    /// All that a change writes.
    pub(super) fn of(change: &Change) -> Vec<Self> {
        if let Change::Call(called) = change {
            let what = called.method.clone();
            return vec![Self { on: On::Call, what, freezes: called.is_freezing() }];
        }
        let Some(kind) = change.kind() else { return Vec::new() };
        let one = |what: &str| vec![Self::new(kind, what)];
        match change {
            Change::Create(_) => one("create"),
            Change::Update { edits, .. } => {
                edits.keys().flat_map(|field| one(field)).collect()
            }
            Change::Delete { .. } => one("delete"),
            Change::Archive { .. } => one("archive"),
            Change::Unarchive { .. } => one("unarchive"),
            Change::Lock { .. } => one("lock"),
            Change::Unlock { .. } => one("unlock"),
            Change::Confirm { .. } => one("confirm"),
            Change::Revert { .. } => one("revert"),
            Change::Call(_) => Vec::new(),
        }
    }

    pub(super) fn new(kind: Kind, what: &str) -> Self {
        let freezes = what.starts_with("frozen") || what == "immutableData";
        Self { on: On::Kind(kind), what: what.to_owned(), freezes }
    }

    /// Whether it freezes, which nothing can undo.
    pub(super) fn is_freezing(&self) -> bool {
        self.freezes
    }
}

impl fmt::Display for Atom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let on = match self.on {
            On::Kind(kind) => kind.spec().noun(),
            On::Call => CALL,
        };
        write!(f, "{on}.{}", self.what)
    }
}

impl Pattern {
    /// Reads one; the error says what is wrong with it.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        if text == "*" {
            return Ok(Self { on: None, what: None });
        }
        let Some((noun, what)) = text.split_once('.') else {
            return Err(format!("`{text}` is not `KIND.FIELD`, such as `sample.tags`"));
        };
        if noun == CALL {
            return Self::of_method(what);
        }
        let kind = kind_named(noun).ok_or_else(|| format!("no kind `{noun}`"))?;
        if what == "*" {
            return Ok(Self { on: Some(On::Kind(kind)), what: None });
        }
        match field_named(kind, what) {
            Some(what) => Ok(Self { on: Some(On::Kind(kind)), what: Some(what) }),
            None => Err(unknown(kind, noun, what)),
        }
    }

    fn of_method(method: &str) -> Result<Self, String> {
        let names = wire::method_names();
        let bare = method.strip_prefix("dss.").unwrap_or(method);
        if method != "*" && !names.contains(&bare) {
            let near = nearest::best(bare, &names);
            let near =
                near.map_or_else(String::new, |near| format!("; is `{near}` meant?"));
            return Err(format!("no method `{method}`{near}"));
        }
        let what = (method != "*").then(|| method.to_owned());
        Ok(Self { on: Some(On::Call), what })
    }

    pub(super) fn permits(&self, atom: &Atom) -> bool {
        let on = self.on.is_none_or(|on| on == atom.on);
        let archiving = atom.on == On::Kind(Kind::DataSet) && atom.what == "physicalData";
        let same = |what: &String| *what == atom.what || archiving && what == "archive";
        on && self.what.as_ref().is_none_or(same)
    }

    /// Whether it says this by its name, and not among other things.
    pub(super) fn names(&self, atom: &Atom) -> bool {
        self.what.is_some() && self.permits(atom)
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect()
}

fn kind_named(noun: &str) -> Option<Kind> {
    let wanted = plain(noun);
    let named = |kind: &Kind| kind.spec().names.iter().any(|row| plain(row.0) == wanted);
    Kind::ALL.iter().copied().find(named)
}

/// The whole that is meant, or the field by any name of it.
fn field_named(kind: Kind, what: &str) -> Option<String> {
    if whole(kind).any(|name| name == what) {
        return Some(what.to_owned());
    }
    let what = if matches!(what, "props" | "p") { "properties" } else { what };
    crate::script::attributes::field(kind, what).map(|field| field.name.to_owned())
}

fn whole(kind: Kind) -> impl Iterator<Item = &'static str> {
    let more = WHOLE_OF.iter().filter(move |row| row.0 == kind).flat_map(|row| row.1);
    WHOLE.iter().chain(more).copied()
}

fn unknown(kind: Kind, noun: &str, what: &str) -> String {
    let mut names = attribute_names(kind);
    names.extend(whole(kind).map(str::to_owned));
    let near = nearest::best(what, &names);
    let near = near.map_or_else(String::new, |near| format!("; is `{near}` meant?"));
    format!("a {noun} has no `{what}`{near}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn atom(kind: Kind, what: &str) -> Atom {
        Atom::new(kind, what)
    }

    #[test]
    fn a_pattern_permits_a_field_a_kind_or_all() {
        let tags = atom(Kind::Sample, "tags");
        for text in ["sample.tags", "object.tags", "sample.*", "*"] {
            assert!(Pattern::read(text).unwrap().permits(&tags), "{text}");
        }
        for text in ["sample.properties", "experiment.*", "sample.create"] {
            assert!(!Pattern::read(text).unwrap().permits(&tags), "{text}");
        }
        let archiving = Pattern::read("dataset.archive").unwrap();
        assert!(archiving.permits(&atom(Kind::DataSet, "physicalData")));
    }

    #[test]
    fn a_misspelt_pattern_is_told() {
        let told = |text| Pattern::read(text).unwrap_err();
        assert_eq!(told("sampel.tags"), "no kind `sampel`");
        assert_eq!(told("sample.tag"), "a sample has no `tag`; is `tags` meant?");
        assert!(told("tags").contains("KIND.FIELD"));
        assert!(told("call.updateSample").contains("`updateSamples`"));
    }
}
