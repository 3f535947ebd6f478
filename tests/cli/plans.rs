//! Changes in two steps: a plan, and its application.
use rhobis::cli::Exit;

use crate::listening::Listening;
use crate::rhobis::{Rhobis, Seen};

const SCRIPT: &str = r#"
const RECIPE = #{ needs: #{ write: ["*"], max_changes: 100 } };
let p = o.new_project("LAB", "PLANNED", "x").save();
let c = o.new_collection("UNKNOWN", "C1", p).save();
let s = o.get_samples(#{ type: "OLIGO" })[0];
s.p.notes = "planned";
s.save();
"#;

const LOOK: &str = r#"`${o.get_experiments(#{ code: "C1" }).map(|c| c.identifier)} ${o.get_samples(#{ type: "OLIGO" })[0].p.notes}`"#;
const BEFORE: &str = "[] ";
const AFTER: &str = r#"["/LAB/PLANNED/C1"] planned"#;

fn at(lab: &Rhobis, sandbox: &Listening) -> Rhobis {
    lab.again()
        .at(&sandbox.url)
        .env("OPENBIS_USERNAME", "admin")
        .env("OPENBIS_PASSWORD", "secret")
}

fn look(lab: &Rhobis, sandbox: &Listening) -> String {
    at(lab, sandbox).eval(LOOK).run().succeeds().stdout.trim_end().to_owned()
}

fn planned(lab: &Rhobis, sandbox: &Listening) {
    at(lab, sandbox)
        .file("change.rhai", SCRIPT)
        .args(["plan", "change.rhai", "-o", "plan.json"])
        .run()
        .succeeds()
        .stdout_has("PLANNED");
    assert_eq!(look(lab, sandbox), BEFORE.trim_end());
}

fn apply(lab: &Rhobis, sandbox: &Listening) -> Seen {
    at(lab, sandbox).args(["apply", "plan.json"]).run()
}

#[test]
fn a_plan_is_applied_once_from_whatever_machine() {
    let sandbox = Listening::new();
    let lab = Rhobis::new();
    planned(&lab, &sandbox);
    apply(&lab, &sandbox).succeeds();
    assert_eq!(look(&lab, &sandbox), AFTER);
    apply(&lab, &sandbox).fails_with(Exit::Conflict).stderr_has("applied already: run 1");
    let plan = std::fs::read_to_string(lab.path("plan.json")).unwrap();
    let elsewhere = Rhobis::new().file("plan.json", &plan);
    apply(&elsewhere, &sandbox)
        .fails_with(Exit::Conflict)
        .stderr_has("by another machine");
}

#[test]
fn a_plan_is_refused_when_what_it_touches_was_changed_since() {
    let sandbox = Listening::new();
    let lab = Rhobis::new();
    planned(&lab, &sandbox);
    let theirs = r#"let s = o.get_samples(#{ type: "OLIGO" })[0]; s.p.notes = "theirs"; s.save();"#;
    at(&lab, &sandbox).eval(theirs).run().succeeds();
    apply(&lab, &sandbox).fails_with(Exit::Conflict).stderr_has("not as it was");
    assert_eq!(look(&lab, &sandbox), "[] theirs");
}

#[test]
fn a_plan_that_was_edited_is_refused() {
    let sandbox = Listening::new();
    let lab = Rhobis::new();
    planned(&lab, &sandbox);
    let plan = std::fs::read_to_string(lab.path("plan.json")).unwrap();
    let lab = lab.file("plan.json", &plan.replace("planned", "else"));
    apply(&lab, &sandbox).fails_with(Exit::Conflict).stderr_has("was edited");
    assert_eq!(look(&lab, &sandbox), BEFORE.trim_end());
}
