//! Every object in the example answers of openBIS's own mapper has its like in an answer of
//! the sandbox: the same `@type` with the same fields. Skipped where the examples are not at
//! hand.
#![expect(clippy::disallowed_types, reason = "the examples are held as JSON")]
#![expect(clippy::print_stdout, reason = "a skipped test says so")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod lab;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use lab::Lab;
use rhobis::model::{Kind, Verb};
use serde_json::{Map, Value};

/// Beginnings of the types that need a data store, files in one, a data base to be queried
/// or its services, or that the server leaves out whatever it is asked.
const ABSENT: &[&str] = &[
    "dss.",
    "as.dto.common.Table",
    "as.dto.dataset.ContentCopy",
    "as.dto.dataset.LinkedData",
    "as.dto.dataset.id.ContentCopyPermId",
    "as.dto.datastore.id.DataStorePermId",
    "as.dto.global.fetchoptions.MatchFetchOptions",
    "as.dto.plugin.evaluate.",
    "as.dto.query.",
    "as.dto.service.AggregationService",
    "as.dto.service.fetchoptions.AggregationService",
    "as.dto.service.id.DssService",
];

/// Fields of each type, in all variations.
type Shapes = BTreeMap<String, BTreeSet<Vec<String>>>;

#[test]
fn every_example_has_its_like() {
    let examples = examples();
    let lab = Lab::open();
    let mut seen = Shapes::new();
    lab.singles().iter().for_each(|answer| note(answer, &mut seen));
    for kind in searched() {
        let mut asked = BTreeSet::new();
        options_of(kind, &examples, &mut asked);
        for options in asked {
            note(&lab.search(kind, &options), &mut seen);
        }
    }
    let mut wrong = Vec::new();
    for (name, example) in &examples {
        let mut wanted = Shapes::new();
        note(example, &mut wanted);
        for (class, shapes) in wanted {
            if ABSENT.iter().any(|absent| class.starts_with(absent)) {
                continue;
            }
            let own = seen.get(&class);
            let is_own = |shape: &Vec<String>| own.is_some_and(|own| own.contains(shape));
            for shape in shapes.into_iter().filter(|shape| !is_own(shape)) {
                wrong.push(format!("{name}: {class} {shape:?}\n  only {own:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} have no like:\n{}", wrong.len(), wrong.join("\n"));
}

fn searched() -> impl Iterator<Item = Kind> {
    Kind::ALL.iter().copied().filter(|kind| kind.spec().verbs.contains(&Verb::Search))
}

/// By their names.
fn examples() -> Vec<(String, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["../shared", "../../shared"]
        .map(|up| root.join(up).join("openbis/wire-examples"));
    let Some(folder) = folders.iter().find(|folder| folder.is_dir()) else {
        println!("skipped: there are no example answers beside the project");
        return Vec::new();
    };
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |file: &PathBuf| {
        let text = std::fs::read_to_string(file).unwrap();
        let name = file.file_stem().unwrap().display().to_string();
        (name, serde_json::from_str(&text).unwrap())
    };
    files.iter().map(read).collect()
}

/// Notes the types and fields of all objects in an answer.
fn note(json: &Value, shapes: &mut Shapes) {
    match json {
        Value::Object(fields) => {
            if let Some(Value::String(class)) = fields.get("@type") {
                let mut names: Vec<String> = fields.keys().cloned().collect();
                names.sort();
                shapes.entry(class.clone()).or_default().insert(names);
            }
            fields.values().for_each(|field| note(field, shapes));
        }
        Value::Array(items) => items.iter().for_each(|item| note(item, shapes)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// All fetch options for objects of the kind that came back in examples.
fn options_of(kind: Kind, examples: &[(String, Value)], found: &mut BTreeSet<String>) {
    let spec = kind.spec();
    let class = format!("as.dto.{}.fetchoptions.{}FetchOptions", spec.package, spec.name);
    for (_, example) in examples {
        collect(example, &class, found);
    }
}

fn collect(json: &Value, class: &str, found: &mut BTreeSet<String>) {
    match json {
        Value::Object(fields) => {
            if fields.get("@type").and_then(Value::as_str) == Some(class) {
                found.insert(asked(fields).to_string());
            }
            fields.values().for_each(|field| collect(field, class, found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, class, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Fetch options that came back, as they are sent: without numbers, order and pages.
fn asked(options: &Map<String, Value>) -> Value {
    let sent = options.iter().filter_map(|(name, value)| match value {
        Value::Object(inner) if !name.starts_with("sort") => {
            Some((name.clone(), asked(inner)))
        }
        Value::String(_) => Some((name.clone(), value.clone())),
        Value::Object(_)
        | Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::Array(_) => None,
    });
    Value::Object(sent.collect())
}
