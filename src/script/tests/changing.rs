//! Changes that are made together, and changes that are only planned.
use super::World;
use crate::script::ErrorKind;

/// A space with a new transaction's worth of samples in it.
const MAKE: &str = r#"
    fn sample(code) {
        o.new_sample("YEAST", #{ space: "LAB", code: code, props: #{ "$name": code } })
    }
"#;

fn transactions(calls: &[String]) -> usize {
    calls.iter().filter(|call| *call == "executeOperations").count()
}

#[test]
fn a_transaction_is_one_call_and_its_objects_may_name_each_other() {
    let world = World::new();
    world.good("o.get_vocabulary(\"YEAST.MATING_TYPE\"); o.new_sample(\"YEAST\", #{})");
    world.calls();
    world.good(&format!(
        r#"{MAKE}
        let made = o.transaction(|| {{
            let parent = sample("A1").save();
            let child = sample("A2");
            child.parents = [parent.permId];
            child.save();
            child.add_tags("new");
            child.save();
            [parent, child]
        }});
        assert_eq(made[1].parents, [made[0]]);
        assert_eq(made[1].tags, ["new"]);
        assert_eq(made[0].identifier, "/LAB/A1");
        "#
    ));
    let calls = world.calls();
    assert_eq!(transactions(&calls), 1, "{calls:?}");
}

#[test]
fn a_transaction_that_fails_changes_nothing_and_can_be_tried_again() {
    World::new().good(&format!(
        r#"{MAKE}
        let a = sample("A1");
        let old = o.get_space("LAB");
        try {{
            o.transaction(|| {{
                a.save();
                old.description = "other";
                old.save();
                throw "no";
            }});
            assert(false);
        }} catch (e) {{ assert_eq(e, "no"); }}
        assert_eq(o.get_sample_opt("/LAB/A1"), ());
        assert(o.get_space("LAB").description != "other");
        assert(a.is_new);
        assert(a.save().permId.len() > 10);
        assert(old.save().changed);
        "#
    ));
}

#[test]
fn a_transaction_within_a_transaction_is_refused() {
    let failure = World::new().bad("o.transaction(|| o.transaction(|| 1));");
    assert_eq!(failure.kind, ErrorKind::Invalid, "{failure:?}");
    assert!(failure.message.contains("within a transaction"), "{failure:?}");
}

#[test]
fn what_is_made_and_deleted_within_is_not_made_at_all() {
    let world = World::new();
    world.good(&format!(
        r#"{MAKE}
        o.transaction(|| {{ sample("A1").save().delete("never mind"); }});
        assert_eq(o.get_sample_opt("/LAB/A1"), ());
        "#
    ));
    assert_eq!(transactions(&world.calls()), 0);
}

#[test]
fn objects_are_added_to_a_transaction_and_made_by_its_commit() {
    World::new().good(&format!(
        r#"{MAKE}
        let a = sample("A1");
        let b = sample("A2");
        let t = o.new_transaction(a, b);
        b.parents = [a];
        assert_eq(o.get_sample_opt("/LAB/A1"), ());
        assert_eq(t.commit(), 2);
        assert_eq(o.get_sample("/LAB/A2").get_parents()[0], a);
        assert_eq(t.commit(), 0);
        b.mark_to_be_deleted();
        a.p.owner = "AB";
        assert_eq(t.commit(), 2);
        assert_eq(o.get_sample_opt("/LAB/A2"), ());
        assert_eq(o.get_sample("/LAB/A1").p.owner, "AB");
        "#
    ));
}

/// 500 samples, each but the first with the one before it as its parent, 20 terms, and 50
/// deletions; `property` of the 301st is of its own.
fn many(property: &str) -> String {
    format!(
        r#"
        let old = o.get_samples(#{{ type: "OLIGO", count: 50 }}).to_array();
        o.transaction(|| {{
            for n in 1..=20 {{ o.new_term(`TYPE_${{n}}`, "YEAST.MATING_TYPE").save(); }}
            let before = ();
            for n in 1..=500 {{
                let sample = o.new_sample("YEAST", #{{
                    space: "LAB", code: `CHAIN_${{n}}`, parents: before,
                    props: #{{ "$name": `${{n}}`, "yeast.mating_type": `TYPE_${{n % 20 + 1}}` }},
                }});
                if n == 301 {{ {property} }}
                before = sample.save();
            }}
            o.delete_all(old, "no longer needed");
        }});
        "#
    )
}

#[test]
fn samples_terms_and_deletions_by_the_hundreds_are_one_request() {
    let world = World::agreeing();
    world.calls();
    world.good(&many(""));
    assert_eq!(transactions(&world.calls()), 1);
    world.good(
        r#"
        assert_eq(o.get_samples(#{ code: "CHAIN_*" }).total, 500);
        assert_eq(o.get_sample("/LAB/CHAIN_500").get_parents()[0].code, "CHAIN_499");
        assert_eq(o.get_sample("/LAB/CHAIN_40").p["yeast.mating_type"], "TYPE_1");
        assert_eq(o.get_deletions().total, 1);
        "#,
    );
}

#[test]
fn one_bad_property_leaves_all_as_it_was_and_is_named_with_what_would_do() {
    let world = World::agreeing();
    let unchanged = r#"
        assert_eq(o.get_samples(#{ code: "CHAIN_*" }).total, 0);
        assert_eq(o.get_term_opt("TYPE_1", "YEAST.MATING_TYPE"), ());
        assert_eq(o.get_deletions().total, 0);
    "#;
    let here = world.bad(&many(r#"sample.p["yeast.mating_type"] = "NO_SUCH";"#));
    assert!(
        here.message.starts_with("sample `CHAIN_301`: `NO_SUCH` is no term"),
        "{here:?}"
    );
    assert!(here.hints.iter().any(|hint| hint.contains("TYPE_1")), "{here:?}");
    world.good(unchanged);
    let there = world.bad(&many(r#"sample.p["$xmlcomments"] = "<not closed>";"#));
    assert!(
        there.message.starts_with("sample `CHAIN_301`, `$xmlcomments`:"),
        "{there:?}"
    );
    assert!(there.hints.iter().any(|hint| hint.contains("an XML text")), "{there:?}");
    world.good(unchanged);
}

#[test]
fn of_many_samples_all_good_ones_are_in_and_each_bad_one_is_named() {
    World::agreeing().good(
        r#"
        let all = [];
        for n in 1..=1000 {
            all.push(o.new_sample("YEAST", #{
                space: "LAB", code: if n % 100 == 0 { `BAD ${n}` } else { `GOOD_${n}` },
                props: #{ "$name": `${n}` },
            }));
        }
        let result = o.save_all(all, #{ on_error: "each" });
        assert_eq(result.done, 990);
        assert_eq(result.failed.len(), 10);
        assert_eq(o.get_samples(#{ code: "GOOD_*" }).total, 990);
        assert_eq(result.failed.map(|one| one.item.code)[9], "BAD 1000");
        assert(result.failed.all(|one| one.error.message.contains("illegal characters")));
        "#,
    );
}

#[test]
fn what_is_ensured_is_made_changed_or_left() {
    let world = World::new();
    world.good(
        r#"
        let y = |owner| o.ensure_sample("YEAST", #{
            space: "LAB", code: "Y1", props: #{ "$name": "Y", owner: owner }, tags: "new",
        });
        assert_eq(y.call("AB").ensured, "created");
        assert_eq(y.call("AB").ensured, "unchanged");
        assert_eq(y.call("CD").ensured, "updated");
        assert_eq(o.get_sample("/LAB/Y1").p.owner, "CD");
        let steps = o.transaction(|| [o.ensure_space("TEAM"), o.ensure_project("TEAM", "P"),
            o.ensure_collection("DEFAULT_EXPERIMENT", "C", "/TEAM/P")]);
        assert_eq(steps.map(|s| s.ensured), ["created", "created", "created"]);
        assert_eq(o.get_collection("/TEAM/P/C").project.code, "P");
        "#,
    );
    let failure = world.bad(r#"o.ensure_sample("YEAST", #{ space: "LAB" })"#);
    assert!(failure.message.contains("needs a `code`"), "{failure:?}");
    let failure = world.bad(r#"o.ensure_sample("OLIGO", #{ space: "LAB", code: "Y1" })"#);
    assert_eq!(failure.kind, ErrorKind::Conflict);
}
