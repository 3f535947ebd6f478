//! Changes that can be trusted: plans, limits, permissions, and what is only partly done.
use rhobis::cli::Exit;

use crate::rhobis::Rhobis;

/// A script that deletes three samples.
const DELETE: &str =
    r#"for s in o.get_samples(#{ type: "OLIGO", count: 3 }) { s.delete("tidying"); }"#;

/// How many things lie in the trash, as another session sees it.
#[track_caller]
fn trash_is(lab: &Rhobis, count: &str) {
    lab.again().eval("o.get_deletions().total").run().succeeds().stdout_is(count);
}

#[test]
fn a_dry_run_lists_what_the_run_then_does_and_sends_nothing() {
    let lab = Rhobis::new();
    let tag = ["run", "bulk-tag", "--type", "YEAST", "--tag", "checked"];
    let planned = lab.again().args(tag).args(["--dry-run"]).run().succeeds();
    assert_eq!(planned.stdout.lines().count(), 46, "{}", planned.stdout);
    let planned =
        planned.stderr_has("create: 0, update: 45, delete: 0; nothing was sent");
    let search =
        r#"for s in o.get_samples(#{ tags: "checked" }) { print(s.identifier); }"#;
    lab.again().eval(search).run().succeeds().stdout_is("");

    lab.again().args(tag).run().succeeds();
    let tagged = lab.again().eval(search).run().succeeds();
    for object in tagged.stdout.lines() {
        assert!(planned.stdout.contains(object), "{object} was not planned");
    }
    assert_eq!(tagged.stdout.lines().count(), 45);
}

#[test]
fn deletions_have_to_be_agreed_to() {
    let lab = Rhobis::new().file("delete.rhai", DELETE);
    let run = |more: &[&str]| {
        let mut rhobis = lab.again().args(["run", "delete.rhai"]);
        for word in more {
            rhobis = rhobis.args([*word]);
        }
        rhobis.run()
    };
    run(&[]).fails_with(Exit::Limit).stderr_has("hint: `--yes` or `--max-delete 1`");
    trash_is(&lab, "0");
    run(&["--max-delete", "0"])
        .fails_with(Exit::Limit)
        .stderr_has("this makes 1 deletions, and 0 are permitted");
    run(&["--read-only", "--yes"]).fails_with(Exit::Limit).stderr_has("read-only");
    trash_is(&lab, "0");
    run(&["--max-delete", "3"]).succeeds();
    trash_is(&lab, "3");
    run(&["--yes"]).succeeds();
    trash_is(&lab, "6");
}

#[test]
fn a_recipe_is_held_to_its_header_and_can_learn_it() {
    let source = r#"
        const RECIPE = #{ needs: #{ write: ["sample.tags"], max_changes: 1 } };
        let s = o.get_samples(#{ type: "YEAST", space: "LAB" })[0];
        s.p.notes = "looked at";
        s.save();
        ()
    "#;
    let lab = Rhobis::new().file("note.rhai", source);
    lab.again()
        .args(["run", "note.rhai"])
        .run()
        .fails_with(Exit::Limit)
        .stderr_has("the recipe may not write `sample.properties` of sample `/LAB/");
    lab.again().args(["run", "note.rhai", "--learn"]).run().succeeds().stdout_is(
        "needs: #{\n    write: [\"sample.properties\"],\n    spaces: [\"LAB\"],\n    \
             max_changes: 1,\n},",
    );
    let header = r#"const RECIPE = #{ needs: #{ write: ["sample.tgas"] } };"#;
    lab.again()
        .script(header)
        .run()
        .fails_with(Exit::Script)
        .stderr_has("a sample has no `tgas`; is `tags` meant?");
}

#[test]
fn what_is_partly_done_ends_so_and_each_bad_item_is_named() {
    let lab = Rhobis::new();
    let seen = lab
        .again()
        .script(
            r#"
            let all = [];
            for n in 1..=40 {
                let code = if n % 20 == 0 { `BAD ${n}` } else { `GOOD_${n}` };
                all.push(o.new_sample("YEAST", #{ space: "LAB", code: code, props: #{ name: code } }));
            }
            o.save_all(all, #{ on_error: "each" })
            "#,
        )
        .run()
        .fails_with(Exit::Partly);
    let seen = seen
        .stdout_has("38")
        .stdout_has("contains illegal characters")
        .stderr_has("`rhobis undo 1` takes them back, `rhobis resume 1` goes on");
    for bad in ["failed: sample `BAD 20`: ", "failed: sample `BAD 40`: "] {
        assert!(seen.stderr.contains(bad), "{}", seen.stderr);
    }
    let again = lab.again().args(["resume", "1", "--yes"]).run().fails_with(Exit::Partly);
    assert_eq!(again.stderr.matches("failed: ").count(), 2, "{}", again.stderr);
    again.stdout_has("38");
    lab.again()
        .eval(r#"o.get_samples(#{ code: "GOOD_*" }).total"#)
        .run()
        .succeeds()
        .stdout_is("38");
}

#[test]
fn a_transaction_leaves_nothing_where_one_value_is_refused() {
    let lab = Rhobis::new();
    lab.again()
        .script(
            r#"
            o.transaction(|| {
                let a = o.new_sample("YEAST", #{ space: "LAB", code: "A", props: #{ name: "A" } });
                a.save();
                let b = o.new_sample("YEAST", #{ space: "LAB", code: "B", parents: a });
                b.p.name = "B";
                b.p["$xmlcomments"] = "<not closed>";
                b.save();
            });
            "#,
        )
        .run()
        .fails_with(Exit::Script)
        .stderr_has("sample `B`, `$xmlcomments`: openBIS refused")
        .stderr_has("`$xmlcomments` takes an XML text");
    lab.again()
        .eval(r#"o.get_samples(#{ space: "LAB", code: ["A", "B"] }).total"#)
        .run()
        .succeeds()
        .stdout_is("0");
}
