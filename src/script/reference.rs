//! What the functions of the engine say of themselves.
use std::collections::BTreeSet;

use rhai::Engine;

use super::engine::CALL;

/// A function as people read of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Function {
    pub name: String,
    /// The topic that stands before it: `log`; nothing for most.
    pub namespace: String,
    /// `get_sample(session, id)`
    pub signature: String,
    /// The type that it is called on: `Record`; that of the first parameter.
    pub receiver: String,
    /// `(id: any)`: without what stands before the dot.
    pub parameters: String,
    /// The first paragraph of its documentation.
    pub summary: String,
    /// The whole documentation, in Markdown.
    pub doc: String,
    /// The scripts in it.
    pub examples: Vec<String>,
}

/// All functions of rhobis, by name.
pub fn functions(engine: &Engine) -> Vec<Function> {
    let mut functions = engine.collect_fn_metadata(
        None,
        |info| {
            let metadata = info.metadata;
            let name = readable(&metadata.name)?;
            let doc = doc_of(&metadata.comments);
            let params: Vec<String> = metadata
                .params_info
                .iter()
                .take(metadata.num_params)
                .map(|param| called(param.split(':').next().unwrap_or(param)).to_owned())
                .filter(|param| param != "context")
                .collect();
            let typed = typed(&metadata.params_info, metadata.num_params);
            let receiver = typed.first().map(|(_, ty)| ty.clone()).unwrap_or_default();
            let getter = metadata.name.starts_with("get$");
            Some(Function {
                parameters: if getter { String::new() } else { listed(&typed) },
                receiver,
                signature: format!("{name}({})", params.join(", ")),
                name,
                namespace: info.namespace.to_string(),
                summary: doc.split("\n\n").next().unwrap_or_default().to_owned(),
                examples: examples_of(&doc),
                doc,
            })
        },
        false,
    );
    functions.sort();
    functions
}

/// Types as the reference calls them.
const TYPES: &[(&str, &str)] = &[
    ("Session", "Openbis"),
    ("Entity", "Record"),
    ("Results", "Found"),
    ("Props", "Properties"),
    ("Condition", "Conditions"),
    ("Frame", "Table"),
    ("ScriptError", "Error"),
    ("Sheet", "Spreadsheet"),
    ("SheetCell", "Cell"),
    ("SheetColumn", "Column"),
    ("str", "text"),
    ("String", "text"),
    ("ImmutableString", "text"),
    ("INT", "integer"),
    ("i64", "integer"),
    ("FLOAT", "real"),
    ("bool", "boolean"),
    ("Dynamic", "any"),
    ("?", "any"),
    ("", "any"),
    ("Map", "map"),
    ("Array", "list"),
    ("FnPtr", "function"),
    ("Blob", "bytes"),
];

/// The name of a parameter as a script's author needs it.
fn called(name: &str) -> &str {
    name.trim().trim_start_matches("mut ")
}

/// The parameters with their types, without what the engine hands in.
fn typed<S: AsRef<str>>(params: &[S], count: usize) -> Vec<(String, String)> {
    let pair = |param: &S| {
        let (name, ty) = param.as_ref().split_once(':').unwrap_or((param.as_ref(), ""));
        let ty = ty.trim().trim_start_matches('&').trim_start_matches("mut ").trim();
        let ty = ty.rsplit("::").next().unwrap_or(ty);
        let known = TYPES.iter().find(|row| row.0 == ty);
        (called(name).to_owned(), known.map_or(ty, |row| row.1).to_owned())
    };
    let all = params.iter().take(count).map(pair);
    all.filter(|(name, _)| name != "context").collect()
}

/// Types of which the first parameter stands before the dot.
const BEFORE_THE_DOT: &[&str] = &[
    "Openbis",
    "Record",
    "Found",
    "Properties",
    "Table",
    "Moment",
    "Day",
    "Bar",
    "Error",
    "Spreadsheet",
    "Cell",
    "Column",
];

fn listed(typed: &[(String, String)]) -> String {
    let skipped = typed.first().is_some_and(|(_, ty)| BEFORE_THE_DOT.contains(&&**ty));
    let shown = typed.iter().skip(usize::from(skipped));
    let shown: Vec<String> = shown.map(|(name, ty)| format!("{name}: {ty}")).collect();
    format!("({})", shown.join(", "))
}

/// The name of a function, a getter or an operator; nothing for what the engine made itself.
fn readable(name: &str) -> Option<String> {
    if let Some(property) = name.strip_prefix("get$") {
        return Some(property.to_owned());
    }
    let name = if name == CALL { "call" } else { name };
    Some(name.to_owned()).filter(|name| !name.starts_with("set$"))
}

fn doc_of<S: AsRef<str>>(comments: &[S]) -> String {
    let lines = comments.iter().flat_map(|comment| comment.as_ref().lines());
    let lines = lines.map(|line| {
        let line = line.trim_start().trim_start_matches("///");
        line.strip_prefix(' ').unwrap_or(line)
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// The scripts between three ticks; a block marked `text` is no script, but shows one.
fn examples_of(doc: &str) -> Vec<String> {
    let mut examples = Vec::new();
    let mut lines = doc.lines();
    while let Some(line) = lines.next() {
        let run = line == "```rhai";
        if !run && line != "```text" {
            continue;
        }
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        examples.push(if run { body.join("\n") } else { String::new() });
    }
    examples
}

/// Names of properties that can be read and written.
#[derive(Clone, Debug, Default)]
pub struct Accessors {
    /// With whether what is read is a map or an array.
    pub getters: BTreeSet<(String, bool)>,
    pub setters: BTreeSet<String>,
}

/// The getters and setters of the engine.
pub fn accessors(engine: &Engine) -> Accessors {
    let mut found = Accessors::default();
    let rows = engine.collect_fn_metadata(
        None,
        |info| {
            Some((info.metadata.name.to_string(), info.metadata.return_type.to_string()))
        },
        false,
    );
    for (name, returned) in rows {
        if let Some(property) = name.strip_prefix("get$") {
            let container = returned.contains("Array") || returned.contains("Map");
            found.getters.insert((property.to_owned(), container));
        }
        if let Some(property) = name.strip_prefix("set$") {
            found.setters.insert(property.to_owned());
        }
    }
    found
}
