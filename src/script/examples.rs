//! The documentation of functions that every kind has.
use crate::model::{Id, Kind};

/// An id that the demo lab has, for examples.
const IDS: &[(Kind, &str)] = &[
    (Kind::Space, "LAB"),
    (Kind::Project, "/LAB/STRESS"),
    (Kind::SampleType, "YEAST"),
    (Kind::ExperimentType, "DEFAULT_EXPERIMENT"),
    (Kind::DataSetType, "RAW_DATA"),
    (Kind::PropertyType, "$NAME"),
    (Kind::Person, "admin"),
];

/// How a new one is described, for examples.
const NEW: &[(Kind, &str)] = &[
    (Kind::Space, "\"TEAM\", \"Our team\""),
    (Kind::Project, "#{ space: \"LAB\", code: \"HEAT\" }"),
    (Kind::Experiment, "\"DEFAULT_EXPERIMENT\", \"RUN_1\", \"/LAB/STRESS\""),
    (Kind::Sample, "\"YEAST\", #{ space: \"LAB\", props: #{ \"$name\": \"BY4741\" } }"),
    (Kind::DataSet, "#{ type: \"RAW_DATA\", kind: \"CONTAINER\" }"),
    (Kind::Tag, "\"checked\""),
    (Kind::SampleType, "\"PLATE\", \"PLA\""),
    (Kind::ExperimentType, "\"SCREEN\""),
    (Kind::DataSetType, "\"PICTURES\""),
    (Kind::PropertyType, "\"WEIGHT\", \"Weight\", \"In grams.\", \"REAL\""),
    (Kind::Vocabulary, "\"COLOURS\", [\"RED\", \"GREEN\"]"),
    (Kind::VocabularyTerm, "\"BLUE\", \"COLOURS\""),
    (Kind::Person, "\"newcomer\""),
    (Kind::AuthorizationGroup, "\"READERS\""),
];

/// A script that gets one of the kind.
fn one(kind: Kind, noun: &str) -> String {
    if let Some((_, id)) = IDS.iter().find(|row| row.0 == kind) {
        return format!("print(o.get_{noun}(\"{id}\"));");
    }
    let nouns = kind.spec().nouns();
    format!("for it in o.get_{nouns}() {{ print(o.get_{noun}(it)); break; }}")
}

/// An id that names none of the kind.
fn nothing(kind: Kind) -> &'static str {
    let ids = ["999999", "20200101000000000-1", "NOTHING (NOWHERE)"];
    ids.into_iter().find(|id| Id::parse(kind, id).is_ok()).unwrap_or("NOTHING")
}

fn with_example(mut lines: Vec<String>, example: String) -> Vec<String> {
    lines.extend([String::new(), "```rhai".to_owned(), example, "```".to_owned()]);
    lines
}

fn text(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

/// The noun with an article: `an experiment`.
fn a(noun: &str) -> String {
    let noun = noun.replace('_', " ");
    let article = if noun.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {noun}")
}

pub(super) fn get(kind: Kind, noun: &str) -> Vec<String> {
    let first = format!("Gets {}: {}", a(noun), kind.spec().summary);
    let lines = text(&[
        &first,
        "`id` is its permId, identifier or code; a list of them gives a list, in one call.",
        "",
        "# Errors",
        "`not_found` when there is none; the hint names the nearest.",
    ]);
    let example = match kind {
        Kind::VocabularyTerm => format!("o.get_{noun}_opt(\"RED\", \"COLOURS\");"),
        _ => one(kind, noun),
    };
    with_example(lines, example)
}

pub(super) fn get_opt(kind: Kind, noun: &str) -> Vec<String> {
    let first = format!("Gets {}, or `()` when there is none.", a(noun));
    let id = nothing(kind);
    with_example(vec![first], format!("assert_eq(o.get_{noun}_opt(\"{id}\"), ());"))
}

pub(super) fn search(kind: Kind, nouns: &str) -> Vec<String> {
    let shown = nouns.replace('_', " ");
    let first = format!("Searches for {shown}: {}", kind.spec().summary);
    let lines = text(&[
        &first,
        "The map says which: attributes, properties in `where`, `sort`, `count`,",
        "`start_with`, columns in `attrs` and `props`. Lists mean any of their items, `\">5\"`",
        "compares, `*` stands for any text; `any`, `all`, `not`, `between` combine.",
        "Pages are fetched as they are looked at. Before the map stands what pyBIS takes by",
        "position; `()` leaves one out.",
        "",
        "# Errors",
        "When an argument is unknown; the hint names the nearest.",
    ]);
    with_example(
        lines,
        format!("for it in o.get_{nouns}(#{{ count: 3 }}) {{ print(it); }}"),
    )
}

pub(super) fn held(kind: Kind, nouns: &str) -> Vec<String> {
    let shown = nouns.replace('_', " ");
    let first =
        format!("The {shown} that lie in the object, as far as they fit the search.");
    let holder = match kind {
        Kind::VocabularyTerm => "o.get_vocabularies()[0]",
        _ => "o.get_space(\"LAB\")",
    };
    with_example(vec![first], format!("print({holder}.get_{nouns}().total);"))
}

pub(super) fn get_held(noun: &str) -> Vec<String> {
    let first = format!("Gets {} that lies in the object, by its code.", a(noun));
    let lines = text(&[&first, "", "# Errors", "`not_found` when there is none."]);
    with_example(lines, "print(o.get_space(\"LAB\").get_project(\"STRESS\"));".to_owned())
}

pub(super) fn new_held(noun: &str) -> Vec<String> {
    let first = format!("Describes {} in the object; `save()` makes it.", a(noun));
    let example = "let it = o.get_space(\"LAB\").new_project(\"HEAT\");".to_owned();
    with_example(vec![first], example)
}

pub(super) fn new(kind: Kind, noun: &str) -> Vec<String> {
    let fields = kind.spec().fields.iter().filter(|field| field.on_create);
    let needed: Vec<String> = fields
        .clone()
        .filter(|field| field.required)
        .map(|field| format!("`{}`", field.name))
        .collect();
    let others: Vec<String> = fields
        .filter(|field| !field.required && !field.sent_only)
        .map(|field| format!("`{}`", field.name))
        .collect();
    let first = format!("Describes a new {}; `save()` makes it.", noun.replace('_', " "));
    let mut lines = text(&[&first, "What has a name is given in a map, last."]);
    lines.push(String::new());
    lines.push(format!("Needed: {}. Possible: {}.", list(&needed), list(&others)));
    match NEW.iter().find(|row| row.0 == kind) {
        Some((_, args)) => with_example(lines, format!("let it = o.new_{noun}({args});")),
        None => with_example(lines, format!("let it = o.new_{noun}(#{{}});")),
    }
}

fn list(names: &[String]) -> String {
    if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
}
