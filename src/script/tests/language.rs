use std::sync::atomic::Ordering;

use super::World;
use crate::script::ErrorKind;

#[test]
fn functions_of_a_script_see_the_session() {
    let world = World::new();
    let value = world.value("fn home() { o.get_space(\"LAB\").code } home()");
    assert_eq!(value.into_string().unwrap(), "LAB");
}

#[test]
fn words_go_through_the_console() {
    let world = World::new();
    world.good("print(o.get_space(\"LAB\")); say(\"done\"); log::warn(\"mind\");");
    assert_eq!(world.printed(), ["LAB", "Info: done", "Warning: mind"]);
}

#[test]
fn an_endless_loop_stops_when_told() {
    let world = World::new();
    world.host().cancel.store(true, Ordering::Relaxed);
    let failure = world.bad("loop { }");
    assert_eq!(failure.kind, ErrorKind::Cancelled);
}

#[test]
fn a_misspelt_map_key_is_an_error() {
    let failure = World::new().bad("let m = #{ name: 1 }; m.nmae");
    assert!(failure.message.contains("nmae"), "{failure:?}");
}

#[test]
fn time_is_the_clocks() {
    let world = World::new();
    assert_eq!(world.value("`${today()}`").into_string().unwrap(), "2025-06-15");
}

#[test]
fn modules_are_files_below_the_working_folder() {
    let world = World::new();
    let module = "fn home() { o.get_space(\"LAB\") }";
    std::fs::write(world.host().folder.join("places.rhai"), module).unwrap();
    world.good("import \"places\" as places; assert_eq(places::home(), \"LAB\");");
    let failure = world.bad("import \"../places\" as places;");
    assert_eq!(failure.kind, ErrorKind::Denied);
    let failure = world.bad("import \"plaices\" as places;");
    assert_eq!(failure.kind, ErrorKind::NotFound);
}
