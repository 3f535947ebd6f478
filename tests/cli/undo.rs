//! What a run has changed is taken back, as a second session sees it.
use rhobis::cli::Exit;

use crate::listening::Listening;
use crate::rhobis::{Rhobis, Seen};

/// Tells all that can be changed, a line for each object.
const LOOK: &str = r#"
fn texts(list) { let all = []; for x in list { all.push(`${x}`); } all.sort(); all }
let out = [];
for s in o.get_samples(#{ attrs: ["tags", "parents", "children", "components", "container", "experiment", "attachments"] }) {
    out.push([s.permId, s.identifier, `${s.p}`, texts(s.tags), texts(s.parents), texts(s.children),
        texts(s.components), `${s.container}`, `${s.experiment}`, `${s.attachments}`]);
}
for s in o.get_experiments() { out.push([s.permId, s.identifier, `${s.p}`, texts(s.tags)]); }
for s in o.get_datasets(#{ attrs: ["tags", "parents", "experiment", "sample", "physicalData"] }) {
    out.push([s.permId, `${s.p}`, texts(s.tags), `${s.experiment}`, `${s.sample}`,
        texts(s.parents), s.status, s.archivingRequested]);
}
for s in o.get_projects() { out.push([s.identifier, s.description]); }
for s in o.get_spaces() { out.push([s.code, s.description]); }
for s in o.get_tags() { out.push([s.permId, s.description]); }
for s in o.get_vocabularies() { out.push([s.code, s.description]); }
for s in o.get_terms() { out.push([s.code, `${s.vocabulary}`, s.label, s.description, s.official]); }
for s in o.get_sample_types() { out.push([s.code, s.description]); }
for s in o.get_property_types() { out.push([s.code, s.label, s.description]); }
let lines = out.map(|line| `${line}`);
lines.sort();
for line in lines { print(line); }
"#;

const OLIGO: &str = r#"let s = o.get_samples(#{ type: "OLIGO" })[0];"#;
const DATASET: &str = "let d = o.get_datasets(#{ status: \"AVAILABLE\" })[0];";

/// What is done, and whether all of it can be taken back.
const CHANGES: &[(&str, &[&str])] = &[
    (
        "properties set, new and taken away",
        &[
            OLIGO,
            r#"s.p["$name"] = "other"; s.p.notes = "new"; s.p["oligo.direction"] = (); s.save();"#,
        ],
    ),
    (
        "one object twice",
        &[OLIGO, r#"s.p.notes = "one"; s.save(); s.p.notes = "two"; s.save();"#],
    ),
    ("tags", &[OLIGO, r#"s.add_tags("FAVOURITE"); s.save();"#]),
    (
        "parents",
        &[
            OLIGO,
            r#"let y = o.get_samples(#{ type: "YEAST" })[0]; y.add_parents(s.identifier); y.save();"#,
        ],
    ),
    (
        "parents in place of others",
        &[
            OLIGO,
            r#"let y = o.get_samples(#{ type: "YEAST" })[1]; y.parents = [s]; y.save();"#,
        ],
    ),
    (
        "children",
        &[OLIGO, r#"s.add_children(o.get_samples(#{ type: "YEAST" })[2]); s.save();"#],
    ),
    (
        "a move",
        &[
            OLIGO,
            r#"s.experiment = "/DEFAULT/DEFAULT/DEFAULT"; s.project = "/DEFAULT/DEFAULT"; s.space = "DEFAULT"; s.save();"#,
        ],
    ),
    (
        "a container",
        &[OLIGO, r#"s.container = o.get_samples(#{ type: "OLIGO" })[1]; s.save();"#],
    ),
    (
        "new samples",
        &[r#"o.new_sample("OLIGO", #{ space: "LAB", props: #{ "$name": "n" } }).save();
            let s = o.new_sample("OLIGO", #{ space: "LAB" }).save(); s.p.notes = "then"; s.save();"#],
    ),
    ("a new project", &[r#"o.new_project("LAB", "UNDONE", "x").save();"#]),
    ("a new space", &[r#"o.new_space(#{ code: "UNDONE", description: "x" }).save();"#]),
    ("a new tag", &[r#"o.new_tag("fresh", "x").save();"#]),
    (
        "new words",
        &[
            r#"o.new_vocabulary("UNDONE", #{ description: "d", terms: [#{ code: "A" }] }).save();
            o.new_term("NEWTERM", "STORAGE_CONDITIONS", "a label").save();"#,
        ],
    ),
    (
        "a term",
        &[
            r#"let t = o.get_terms("STORAGE_CONDITIONS")[0]; t.label = "other"; t.description = "d"; t.save();"#,
        ],
    ),
    (
        "a sample in the trash",
        &[r#"o.get_samples(#{ type: "YEAST" })[0].delete("gone");"#],
    ),
    ("a collection in the trash", &[r#"o.get_experiments()[3].delete("gone");"#]),
    ("a data set in the trash", &[DATASET, r#"d.delete("gone");"#]),
    (
        "a sample that is changed, then deleted",
        &[OLIGO, r#"s.p.notes = "last words"; s.save(); s.delete("gone");"#],
    ),
    ("a tag that goes", &[r#"o.get_tags()[0].delete("gone");"#]),
    (
        "a type",
        &[r#"let t = o.get_sample_type("OLIGO"); t.description = "other"; t.save();"#],
    ),
    (
        "new types",
        &[
            r#"o.new_sample_type("UNDONE", #{ description: "x", generatedCodePrefix: "N" }).save();
            o.new_property_type("UNDONE.PROP", "label", "desc", "VARCHAR").save();"#,
        ],
    ),
    (
        "a property type",
        &[r#"let t = o.get_property_type("YEAST.SOURCE"); t.label = "other"; t.save();"#],
    ),
    (
        "a data set",
        &[DATASET, r#"d.p["$name"] = "other"; d.add_tags("TO-REPEAT"); d.save();"#],
    ),
    ("a lock", &[DATASET, "o.lock_datasets([d]);"]),
    ("the wish for archiving", &[DATASET, "d.request_archiving();"]),
    (
        "a project",
        &[r#"let p = o.get_projects()[2]; p.description = "other"; p.save();"#],
    ),
    (
        "a collection",
        &[r#"let c = o.get_experiments()[3]; c.p["$name"] = "other"; c.save();"#],
    ),
];

/// What can be made again by undoing the undoing.
const AGAIN: &[&str] = &[
    "properties set, new and taken away",
    "tags",
    "parents",
    "new samples",
    "a sample that is changed, then deleted",
    "a tag that goes",
    "a lock",
];

fn lab(sandbox: &Listening) -> Rhobis {
    at(&Rhobis::new(), sandbox)
}

fn at(rhobis: &Rhobis, sandbox: &Listening) -> Rhobis {
    rhobis
        .again()
        .at(&sandbox.url)
        .env("OPENBIS_USERNAME", "admin")
        .env("OPENBIS_PASSWORD", "secret")
}

fn look(lab: &Rhobis, sandbox: &Listening) -> String {
    at(lab, sandbox).script(LOOK).run().succeeds().stdout
}

fn run(lab: &Rhobis, sandbox: &Listening, script: &str) -> Seen {
    at(lab, sandbox)
        .file("change.rhai", script)
        .args(["run", "change.rhai", "--yes"])
        .run()
}

fn undo(lab: &Rhobis, sandbox: &Listening, more: &str) -> Seen {
    let runs =
        lab.again().without_server().args(["runs", "--output=csv"]).run().succeeds();
    let last = runs.stdout.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    at(lab, sandbox).args(["undo", &last, "--yes", more]).run()
}

#[track_caller]
fn is_same(seen: &str, expected: &str, name: &str) {
    let other = |one: &str, other: &str| -> Vec<String> {
        let lines = one.lines().filter(|line| !other.contains(line));
        lines.map(str::to_owned).collect()
    };
    let (more, missing) = (other(seen, expected), other(expected, seen));
    assert!(seen == expected, "{name}: there is {more:?} in place of {missing:?}");
}

#[test]
fn every_kind_of_change_is_taken_back_exactly_and_made_again_by_undoing_that() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox);
    let mut before = look(&lab, &sandbox);
    for (name, script) in CHANGES {
        run(&lab, &sandbox, &script.concat()).succeeds();
        let changed = look(&lab, &sandbox);
        assert!(changed != before, "{name}: it has changed nothing");
        undo(&lab, &sandbox, "-v").succeeds();
        is_same(&look(&lab, &sandbox), &before, name);
        if AGAIN.contains(name) {
            undo(&lab, &sandbox, "-v").succeeds();
            is_same(&look(&lab, &sandbox), &changed, name);
            before = changed;
        }
    }
}

#[test]
fn what_somebody_else_has_changed_since_is_left_alone_and_named() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox);
    run(
        &lab,
        &sandbox,
        r#"for s in o.get_samples(#{ type: "OLIGO", count: 2 }) { s.p.notes = "ours"; s.save(); }"#,
    )
    .succeeds();
    let other = Rhobis::new();
    let theirs = format!("{OLIGO} s.p.notes = \"theirs\"; s.save(); print(s.identifier)");
    let named = run(&other, &sandbox, &theirs).succeeds().stdout;
    undo(&lab, &sandbox, "-v").fails_with(Exit::Partly).stderr_has(&format!(
        "left alone: {}: somebody has changed it since",
        named.trim()
    ));
    let notes = r#"let all = []; for s in o.get_samples(#{ type: "OLIGO", count: 2 }) { all.push(`${s.p.notes}`); } `${all}`"#;
    at(&lab, &sandbox).eval(notes).run().stdout_is(r#"["theirs", ""]"#);
    at(&lab, &sandbox).args(["undo", "1", "--yes", "--force"]).run().succeeds();
    at(&lab, &sandbox).eval(notes).run().stdout_is(r#"["", ""]"#);
}

#[test]
fn what_cannot_be_taken_back_is_said() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox);
    run(&lab, &sandbox, &format!("{OLIGO} s.freeze = true; s.save();")).succeeds();
    undo(&lab, &sandbox, "-v").fails_with(Exit::Partly).stderr_has("frozen");
}

#[test]
fn a_run_is_listed_with_what_it_changed_and_what_openbis_has_recorded() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox);
    run(&lab, &sandbox, &format!("{OLIGO} s.p.notes = \"ours\"; s.save();")).succeeds();
    let runs = |arguments: [&str; 3]| lab.again().without_server().args(arguments).run();
    runs(["runs", "list", "-v"]).succeeds().stdout_has("change.rhai");
    runs(["runs", "show", "1"]).succeeds().stdout_has("notes: () → ours");
    at(&lab, &sandbox)
        .args(["runs", "show", "1", "--server"])
        .run()
        .succeeds()
        .stdout_has("rhobis run 1, call 1: change.rhai")
        .stdout_has("FINISHED");
}

#[test]
fn a_run_that_changes_nothing_leaves_no_row() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox);
    run(&lab, &sandbox, "print(o.get_spaces().total)").succeeds();
    let runs =
        lab.again().without_server().args(["runs", "--output=csv"]).run().succeeds();
    assert_eq!(runs.stdout.lines().count(), 1, "{}", runs.stdout);
}
