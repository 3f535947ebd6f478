use rhai::{Array, Dynamic, Map};

use super::atom::{Atom, Pattern};
use super::reach::Sort;
use crate::script::nearest;

/// What a recipe says that it needs: it may do nothing more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// What it may write; anything, where nothing is said.
    pub write: Option<Vec<Pattern>>,
    /// The spaces in which it may change things; all, where nothing is said.
    pub spaces: Option<Vec<String>>,
    /// Files and folders beside those below the working folder.
    pub files: Vec<String>,
    /// Servers that it may talk to, beside openBIS.
    pub hosts: Vec<String>,
    /// Variables of the environment that it may read.
    pub environment: Vec<String>,
    pub max_changes: Option<u64>,
    pub max_delete: Option<u64>,
}

const NAMES: &[&str] =
    &["write", "spaces", "files", "hosts", "environment", "max_changes", "max_delete"];

impl Needs {
    /// Reads what stands in a header; the error says what is wrong with it.
    pub fn read(map: &Map) -> Result<Self, String> {
        if let Some(name) = map.keys().find(|name| !NAMES.contains(&name.as_str())) {
            let near = nearest::best(name, NAMES).unwrap_or_else(|| "write".to_owned());
            return Err(format!("there is no `{name}`; is `{near}` meant?"));
        }
        let texts = |name: &str| map.get(name).map(|list| texts(name, list)).transpose();
        let write = texts("write")?.map(|all| {
            all.iter().map(|text| Pattern::read(text)).collect::<Result<_, _>>()
        });
        let spaces = texts("spaces")?;
        let upper = |all: Vec<String>| all.iter().map(|one| one.to_uppercase()).collect();
        Ok(Self {
            write: write.transpose()?,
            spaces: spaces.map(upper),
            files: texts("files")?.unwrap_or_default(),
            hosts: texts("hosts")?.unwrap_or_default(),
            environment: texts("environment")?.unwrap_or_default(),
            max_changes: number(map, "max_changes")?,
            max_delete: number(map, "max_delete")?,
        })
    }

    /// A limit by its name.
    pub fn limit(&self, name: &str) -> Option<u64> {
        match name {
            "max_changes" => self.max_changes,
            "max_delete" => self.max_delete,
            _ => None,
        }
    }

    /// What it asks to reach.
    pub(super) fn reach(&self, sort: Sort) -> &[String] {
        match sort {
            Sort::Files => &self.files,
            Sort::Hosts => &self.hosts,
            Sort::Environment => &self.environment,
        }
    }

    pub(super) fn permits(&self, atom: &Atom) -> bool {
        let write = self.write.as_ref();
        write.is_none_or(|all| all.iter().any(|pattern| pattern.permits(atom)))
    }

    /// Whether it says by name that it writes this.
    pub(super) fn names(&self, atom: &Atom) -> bool {
        self.write.iter().flatten().any(|pattern| pattern.names(atom))
    }
}

fn texts(name: &str, list: &Dynamic) -> Result<Vec<String>, String> {
    let wrong = || format!("`{name}` is a list of texts");
    let items = list.read_lock::<Array>().ok_or_else(wrong)?;
    let text = |item: &Dynamic| item.clone().into_string().map_err(|_| wrong());
    items.iter().map(text).collect()
}

fn number(map: &Map, name: &str) -> Result<Option<u64>, String> {
    let Some(value) = map.get(name) else { return Ok(None) };
    let number = value.as_int().ok().and_then(|number| u64::try_from(number).ok());
    number.map(Some).ok_or_else(|| format!("`{name}` is a whole number"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    fn read(source: &str) -> Result<Needs, String> {
        Needs::read(&rhai::Engine::new().eval::<Map>(source).unwrap())
    }

    #[test]
    fn needs_say_what_may_be_written_and_how_much() {
        let needs =
            read(r#"#{ write: ["sample.tags"], spaces: ["lab"], max_delete: 5 }"#);
        let needs = needs.unwrap();
        let atom = |what: &str| Atom::new(Kind::Sample, what);
        assert!(needs.permits(&atom("tags")) && !needs.permits(&atom("delete")));
        assert_eq!((needs.max_delete, needs.max_changes), (Some(5), None));
        assert_eq!(needs.spaces, Some(vec!["LAB".to_owned()]));
        assert!(Needs::default().permits(&atom("delete")), "nothing said");
    }

    #[test]
    fn what_is_no_need_is_told() {
        assert!(read("#{ wriet: [] }").unwrap_err().contains("`write`"));
        assert!(read("#{ max_delete: -1 }").unwrap_err().contains("whole number"));
        assert!(read("#{ write: [\"sample.no\"] }").is_err());
    }
}
