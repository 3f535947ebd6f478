//! Methods that are called by their names are changes as any others.
use rhobis::cli::Exit;

use crate::listening::Listening;
use crate::rhobis::Rhobis;

const RENAME: &str = r#"
let s = o.get_samples(#{ type: "OLIGO" })[0];
o.call("updateSamples", [[#{ sampleId: s, properties: #{ NOTES: "by name" } }]]);
print(o.call("createSpaces", [[#{ code: "MADE" }]]).len());
"#;

const LOOK: &str = r#"`${o.get_samples(#{ type: "OLIGO" })[0].p.notes} ${o.get_spaces(#{ code: "MADE" }).total}`"#;

#[test]
fn a_call_by_name_is_written_down_listed_and_left_by_undo() {
    let lab = Rhobis::new();
    lab.again().script(RENAME).run().succeeds().stdout_is("1");
    lab.again().eval(LOOK).run().stdout_is("by name 1");
    lab.again()
        .args(["runs", "show", "1", "--output=csv"])
        .run()
        .succeeds()
        .stdout_has("1,done,call,,updateSamples: 2")
        .stdout_has("NOTES: by name")
        .stdout_has("2,done,call,,createSpaces: MADE,[code: MADE],");
    lab.again()
        .args(["undo", "1", "--yes"])
        .run()
        .fails_with(Exit::Partly)
        .stderr_has("left alone: createSpaces: MADE: it was called by its name")
        .stderr_has("left alone: updateSamples: 2");
    lab.again().eval(LOOK).run().stdout_is("by name 1");
}

#[test]
fn openbis_knows_a_call_by_name_by_the_run() {
    let lab = Rhobis::new();
    lab.again().script(RENAME).run().succeeds();
    let known = lab.again().args(["runs", "show", "1", "--server"]).run().succeeds();
    known.stdout_has("FINISHED").stdout_has("rhobis run 1, call 2: script.rhai");
}

#[test]
fn a_dry_run_lists_a_call_by_name_and_makes_none() {
    let lab = Rhobis::new();
    lab.again()
        .script(r#"o.call("deleteSpaces", [["NOTHING"], #{ reason: "x" }]);"#)
        .args(["--dry-run", "--output=csv"])
        .run()
        .succeeds()
        .stdout_has("call,,deleteSpaces,,,\"[NOTHING], reason: x\"")
        .stderr_has("`deleteSpaces` is not called");
}

#[test]
fn a_plan_with_a_call_by_name_is_applied_once() {
    let sandbox = Listening::new();
    let lab = Rhobis::new();
    let at = || {
        let at = lab.again().at(&sandbox.url);
        at.env("OPENBIS_USERNAME", "admin").env("OPENBIS_PASSWORD", "secret")
    };
    let script = r#"
        let p = o.new_project("LAB", "PLANNED", "x").save();
        o.call("updateProjects", [[#{ projectId: p, description: "by name" }]]);
    "#;
    at().file("change.rhai", script)
        .args(["plan", "change.rhai", "-o", "plan.json"])
        .run()
        .succeeds()
        .stdout_has("updateProjects");
    at().eval(r#"o.get_projects(#{ code: "PLANNED" }).total"#).run().stdout_is("0");
    at().args(["apply", "plan.json"]).run().succeeds();
    at().eval(r#"o.get_project("/LAB/PLANNED").description"#).run().stdout_is("by name");
    at().args(["apply", "plan.json"]).run().fails_with(Exit::Conflict);
}

#[test]
fn the_limits_of_changes_and_deletions_hold_for_calls_by_name() {
    let lab = Rhobis::new();
    let many =
        r#"o.call("createSpaces", [[#{ code: "A" }, #{ code: "B" }, #{ code: "C" }]])"#;
    lab.again()
        .script(many)
        .args(["--max-changes", "2"])
        .run()
        .fails_with(Exit::Limit)
        .stderr_has("max-changes");
    lab.again().eval(r#"o.get_spaces(#{ code: "A" }).total"#).run().stdout_is("0");
    let delete = r#"o.call("deleteProjects", [["/LAB/YEASTS"], #{ reason: "x" }])"#;
    lab.again()
        .script(delete)
        .args(["--max-delete", "0"])
        .run()
        .fails_with(Exit::Limit)
        .stderr_has("deletions");
    let freeze = r#"o.call("updateSpaces", [[#{ spaceId: "LAB", freeze: true }]])"#;
    lab.again().script(freeze).run().fails_with(Exit::Limit).stderr_has("freeze");
}

#[test]
fn a_recipe_calls_only_what_its_header_names() {
    let lab = Rhobis::new();
    let script = |needs: &str| {
        format!(
            "const RECIPE = #{{ needs: #{{ write: [\"{needs}\"] }} }};
             o.call(\"createSpaces\", [[#{{ code: \"A\" }}]]);"
        )
    };
    lab.again()
        .script(&script("space.create"))
        .run()
        .fails_with(Exit::Limit)
        .stderr_has("may not write `call.createSpaces`");
    lab.again()
        .script(&script("space.create"))
        .args(["--learn", "--dry-run"])
        .run()
        .stdout_has(r#"write: ["call.createSpaces"]"#);
    lab.again().script(&script("call.createSpaces")).run().succeeds();
    lab.again()
        .script(&script("call.createSpace"))
        .run()
        .stderr_has("`createSpaces` meant");
}

#[test]
fn a_transaction_refuses_what_could_not_wait_for_it() {
    let lab = Rhobis::new();
    let script = r#"o.transaction(|| {
        o.new_space(#{ code: "A" }).save();
        o.call("createSpaces", [[#{ code: "B" }]]);
    })"#;
    lab.again()
        .script(script)
        .run()
        .fails_with(Exit::Script)
        .stderr_has("`createSpaces` is called at once");
    lab.again().eval(r#"o.get_spaces(#{ code: "A" }).total"#).run().stdout_is("0");
}

#[test]
fn no_secret_that_a_method_is_given_is_written_down() {
    let lab = Rhobis::new();
    let script = r#"
        let made = o.call("createPersonalAccessTokens", [[#{
            sessionName: "mine",
            validFromDate: at("2024-01-01"), validToDate: at("2099-01-01"),
        }]]);
        print(made[0]);
        try { o.call("executeCustomASService", ["x", #{ parameters: #{ password: "5e" + "cret" } }]); }
        catch (e) { }
    "#;
    let seen = lab.again().script(script).shows_secrets().run().succeeds();
    let token = seen.stdout.trim().to_owned();
    assert!(token.starts_with("$pat-"), "{token}");
    let shown = lab.again().args(["runs", "show", "1", "--output=json"]).run().succeeds();
    let shown = shown.stdout_lacks("5ecret").stdout_lacks(&token);
    let _ = shown.stdout_has("createPersonalAccessTokens");
    for file in ["rhobis.db", "rhobis.db-wal"] {
        let Ok(bytes) = std::fs::read(lab.home(file)) else { continue };
        for secret in ["5ecret", &token] {
            let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "{file} holds `{secret}`");
        }
    }
}

fn at(lab: &Rhobis, sandbox: &Listening) -> Rhobis {
    lab.again()
        .at(&sandbox.url)
        .env("OPENBIS_USERNAME", "admin")
        .env("OPENBIS_PASSWORD", "secret")
}

fn faulty(fault: &str) -> Listening {
    Listening::serving(&["--listen=127.0.0.1:0", "--user=admin:secret", "--fault", fault])
}

#[test]
fn a_call_by_name_whose_answer_is_lost_is_made_once() {
    let sandbox = faulty("executeOperations:1:drop-after");
    let lab = Rhobis::new();
    at(&lab, &sandbox)
        .script(r#"print(o.call("createSpaces", [[#{ code: "ONE" }]]));"#)
        .run()
        .succeeds()
        .stdout_is(r#"["ONE"]"#);
    at(&lab, &sandbox)
        .args(["runs", "show", "1", "--output=csv"])
        .run()
        .stdout_has("1,done,call,,createSpaces: ONE");
}

#[test]
fn what_became_of_a_service_whose_answer_is_lost_is_not_guessed() {
    let sandbox = faulty("executeCustomASService:1:drop-after");
    let lab = Rhobis::new();
    at(&lab, &sandbox)
        .script(
            r#"o.new_space(#{ code: "BEFORE" }).save();
               o.call("executeCustomASService", ["any", #{ parameters: #{} }]);"#,
        )
        .run()
        .fails_with(Exit::Unreachable);
    at(&lab, &sandbox)
        .args(["resume", "1"])
        .run()
        .fails_with(Exit::Conflict)
        .stderr_has("call 2 had no answer: nobody knows whether it was done")
        .stderr_has("undecided: executeCustomASService");
    at(&lab, &sandbox)
        .eval(r#"o.get_spaces(#{ code: "BEFORE" }).total"#)
        .run()
        .stdout_is("1");
}

#[test]
fn a_run_that_goes_on_is_told_what_a_method_gave() {
    let sandbox = Listening::new();
    let lab = Rhobis::new();
    let script = r#"
        let made = o.call("createSpaces", [[#{ code: "ONE" }]]);
        if o.get_spaces(#{ code: "GO" }).total == 0 { throw "not yet"; }
        print(made);
    "#;
    at(&lab, &sandbox).script(script).run().fails_with(Exit::Script);
    at(&lab, &sandbox)
        .eval(r#"o.new_space(#{ code: "GO" }).save().code"#)
        .run()
        .succeeds();
    at(&lab, &sandbox).args(["resume", "1"]).run().succeeds().stdout_is(r#"["ONE"]"#);
}
