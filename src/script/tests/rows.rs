//! What pyBIS offers, under its names.
use super::World;
use crate::script::ErrorKind;

/// Two samples `y` in no collection, and a new collection `e`.
const LAB: &str = r#"
    let e = o.new_experiment("DEFAULT_EXPERIMENT", "E9", "/LAB/STRESS").save();
    let y = [1, 2].map(|n| o.new_sample("YEAST", #{ space: "LAB", props: #{ "$name": `${n}` } }).save());
"#;

#[test]
fn samples_go_into_a_collection_by_one_update() {
    let world = World::new();
    let script = format!("{LAB} e.add_samples(y[0], y[1].permId);");
    world.good(&script);
    let calls = world.calls();
    let updates = calls.iter().filter(|method| *method == "UpdateSamples").count();
    assert_eq!(updates, 1, "{calls:?}");
}

#[test]
fn samples_of_another_collection_stay_there() {
    World::new().good(&format!(
        r#"{LAB}
        e.add_objects(y);
        let other = o.get_collections(#{{ type: "COLLECTION" }})[0];
        other.del_samples(y[0]);
        assert_eq(e.get_samples().len(), 2);
        e.del_objects(y[0], y[1]);
        assert_eq(e.get_samples().len(), 0);"#
    ));
}

#[test]
fn all_that_is_missing_of_a_list_is_named() {
    let failure = World::new().bad(r#"o.get_sample(["/LAB/NO", "/LAB/NEITHER"])"#);
    assert_eq!(failure.kind, ErrorKind::NotFound);
    assert!(failure.message.contains("`/LAB/NO`, `/LAB/NEITHER`"), "{failure:?}");
}

#[test]
fn a_token_that_the_server_does_not_know_changes_nothing() {
    World::new().good(
        r#"
        let known = o.token;
        try { o.token = "nobody-1"; throw "it should fail"; }
        catch (e) { assert_eq(e.kind, "unauthorized"); }
        assert_eq(o.token, known);
        "#,
    );
}

#[test]
fn parts_that_were_read_are_not_taken_for_changes() {
    World::new().good(
        r"
        for p in o.get_projects() { let n = p.attachments.len(); assert(!p.save().changed); }
        let v = o.get_vocabularies()[0];
        assert(v.terms.len() > 0);
        ",
    );
}

#[test]
fn a_new_object_may_bring_attachments() {
    World::new().good(
        r#"
        o.get_spaces().df.to_csv("spaces.csv");
        let p = o.new_project(#{ space: "LAB", code: "P9",
            attachments: [#{ fileName: "spaces.csv", title: "All" }] }).save();
        assert_eq(p.get_attachments()[0].title, "All");
        "#,
    );
}

#[test]
fn raw_answers_are_plain_maps() {
    World::new().good(
        r#"
        let s = o.get_samples(#{ type: "YEAST", count: 1, raw_response: true })[0];
        assert_eq(s.type.code, "YEAST");
        assert("$NAME" in s.properties);
        assert_eq(o.get_space("LAB", #{ only_data: true }).code, "LAB");
        "#,
    );
}

#[test]
fn a_misspelt_function_is_found_without_running() {
    let world = World::new();
    let script = "print(1);\nif params.len() > 5 { o.get_smaples(); }";
    let failure = world.bad(script);
    assert_eq!(failure.message, "no function `get_smaples`");
    assert!(failure.hints[0].contains("`get_samples`"), "{failure:?}");
    assert_eq!(failure.position.unwrap().line(), Some(2));
    assert_eq!(world.printed(), Vec::<String>::new());
}

#[test]
fn functions_of_the_script_of_maps_and_of_the_language_are_known() {
    World::new().good(
        "fn twice(x) { x * 2 }
        let m = #{ add: |x| x + 1 };
        assert_eq(m.add(1), 2);
        m.less = |x| x - 1;
        assert_eq(m.less(1), 0);
        let f = Fn(\"twice\");
        assert_eq(f.call(2), 4);
        assert_eq(type_of(twice(1)), \"i64\");
        assert(is_def_fn(\"twice\", 1) && [1].all(|x| x == 1));",
    );
}

#[test]
fn an_unknown_option_is_an_error() {
    let failure = World::new().bad(r#"o.get_space("LAB", #{ use_cach: true })"#);
    assert_eq!(failure.hints, ["did you mean `use_cache`?"]);
}

#[test]
fn what_the_server_cannot_search_by_is_looked_through_here() {
    World::new().good(
        r#"
        let all = o.get_datasets();
        let links = o.get_datasets(#{ kind: "LINK" });
        let others = o.get_datasets(#{ kind: not("LINK") });
        assert_eq(links.total + others.total, all.total);
        assert(others.to_array().all(|d| d.kind == "PHYSICAL"));
        assert_eq(o.get_datasets(#{ kind: "PHYSICAL", count: 2 }).len(), 2);
        "#,
    );
}
