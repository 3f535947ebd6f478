use super::World;

fn total(world: &World, search: &str) -> i64 {
    world.value(&format!("o.get_samples(#{{ {search} }}).total")).as_int().unwrap()
}

#[test]
fn a_list_is_any_of_its_items() {
    let world = World::new();
    let (yeasts, plasmids) =
        (total(&world, "type: \"YEAST\""), total(&world, "type: \"PLASMID\""));
    assert!(yeasts > 0 && plasmids > 0);
    assert_eq!(total(&world, "type: [\"YEAST\", \"PLASMID\"]"), yeasts + plasmids);
}

#[test]
fn not_is_everything_else() {
    let world = World::new();
    let all = total(&world, "");
    let yeasts = total(&world, "type: \"YEAST\"");
    assert_eq!(total(&world, "type: not(\"YEAST\")"), all - yeasts);
    let both = total(&world, "type: [\"YEAST\", \"PLASMID\"]");
    assert_eq!(total(&world, "type: not([\"YEAST\", \"PLASMID\"])"), all - both);
}

#[test]
fn properties_are_compared_by_their_data_type() {
    let world = World::new();
    let steps = total(&world, "type: \"EXPERIMENTAL_STEP\"");
    let done = total(&world, "where: #{ FINISHED_FLAG: true }");
    let open = total(&world, "where: #{ FINISHED_FLAG: false }");
    assert_eq!(done + open, steps);
    let early = total(&world, "where: #{ start_date: \"<2024-06-01\" }");
    let late = total(&world, "where: #{ start_date: \">=2024-06-01\" }");
    assert_eq!(early + late, steps);
    let failure = world.bad("o.get_samples(#{ FINISHED_FLAG: \"maybe\" })");
    assert!(failure.message.contains("`finished_flag` takes `true` or `false`"));
}

#[test]
fn wildcards_and_presence_work() {
    let world = World::new();
    assert_eq!(total(&world, "code: \"YEA*\""), total(&world, "type: \"YEAST\""));
    let named = total(&world, "type: \"YEAST\", where: #{ \"$NAME\": \"*\" }");
    let unnamed = total(&world, "type: \"YEAST\", where: #{ \"$NAME\": () }");
    assert_eq!(named + unnamed, total(&world, "type: \"YEAST\""));
}

#[test]
fn dates_may_be_days_texts_or_ranges() {
    let world = World::new();
    let range = "registrationDate: between(\"2024-01-01\", \"2024-02-01\")";
    let typed = "registrationDate: between(date(\"2024-01-01\"), date(\"2024-02-01\"))";
    assert!(total(&world, range) > 0);
    assert_eq!(total(&world, range), total(&world, typed));
}

#[test]
fn pages_are_ordered_and_complete() {
    World::new().good(
        r"
        let codes = #{};
        for s in o.get_samples() { codes[s.permId] = true; }
        assert_eq(codes.len(), o.get_samples().total);
        let second = o.get_samples(#{ start_with: 10, count: 10 });
        assert_eq(second.len(), 10);
        assert_eq(second[0], o.get_samples()[10]);
        assert_eq(o.get_samples()[-1], o.get_samples().to_array()[-1]);
        ",
    );
}

#[test]
fn relatives_of_a_list_come_by_one_search() {
    let world = World::new();
    world.good("o.login()");
    world.calls();
    world.good(
        r#"
        let yeasts = o.get_samples(#{ type: "YEAST" });
        let parents = yeasts.get_parents();
        assert(parents.total > 0);
        "#,
    );
    assert_eq!(world.calls(), ["searchSamples", "searchSamples"]);
}

#[test]
fn places_may_be_objects() {
    let world = World::new();
    world.good(
        r#"
        let lab = o.get_space("LAB");
        assert_eq(o.get_samples(#{ space: lab }).total, lab.get_samples().total);
        let p = o.get_project("/LAB/STRESS");
        assert(o.get_samples(#{ project: p }).total > 0);
        assert(o.get_datasets(#{ project: p }).total > 0);
        assert(o.get_datasets(#{ space: "LAB" }).total > 0);
        "#,
    );
}
