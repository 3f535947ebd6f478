use super::World;

#[test]
fn attributes_answer_to_all_their_spellings() {
    World::new().good(
        r#"
        let s = o.get_samples(#{ type: "YEAST" })[0];
        assert_eq(s.permId, s.permid);
        assert_eq(s.permId, s["perm_id"]);
        assert_eq(s.collection, s.experiment);
        assert_eq(s.registrator, "admin");
        assert_eq(s.registrator.firstName, "Ada");
        assert_eq(s.type, "YEAST");
        assert_eq(`${s}`, s.identifier);
        "#,
    );
}

#[test]
fn properties_are_typed() {
    World::new().good(
        r#"
        let s = o.get_samples(#{ type: "EXPERIMENTAL_STEP", finished_flag: false })[0];
        assert_eq(s.p.finished_flag, false);
        assert_eq(type_of(s.p.start_date), "Timestamp");
        assert(s.p.start_date > date("2020-01-01"));
        assert_eq(s.p["$NAME"], s.props.name);
        assert_eq(s.p.all().finished_flag, false);
        "#,
    );
}

#[test]
fn what_was_found_is_never_fetched_one_by_one() {
    let world = World::new();
    world.good("o.login()");
    world.calls();
    world.good(
        r#"
        let n = 0;
        for s in o.get_samples(#{ count: 100 }) { if s.type.code != "" { n += 1; } }
        assert_eq(n, 100);
        "#,
    );
    assert_eq!(world.calls(), ["searchSamples"]);
}

#[test]
fn a_relation_that_was_not_fetched_is_asked_for_once() {
    let world = World::new();
    world.good("o.login()");
    world.calls();
    world.good(
        r#"
        let s = o.get_samples(#{ type: "YEAST", withParents: "*" })[0];
        assert(s.parents.len() > 0);
        assert_eq(s.parents, s.parents);
        "#,
    );
    assert_eq!(world.calls(), ["searchSamples", "getSamples"]);
}

#[test]
fn samples_are_found_by_code_path_and_perm_id() {
    World::new().good(
        r#"
        let s = o.get_space("LAB").get_samples(#{ type: "YEAST" })[0];
        assert_eq(o.get_sample(s.permId), s);
        assert_eq(o.get_object(s.identifier), s);
        assert_eq(o.get_sample(s.identifier.sub_string(1)), s);
        assert_eq(o.get_sample(s.code.to_lower()), s);
        assert_eq(o.get_sample([s.permId, s.identifier]), [s, s]);
        "#,
    );
}

#[test]
fn a_table_has_the_columns_that_were_asked_for() {
    World::new().good(
        r#"
        let found = o.get_samples(#{
            type: "YEAST", count: 2, attrs: ["code", "space.code"], props: "$name",
        });
        let table = found.df;
        assert_eq(table.columns, ["identifier", "permId", "code", "space.code", "$NAME"]);
        assert_eq(table.len(), 2);
        assert(table.to_json().contains("\"space.code\""));
        "#,
    );
}
