//! What a script may reach beside openBIS and the files below its working folder: what the
//! person who runs it permits, and what the header asks for, once that is agreed to.
use std::path::{Path, PathBuf};

use super::Desk;
use crate::script::session::lock;
use crate::script::{Console, ErrorKind, ScriptError};

/// What is permitted to every script.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Files, and folders with all that is in them.
    pub files: Vec<PathBuf>,
    /// `HOST`, `HOST:PORT`, `*.DOMAIN`.
    pub hosts: Vec<String>,
    /// Variables of the environment.
    pub environment: Vec<String>,
}

/// What is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    Files,
    Hosts,
    Environment,
}

/// How headers, options and messages call it.
const WORDS: &[(Sort, &str, &str, &str)] = &[
    (Sort::Files, "files", "--allow-files", "use the file"),
    (Sort::Hosts, "hosts", "--allow-hosts", "talk to the server"),
    (Sort::Environment, "environment", "--allow-environment", "read the variable"),
];

impl Sort {
    /// The key in a header.
    pub(super) fn key(self) -> &'static str {
        self.words().1
    }

    fn words(self) -> (Sort, &'static str, &'static str, &'static str) {
        *WORDS.iter().find(|row| row.0 == self).expect("every sort has a row")
    }
}

/// One thing that is to be reached.
struct Wish<'w> {
    sort: Sort,
    /// As the script has it.
    named: &'w str,
    /// As a header would name it.
    needed: String,
    /// Whether what is permitted is this.
    fits: &'w dyn Fn(&str) -> bool,
}

impl Desk {
    /// Where a path of a script leads, if it may go there.
    ///
    /// # Errors
    /// `denied` for what is neither below the folder nor permitted.
    pub(in crate::script) fn file(
        &self,
        console: &dyn Console,
        folder: &Path,
        path: &str,
    ) -> Result<PathBuf, ScriptError> {
        let outside = || {
            let message = format!("`{path}` leads nowhere that a script may go");
            ScriptError::new(ErrorKind::Denied, message)
        };
        if path.trim().is_empty() {
            return Err(ScriptError::invalid("an empty path"));
        }
        let target = real(&folder.join(path)).ok_or_else(outside)?;
        let root = real(folder).ok_or_else(outside)?;
        if target.starts_with(&root) {
            return Ok(target);
        }
        let within = |permitted: &Path| {
            real(&root.join(permitted))
                .is_some_and(|permitted| target.starts_with(permitted))
        };
        if self.0.rules.reach.files.iter().any(|permitted| within(permitted)) {
            return Ok(target);
        }
        let needed = target.display().to_string();
        let fits = |permitted: &str| within(Path::new(permitted));
        self.permit(
            console,
            &Wish { sort: Sort::Files, named: path, needed, fits: &fits },
        )?;
        Ok(target)
    }

    /// Whether a script may talk to the server at this address.
    ///
    /// # Errors
    /// `denied` where it may not.
    pub(in crate::script) fn host(
        &self,
        console: &dyn Console,
        url: &str,
    ) -> Result<(), ScriptError> {
        let asked = authority(url);
        let fits = |permitted: &str| is_host(permitted, &asked);
        if self.0.rules.typed || self.0.rules.reach.hosts.iter().any(|one| fits(one)) {
            return Ok(());
        }
        let needed = asked.clone();
        self.permit(
            console,
            &Wish { sort: Sort::Hosts, named: &asked, needed, fits: &fits },
        )
    }

    /// Whether a script may read a variable of the environment.
    ///
    /// # Errors
    /// `denied` where it may not.
    pub(in crate::script) fn variable(
        &self,
        console: &dyn Console,
        name: &str,
    ) -> Result<(), ScriptError> {
        let fits = |permitted: &str| permitted == name;
        let permitted = &self.0.rules.reach.environment;
        if self.0.rules.typed || permitted.iter().any(|one| fits(one)) {
            return Ok(());
        }
        let needed = name.to_owned();
        self.permit(
            console,
            &Wish { sort: Sort::Environment, named: name, needed, fits: &fits },
        )
    }

    /// What the header asks for is permitted where somebody agrees to it, or where the
    /// scheduler runs the script: then its job was set up by somebody.
    fn permit(&self, console: &dyn Console, wish: &Wish<'_>) -> Result<(), ScriptError> {
        let rules = &self.0.rules;
        let Wish { sort, named, needed, fits } = wish;
        if rules.learning {
            lock(&self.0.tally).reach(*sort, needed);
            return Ok(());
        }
        let (_, key, flag, what) = sort.words();
        let asked = rules.needs.reach(*sort).iter().find(|one| fits(one));
        let Some(asked) = asked else {
            return Err(denied(wish));
        };
        if rules.scheduled || lock(&self.0.tally).is_agreed(*sort, asked) {
            return Ok(());
        }
        if !console
            .confirm(&format!("the script's header asks to {what} `{asked}`: permit it?"))
        {
            let message =
                format!("nobody has agreed that the script may {what} `{named}`");
            let error = ScriptError::new(ErrorKind::Denied, message);
            let hint = format!(
                "`{flag} {asked}` permits it, and `--yes` all `{key}` of its header"
            );
            return Err(error.hint(hint));
        }
        lock(&self.0.tally).agree(*sort, asked);
        Ok(())
    }
}

fn denied(wish: &Wish<'_>) -> ScriptError {
    let Wish { sort, named, needed, .. } = wish;
    let (_, key, flag, what) = sort.words();
    let message = match sort {
        Sort::Files => format!("`{named}` is not below the working folder"),
        Sort::Hosts | Sort::Environment => format!("the script may not {what} `{named}`"),
    };
    let needed = match sort {
        Sort::Files => Path::new(needed)
            .parent()
            .map_or_else(|| needed.clone(), |folder| folder.display().to_string()),
        Sort::Hosts | Sort::Environment => needed.clone(),
    };
    let error = ScriptError::new(ErrorKind::Denied, message);
    error.hint(format!("`{flag} {needed}` permits it")).hint(format!(
        "for jobs the header asks for it: `needs: #{{ {key}: [{needed:?}] }}`"
    ))
}

/// A path without links and `..`; what does not exist yet lies in what does. Nothing where a
/// link leads nowhere.
fn real(path: &Path) -> Option<PathBuf> {
    let existing = path.ancestors().find(|part| part.symlink_metadata().is_ok())?;
    let rest = path.strip_prefix(existing).ok()?;
    let is_plain = |part: std::path::Component<'_>| {
        matches!(part, std::path::Component::Normal(_) | std::path::Component::CurDir)
    };
    if !rest.components().all(is_plain) {
        return None;
    }
    let existing = existing.canonicalize().ok()?;
    Some(if rest.as_os_str().is_empty() { existing } else { existing.join(rest) })
}

/// `HOST:PORT` of an address, without the port where none is said.
pub fn authority(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = rest[..end].rsplit('@').next().unwrap_or_default();
    host.to_lowercase()
}

fn is_host(permitted: &str, asked: &str) -> bool {
    let permitted = permitted.to_lowercase();
    let bare = match asked.rsplit_once(':') {
        Some((bare, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => bare,
        Some(_) | None => asked,
    };
    let domain = permitted.strip_prefix('*').filter(|domain| domain.starts_with('.'));
    match domain {
        Some(domain) => bare.ends_with(domain),
        None => permitted == asked || permitted == bare,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_told_from_another() {
        let asked = authority("https://ann:pw@Data.example.org:8443/openbis?x");
        assert_eq!(asked, "data.example.org:8443");
        for permitted in ["data.example.org", "DATA.example.org:8443", "*.example.org"] {
            assert!(is_host(permitted, &asked), "{permitted}");
        }
        for other in ["example.org", "data.example.org:443", "*ample.org", "*", ""] {
            assert!(!is_host(other, &asked), "{other}");
        }
        assert!(!is_host("*.example.org", "evilexample.org"));
        assert_eq!(authority("https://lab@evil.org/"), "evil.org");
    }

    #[test]
    fn a_path_is_judged_by_where_it_leads() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::create_dir(root.join("a")).unwrap();
        assert_eq!(real(&root.join("a/../b.csv")), Some(root.join("b.csv")));
        assert_eq!(real(&root.join("new/b.csv")), Some(root.join("new/b.csv")));
        assert_eq!(real(&root.join("new/../../b.csv")), None);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("/", root.join("out")).unwrap();
            std::os::unix::fs::symlink("/no/such", root.join("nowhere")).unwrap();
            assert_eq!(real(&root.join("out/x")), Some(PathBuf::from("/x")));
            assert_eq!(real(&root.join("nowhere/x")), None);
            assert_eq!(real(&root.join("nowhere")), None);
        }
    }
}
