//! `docs/parity.md`: what pyBIS can do, the line of a script that does it here, and the
//! test that proves it. `RHOBIS_WRITE=1` writes it anew; without, it must not be stale.
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use rhobis::wire::bean::contract;
use serde::Deserialize;

use crate::source::files;

/// A row of `tests/suite/parity.toml`, which says what its parts are.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    #[serde(default)]
    line: String,
    #[serde(default)]
    methods: Vec<String>,
    test: Option<String>,
    elsewhere: Option<String>,
    missing: Option<String>,
}

/// What the comments in the cases say they prove: `// SAM01 SAM02: they are found`.
type Proofs = BTreeMap<String, Vec<String>>;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn rows() -> BTreeMap<String, Row> {
    toml::from_str(&fs::read_to_string(path("tests/suite/parity.toml")).unwrap()).unwrap()
}

fn proofs() -> Proofs {
    let mut proofs = Proofs::new();
    let folder = files(&path("tests/suite"));
    let cases =
        folder.iter().filter(|path| path.extension().is_some_and(|e| e == "rhai"));
    for case in cases {
        let name = case.file_stem().unwrap().to_str().unwrap();
        for line in fs::read_to_string(case).unwrap().lines() {
            let Some((ids, what)) = proof(line) else { continue };
            for id in ids {
                let proved = proofs.entry(id.to_owned()).or_default();
                proved.push(format!("{name}: {what}"));
            }
        }
    }
    proofs
}

/// The ids of a comment, and what it says.
fn proof(line: &str) -> Option<(Vec<&str>, &str)> {
    let (ids, what) = line.trim_start().strip_prefix("// ")?.split_once(": ")?;
    let ids: Vec<&str> = ids.split_whitespace().collect();
    (!ids.is_empty() && ids.iter().all(|id| is_id(id))).then_some((ids, what))
}

fn is_id(word: &str) -> bool {
    let (group, number) = word.split_at_checked(3).unwrap_or_default();
    number.len() == 2
        && group.chars().all(|c| c.is_ascii_uppercase())
        && number.chars().all(|c| c.is_ascii_digit())
}

impl Row {
    fn state(&self) -> String {
        match (&self.elsewhere, &self.missing) {
            (Some(part), _) => format!("with {part}"),
            (None, Some(what)) => format!("missing: {what}"),
            (None, None) => "done".to_owned(),
        }
    }

    fn proved(&self, id: &str, proofs: &Proofs) -> Vec<String> {
        let mut proved = proofs.get(id).cloned().unwrap_or_default();
        proved.extend(self.test.clone());
        proved
    }
}

fn page() -> String {
    let (rows, proofs) = (rows(), proofs());
    let count = |wanted: &str| {
        rows.values().filter(|row| row.state().starts_with(wanted)).count()
    };
    let mut page = format!(
        "# Parity\n\n\
         What pyBIS 1.37.5 and its successors can do, and how a script does it. A test \
         makes this page from\n`tests/suite/parity.toml` and from the comments of the \
         cases in `tests/suite/`, and holds it against them.\n\n\
         {} rows: {} done, {} with another part of the program, {} missing.\n",
        rows.len(),
        count("done"),
        count("with "),
        count("missing")
    );
    let mut group = "";
    for (id, row) in &rows {
        if id[..3] != *group {
            group = &id[..3];
            let _ = write!(
                page,
                "\n## {group}\n\n| id | what | line | proved by | methods | state |\n|---|---|---|---|---|---|\n"
            );
        }
        let _ = writeln!(
            page,
            "| {id} | {} | {} | {} | {} | {} |",
            row.name,
            code(&row.line),
            row.proved(id, &proofs).join("<br>"),
            row.methods.join(" "),
            row.state()
        );
    }
    page + methods(&rows).as_str()
}

fn code(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!("`{}`", line.replace('|', "\\|"))
    }
}

fn methods(rows: &BTreeMap<String, Row>) -> String {
    let mut known: BTreeMap<&str, Vec<&str>> =
        contract().all_methods().map(|method| (method.name, Vec::new())).collect();
    for (id, row) in rows {
        for method in &row.methods {
            known.get_mut(method.as_str()).unwrap().push(id);
        }
    }
    let mut text = format!(
        "\n## Methods of openBIS\n\n\
         The interface has {} methods under {} names. Each can be called by \
         `o.call(\"name\", [parameters])`; those\nwith rows have functions of their own.\n\n\
         | method | rows |\n|---|---|\n",
        contract().all_methods().count(),
        known.len()
    );
    for (method, ids) in known {
        let _ = writeln!(text, "| `{method}` | {} |", ids.join(" "));
    }
    text
}

#[test]
fn the_page_of_parity_is_what_the_rows_and_the_cases_say() {
    let file = path("docs/parity.md");
    if std::env::var_os("RHOBIS_WRITE").is_some() {
        fs::write(&file, page()).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == page(),
        "`docs/parity.md` is stale: RHOBIS_WRITE=1 cargo test --test tidy parity"
    );
}

#[test]
fn every_row_is_proved_by_a_test() {
    let proofs = proofs();
    let unproved = rows()
        .into_iter()
        .filter(|(id, row)| row.state() == "done" && row.proved(id, &proofs).is_empty());
    let ids: Vec<String> = unproved.map(|(id, _)| id).collect();
    assert!(ids.is_empty(), "no case has a comment that begins with {}", ids.join(", "));
}

#[test]
fn what_proves_a_row_is_there() {
    let rows = rows();
    for id in proofs().keys() {
        assert!(rows.contains_key(id), "a case proves `{id}`, which is no row");
    }
    for (id, row) in &rows {
        let Some((file, name)) = row.test.as_ref().and_then(|t| t.split_once(": "))
        else {
            assert!(row.test.is_none(), "{id}: `test` names a file and a function");
            continue;
        };
        let text = fs::read_to_string(path(file)).unwrap_or_default();
        assert!(text.contains(&format!("fn {name}(")), "{id}: no `{name}` in `{file}`");
    }
}

#[test]
fn the_methods_of_the_rows_are_methods_of_openbis() {
    for (id, row) in rows() {
        for name in row.methods {
            let known = contract().all_methods().any(|method| method.name == name);
            assert!(known, "{id}: `{name}`");
        }
    }
}

#[test]
fn the_rows_are_those_of_the_list_beside_the_project() {
    let lists = ["../shared/pybis.md", "../../shared/pybis.md"].map(path);
    let Some(list) = lists.iter().find(|list| list.is_file()) else {
        return;
    };
    let text = fs::read_to_string(list).unwrap();
    let mut wanted: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split_once(' '))
        .map(|(id, _)| id)
        .filter(|id| is_id(id))
        .collect();
    wanted.sort_unstable();
    assert_eq!(rows().keys().map(String::as_str).collect::<Vec<_>>(), wanted);
}
