use super::World;

const NEW: &str = r#"
    let s = o.new_sample("YEAST", #{
        collection: "/LAB/STRAINS/YEASTS", props: #{ "$name": "Test" },
    });
    s.save();
"#;

fn with_new(script: &str) -> World {
    let world = World::new();
    world.good(&format!("{NEW}\n{script}"));
    world
}

#[test]
fn a_new_sample_gets_code_space_and_project_from_the_server_and_its_collection() {
    with_new(
        r#"
        assert(s.code.starts_with("YEA"));
        assert_eq(s.space, "LAB");
        assert_eq(s.project, "/LAB/STRAINS");
        assert_eq(s.collection, "/LAB/STRAINS/YEASTS");
        assert_eq(s.p.name, "Test");
        "#,
    );
}

#[test]
fn a_save_sends_what_was_changed_and_else_nothing() {
    let world = with_new("");
    world.good(r#"o.get_samples(#{ type: "YEAST" })[0];"#);
    world.calls();
    world.good(
        r#"
        let s = o.get_samples(#{ type: "YEAST" })[0];
        assert(!s.save().changed);
        s.p.owner = s.p.owner;
        assert(!s.save().changed);
        s.p.owner = "Somebody";
        assert(s.save().changed);
        assert(!s.save().changed);
        "#,
    );
    let updates = world.calls().iter().filter(|call| *call == "UpdateSamples").count();
    assert_eq!(updates, 1);
}

#[test]
fn copies_of_a_variable_are_the_same_object() {
    with_new(
        r#"
        let same = s;
        same.p.owner = "Me";
        assert_eq(s.p.owner, "Me");
        "#,
    );
}

#[test]
fn nested_writes_reach_the_object() {
    with_new(
        r#"
        s.props = #{ owner: "A" };
        s.props.owner += "B";
        s.attrs.tags = ["one"];
        s.tags.push("two");
        s.save();
        s.reload();
        assert_eq(s.p.owner, "AB");
        assert_eq(s.tags, ["one", "two"]);
        "#,
    );
}

#[test]
fn tags_are_made_added_and_taken_away() {
    with_new(
        r#"
        s.add_tags(["checked", "urgent"]);
        s.save();
        assert_eq(o.get_samples(#{ tags: "checked" }).total, 1);
        s.add_tags("checked");
        assert(!s.save().changed);
        s.del_tags("checked");
        s.save();
        assert_eq(s.tags, ["urgent"]);
        s.set_tags([]);
        s.save();
        assert_eq(s.tags, []);
        "#,
    );
}

#[test]
fn parents_are_given_as_objects_results_or_names() {
    with_new(
        r#"
        let two = o.get_samples(#{ type: "YEAST", count: 2, sort: "code" });
        s.add_parents(two);
        s.save();
        assert_eq(s.parents.len(), 2);
        assert_eq(s.get_parents().total, 2);
        s.del_parents(two[0].identifier);
        s.save();
        assert_eq(s.parents, [two[1]]);
        assert(two[1].get_children().contains(s.permId));
        s.parents = [];
        s.save();
        assert_eq(s.get_parents().total, 0);
        "#,
    );
}

#[test]
fn many_changes_go_in_one_call() {
    let world = World::new();
    world.calls();
    world.good(
        r#"
        let changed = [];
        for s in o.get_samples(#{ type: "OLIGO", count: 30 }) {
            s.p.notes = "looked at";
            changed.push(s);
        }
        assert_eq(o.save_all(changed), 30);
        "#,
    );
    let calls = world.calls();
    assert_eq!(calls.iter().filter(|call| *call == "UpdateSamples").count(), 1);
    assert_eq!(calls.iter().filter(|call| *call == "getSamples").count(), 0);
}

#[test]
fn what_was_deleted_can_be_taken_out_of_the_trash() {
    with_new(
        r#"
        s.delete("a test");
        assert_eq(o.get_sample_opt(s.permId), ());
        o.revert_deletions(o.get_deletions());
        assert_eq(o.get_sample(s.permId).code, s.code);
        s.delete("for good", true);
        assert_eq(o.get_deletions().total, 0);
        "#,
    );
}

#[test]
fn attachments_come_and_go() {
    let world = World::new();
    world.good(
        r#"
        o.get_spaces().df.to_csv("spaces.csv");
        let p = o.new_project("LAB", "FILES").save();
        p.add_attachment("spaces.csv", #{ title: "All" });
        p.save();
        assert_eq(p.get_attachments()[0].fileName, "spaces.csv");
        assert(!p.save().changed);
        assert_eq(p.download_attachments("out"), ["out/spaces.csv"]);
        p.del_attachment("spaces.csv");
        p.save();
        assert_eq(p.get_attachments(), []);
        "#,
    );
    assert_eq!(world.file("out/spaces.csv"), world.file("spaces.csv"));
}

#[test]
fn values_that_were_read_can_be_written_back() {
    let world = World::new();
    world.good(
        r#"
        for s in o.get_samples(#{ type: "EXPERIMENTAL_STEP", count: 5 }) {
            let values = s.props.all_nonempty();
            s.props = values;
            assert(!s.save().changed);
        }
        "#,
    );
}

#[test]
fn masterdata_is_made_and_used_at_once() {
    let world = World::new();
    world.good(
        r#"
        o.new_vocabulary("COLOURS", ["RED", #{ code: "GREEN", label: "Green" }]).save();
        assert_eq(o.get_term("GREEN", "COLOURS").label, "Green");
        o.new_term("BLUE", "COLOURS").save();
        assert_eq(o.get_vocabulary("COLOURS").get_terms().total, 3);
        o.new_property_type("WEIGHT", "Weight", "In grams.", "REAL").save();
        assert_eq(o.get_property_type("WEIGHT").dataType, "REAL");
        "#,
    );
}

#[test]
fn the_containers_of_things_make_things_in_them() {
    let world = World::new();
    world.good(
        r#"
        let space = o.new_space("TEAM", "Our team").save();
        let project = space.new_project("P").save();
        let run = project.new_collection("DEFAULT_EXPERIMENT", "RUN").save();
        let s = run.new_object("YEAST").save();
        assert_eq(space.get_project("P"), project);
        assert_eq(project.get_sample(s.code), s);
        assert_eq(run.get_objects().total, 1);
        assert_eq(space.get_samples()[0], s);
        space.description = "Yours";
        assert_eq(space.save().description, "Yours");
        "#,
    );
}

#[test]
fn what_was_saved_is_read_when_it_is_looked_at_and_all_of_it_at_once() {
    let world = World::new();
    world.good("o.login(); o.get_samples(#{ type: \"YEAST\", count: 2 })[0].code;");
    world.calls();
    world.good(
        r#"
        let two = o.get_samples(#{ type: "YEAST", count: 2 }).to_array();
        o.new_sample("YEAST", #{
            space: "LAB", parents: two, tags: ["one", "two"], props: #{ "$name": "Y" },
        }).save();
        "#,
    );
    let calls = world.calls();
    assert!(!calls.contains(&"getSamples".to_owned()), "{calls:?}");
    world.good(
        r#"
        let all = [1, 2, 3].map(|n| o.new_sample("YEAST", #{
            space: "LAB", props: #{ "$name": `${n}` },
        }));
        o.save_all(all);
        for s in all { assert(s.code.starts_with("YEA") && s.p["$name"] != ""); }
        "#,
    );
    let calls = world.calls();
    assert_eq!(calls.iter().filter(|call| *call == "getSamples").count(), 1, "{calls:?}");
}
