//! Dry runs: the script runs, nothing is sent, and what would change is listed.
use super::World;
use crate::script::{Desk, Needs, Rules};
use crate::wire::bean::Api;

fn planning() -> (World, Desk) {
    let desk = Desk::planning(Rules::default());
    (World::with_desk(desk.clone()), desk)
}

/// The rows of the plan, their cells joined.
fn rows(desk: &Desk) -> Vec<String> {
    let line = |row: &Vec<crate::script::report::Cell>| {
        row.iter().map(crate::script::report::Cell::text).collect::<Vec<_>>().join("|")
    };
    desk.plan().table().rows.iter().map(line).collect()
}

#[test]
fn nothing_is_sent_and_all_is_listed_field_by_field() {
    let (world, desk) = planning();
    world.good(
        r#"
        let s = o.new_sample("YEAST", #{ space: "LAB", code: "Y1", props: #{ "$name": "Y" } });
        s.save();
        s.p.owner = "AB";
        s.save();
        let space = o.get_space("LAB");
        space.description = "Ours";
        space.save();
        o.get_samples(#{ type: "OLIGO", count: 1 })[0].delete("no longer needed");
        "#,
    );
    let calls = world.calls();
    assert!(!calls.contains(&"executeOperations".to_owned()), "{calls:?}");
    let rows = rows(&desk);
    assert_eq!(rows[0], "create|sample|Y1|||$name: Y, space: LAB, type: YEAST");
    assert_eq!(rows[1], "update|sample|/LAB/Y1|owner||AB");
    assert!(rows[2].starts_with("update|space|LAB|description|"), "{rows:?}");
    assert!(rows[2].ends_with("|Ours"), "{rows:?}");
    assert!(rows[3].starts_with("delete|sample|"), "{rows:?}");
    assert_eq!(desk.plan().totals().to_string(), "create: 1, update: 2, delete: 1");
    assert_eq!(desk.changes(), 4);
}

const SEVERAL: &str = r#"
o.new_property_type(#{ code: "SIZES", label: "S", description: "S", dataType: "INTEGER", multiValue: true }).save();
let t = o.new_sample_type(#{ code: "BOX", generatedCodePrefix: "B" }).save();
t.assign_property("SIZES");
let s = o.new_sample("BOX", #{ space: "LAB", code: "BOX1", props: #{ sizes: [1, 2] } }).save();
"#;

#[test]
fn several_values_are_planned_as_they_are_made() {
    let desk = Desk::planning(Rules::default());
    let mut world = World::speaking(Api::Newer);
    world.good(SEVERAL);
    world.sit_at(desk.clone());
    world.good(
        r#"
        let s = o.get_sample("/LAB/BOX1");
        s.p.sizes = [3, 4];
        s.save();
        assert_eq(o.get_sample("/LAB/BOX1").p.sizes, [3, 4]);
        assert_eq(o.get_samples(#{ type: "BOX", where: #{ sizes: 4 } }).total, 1);
        assert_eq(o.get_samples(#{ type: "BOX", where: #{ sizes: 1 } }).total, 0);
        "#,
    );
    assert_eq!(rows(&desk), ["update|sample|/LAB/BOX1|sizes|1, 2|3, 4"]);
}

#[test]
fn what_an_older_server_does_not_have_is_refused_before_it_is_planned() {
    let (world, desk) = planning();
    let failure = world.bad(SEVERAL);
    assert!(failure.to_string().contains("`multiValue` of a property type"), "{failure}");
    assert_eq!(rows(&desk), Vec::<String>::new());
}

#[test]
fn what_would_be_is_read_and_found() {
    let (world, _) = planning();
    world.good(
        r#"
        let before = o.get_samples(#{ type: "YEAST", space: "LAB" }).total;
        let s = o.new_sample("YEAST", #{ space: "LAB", props: #{ "$name": "Y" } }).save();
        assert(!s.is_new && s.changed);
        assert_eq(o.get_sample(s.permId).p["$name"], "Y");
        assert_eq(o.get_sample(s.identifier), s);
        assert_eq(s.space.description, o.get_space("LAB").description);
        let found = o.get_samples(#{ type: "YEAST", space: "LAB" });
        assert_eq(found.total, before + 1);
        assert_eq(found[before], s);
        assert_eq(o.get_samples(#{ type: "OLIGO", code: s.code }).total, 0);

        let child = o.new_sample("YEAST", #{ space: "LAB", parents: s, props: #{ "$name": "C" } });
        child.save();
        assert_eq(child.parents, [s]);
        let old = o.get_samples(#{ type: "YEAST", count: 1 })[0];
        old.add_tags("planned");
        old.save();
        assert("planned" in o.get_sample(old.permId).tags);
        assert_eq(o.get_samples(#{ tags: "planned" }).total, 1);
        old.delete("no longer needed");
        assert_eq(o.get_sample_opt(old.permId), ());
        assert_eq(o.get_samples(#{ type: "YEAST", code: old.code }).total, 0);
        "#,
    );
    assert_eq!(world.printed(), Vec::<String>::new());
}

#[test]
fn new_masterdata_can_be_used_before_it_is_there() {
    let (world, _) = planning();
    world.good(
        r#"
        o.new_term("SPORE", "YEAST.MATING_TYPE").save();
        let props = #{ "$name": "Y", "yeast.mating_type": "SPORE" };
        let s = o.new_sample("YEAST", #{ space: "LAB", props: props }).save();
        assert_eq(s.p["yeast.mating_type"], "SPORE");
        let space = o.new_space("TEAM").save();
        let project = space.new_project("P").save();
        let run = project.new_collection("DEFAULT_EXPERIMENT", "RUN").save();
        assert_eq(run.identifier, "/TEAM/P/RUN");
        let sample = run.new_object("YEAST", #{ props: props }).save();
        assert(sample.identifier.starts_with("/TEAM/P/"));
        assert_eq(space.get_samples().total, 1);
        assert_eq(o.get_collection("/TEAM/P/RUN"), run);
        "#,
    );
}

#[test]
fn a_search_that_only_openbis_can_decide_is_told() {
    let (world, _) = planning();
    world.good(
        r#"
        o.new_sample("YEAST", #{ space: "LAB", props: #{ "$name": "Y" } }).save();
        o.get_samples(#{ registrationDate: ">2020-01-01" }).total;
        "#,
    );
    let said = world.printed();
    assert!(said.iter().any(|line| line.contains("may be incomplete")), "{said:?}");
}

#[test]
fn more_than_a_hundred_changes_need_to_be_agreed_to() {
    let many = "let all = []; for n in 1..=101 { all.push(o.new_tag(`t${n}`)); } o.save_all(all);";
    let world = World::new();
    let failure = world.bad(many);
    assert_eq!(failure.kind, crate::script::ErrorKind::Limit);
    assert!(failure.hints[0].contains("--max-changes 101"), "{failure:?}");
    assert!(!world.calls().contains(&"executeOperations".to_owned()));
}

#[test]
fn what_the_header_does_not_name_is_denied_before_anything_is_sent() {
    let map = rhai::Engine::new().eval::<rhai::Map>(
        r#"#{ write: ["sample.tags"], spaces: ["LAB"], max_changes: 2 }"#,
    );
    let needs = Needs::read(&map.unwrap()).unwrap();
    let rules = || Rules { needs: needs.clone(), ..Rules::default() };
    let world = World::with_desk(Desk::ruled(rules(), None));
    let yeast = r#"let s = o.get_samples(#{ type: "YEAST", space: "LAB" });"#;
    world.good(&format!(r#"{yeast} s[0].add_tags("a"); s[0].save();"#));
    world.calls();
    for (script, wanted) in [
        (r#"s[0].p.owner = "AB"; s[0].save();"#, "may not write `sample.properties`"),
        (r#"s[0].delete("x");"#, "may not write `sample.delete`"),
        (
            r#"let o = o.get_samples(#{ type: "YEAST", space: "MATERIALS" })[0];
            o.add_tags("c"); o.save();"#,
            "in space `MATERIALS`",
        ),
        (
            r#"let all = s.to_array(); for x in all { x.add_tags("b"); } o.save_all(all);"#,
            "2 are permitted",
        ),
    ] {
        let failure = world.bad(&format!("{yeast} {script}"));
        assert!(failure.message.contains(wanted), "{failure:?}");
        assert!(!failure.hints.is_empty());
    }
    assert!(!world.calls().contains(&"executeOperations".to_owned()));
}

#[test]
fn the_header_that_a_run_would_have_needed_is_learnt() {
    let desk = Desk::planning(Rules { learning: true, ..Rules::default() });
    World::with_desk(desk.clone()).good(
        r#"
        let s = o.get_samples(#{ type: "YEAST", space: "LAB" })[0];
        s.p.owner = "AB";
        s.save();
        s.delete("x");
        "#,
    );
    assert_eq!(
        desk.needs(),
        "needs: #{\n    write: [\"sample.delete\", \"sample.properties\"],\n    \
         spaces: [\"LAB\"],\n    max_changes: 2,\n    max_delete: 1,\n},"
    );
}

#[test]
fn both_ends_of_a_link_see_what_is_planned() {
    let (world, _) = planning();
    world.good(
        r#"
        let s = o.get_samples(#{ type: "YEAST", space: "LAB" })[0];
        let at = o.get_collections(#{ code: "YEASTS" })[0];
        let had = [s.get_children().total, s.children.len(), at.get_samples().total];
        let made = o.new_sample("YEAST", #{
            collection: at, code: "K1", parents: s.identifier, props: #{ "$name": "k" },
        }).save();
        assert_eq(s.get_children().total, had[0] + 1);
        assert("K1" in s.get_children().map(|c| c.code));
        let again = o.get_sample(s.permId);
        assert_eq(again.children.len(), had[1] + 1);
        assert_eq(at.get_samples().total, had[2] + 1);
        let d = o.get_datasets()[0];
        d.sample = s;
        d.save();
        assert(d.code in s.get_datasets().map(|d| d.code));
        assert(d.code in o.get_sample(s.permId).dataSets.map(|d| `${d}`));
        "#,
    );
}

#[test]
fn the_trash_holds_what_was_planned_to_be_deleted_until_it_is_taken_out() {
    let (world, desk) = planning();
    world.good(
        r#"
        let s = o.get_samples(#{ type: "OLIGO" })[0];
        assert_eq(o.get_deletions().total, 0);
        s.delete("planned");
        let bin = o.get_deletions();
        assert_eq(bin.map(|d| [d.reason, d.totalSamplesCount]), [["planned", 1]]);
        assert_eq(o.get_sample_opt(s.permId), ());
        o.revert_deletions(bin);
        assert_eq(o.get_deletions().total, 0);
        assert_eq(o.get_sample(s.permId).code, s.code);
        "#,
    );
    assert_eq!(desk.plan().totals().deletes, 1);
}

#[test]
fn a_row_shows_what_was_there_though_the_script_did_not_look_at_it() {
    let (world, desk) = planning();
    world.good(
        r#"
        let child = o.get_samples(#{ type: "YEAST" }).to_array()
            .find(|s| s.get_parents().total > 0);
        let other = o.get_samples(#{ type: "OLIGO" })[0];
        let bare = o.get_sample(child.permId);
        bare.add_parents(other);
        bare.save();
        "#,
    );
    let table = desk.plan().table();
    assert_eq!(table.rows.len(), 1);
    let (before, after) = (table.rows[0][4].text(), table.rows[0][5].text());
    assert!(before.starts_with('/'), "{before}");
    assert!(after.starts_with(&before) && after.len() > before.len(), "{after}");
}
