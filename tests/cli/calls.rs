//! How many calls of openBIS a script costs, counted in what went over the wire.
use std::fs;

use crate::rhobis::Rhobis;

/// Makes a lab, runs a script in it and gives the methods it called, but for the login.
fn called(lab: &Rhobis, script: &str) -> Vec<String> {
    let log = lab.path("calls.jsonl");
    let _ = fs::remove_file(&log);
    let told = log.to_str().unwrap();
    lab.again()
        .env("RHOBIS_WIRE_LOG", told)
        .script(script)
        .args(["--yes"])
        .run()
        .succeeds();
    let lines = fs::read_to_string(&log).unwrap();
    let method = |line: &str| {
        let (_, rest) = line.split_once(r#""method":""#).unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    };
    lines.lines().map(method).filter(|method| method != "login").collect()
}

#[track_caller]
fn at_most(most: usize, calls: &[String]) {
    assert!(calls.len() <= most, "{} instead of {most}: {calls:?}", calls.len());
}

/// A thousand samples and collections with a property, a tag and a parent.
fn thousand() -> Rhobis {
    let lab = Rhobis::new();
    let made = lab.again().script(
        r#"
        o.new_space("MANY").save();
        let project = o.new_project("MANY", "P").save();
        let parent = o.new_sample(#{ type: "UNKNOWN", code: "PARENT", space: "MANY" }).save();
        let samples = [];
        let collections = [];
        for number in 0..1000 {
            samples.push(o.new_sample(#{
                type: "YEAST", code: `Y${number}`, project: project, parents: [parent],
                tags: ["many"], props: #{ "$NAME": `yeast ${number}` },
            }));
            collections.push(o.new_collection(#{
                type: "DEFAULT_EXPERIMENT", code: `C${number}`, project: project,
                tags: ["many"], props: #{ "$NAME": `collection ${number}` },
            }));
        }
        o.save_all(samples);
        o.save_all(collections);
        "#,
    );
    made.args(["--yes"]).run().succeeds();
    lab
}

#[test]
fn a_thousand_objects_are_read_by_two_calls_and_changed_by_one() {
    let lab = thousand();
    let samples = called(
        &lab,
        r#"let seen = 0;
        for s in o.get_samples(#{ space: "MANY", type: "YEAST" }) {
            assert(s.p["$NAME"].starts_with("yeast"));
            assert_eq(s.tags, ["many"]);
            assert_eq(s.parents[0].code, "PARENT");
            seen += 1;
        }
        assert_eq(seen, 1000);"#,
    );
    at_most(2, &samples);
    let collections = called(
        &lab,
        r#"let seen = 0;
        for c in o.get_collections(#{ space: "MANY" }) {
            assert(c.p["$NAME"].starts_with("collection"));
            assert_eq(c.tags, ["many"]);
            assert_eq(c.project.code, "P");
            seen += 1;
        }
        assert_eq(seen, 1000);"#,
    );
    at_most(2, &collections);
    let methods = called(
        &lab,
        r#"let all = o.get_samples(#{ space: "MANY", type: "YEAST" }).to_array();
        for s in all { s.p["$NAME"] = "changed"; }
        assert_eq(o.save_all(all), 1000);"#,
    );
    let changes = methods.iter().filter(|method| !is_reading(method));
    assert_eq!(changes.count(), 1, "{methods:?}");
    lab.again()
        .eval(
            r#"o.get_samples(#{ space: "MANY", where: #{ "$NAME": "changed" } }).total"#,
        )
        .run()
        .stdout_is("1000");
}

fn is_reading(method: &str) -> bool {
    method.starts_with("get") || method.starts_with("search")
}

#[test]
fn all_data_sets_of_a_lab_are_read_by_two_calls() {
    let calls = called(
        &Rhobis::new(),
        r"let seen = 0;
        for d in o.get_datasets() { d.p.all(); d.tags; d.parents; seen += 1; }
        assert(seen > 10);",
    );
    at_most(2, &calls);
}

#[test]
fn one_object_is_read_by_one_call() {
    let lab = Rhobis::new();
    let found = lab.again().eval(r#"o.get_samples(#{ type: "YEAST" })[0].permId"#);
    let id = found.run().succeeds().stdout.trim().to_owned();
    let script =
        format!(r#"let s = o.get_sample("{id}"); s.p["$NAME"]; s.tags; s.space"#);
    let calls = called(&lab, &script);
    assert_eq!(calls, ["getSamples"]);
}

#[test]
fn a_sample_with_parents_and_tags_is_made_by_two_calls() {
    let lab = Rhobis::new();
    let found = lab.again().eval(r#"o.get_samples(#{ type: "YEAST" })[0].identifier"#);
    let parent = found.run().succeeds().stdout.trim().to_owned();
    let script = format!(
        r#"let made = o.new_sample(#{{
            type: "YEAST", space: "LAB", code: "NEW", tags: ["one", "two"],
            parents: ["{parent}", "/LAB/NEW_PARENT"],
        }}).save();"#
    );
    let other =
        r#"o.new_sample(#{ type: "YEAST", space: "LAB", code: "NEW_PARENT" }).save()"#;
    lab.again().eval(other).run().succeeds();
    at_most(2, &called(&lab, &script));
    lab.again().eval(r#"o.get_sample("/LAB/NEW").parents.len()"#).run().stdout_is("2");
}
