use super::World;
use crate::script::ErrorKind;

#[track_caller]
fn fails(script: &str, kind: ErrorKind, message: &str, hint: &str) {
    let failure = World::new().bad(script);
    assert_eq!(failure.kind, kind, "{failure:?}");
    assert!(failure.message.contains(message), "{failure:?}");
    assert!(
        failure.hints.iter().any(|h| h.contains(hint)) || hint.is_empty(),
        "{failure:?}"
    );
    assert!(failure.position.is_some(), "{failure:?}");
}

#[test]
fn what_is_not_there_is_named_with_the_nearest() {
    fails("o.get_space(\"LABB\")", ErrorKind::NotFound, "no space `LABB`", "`LAB`");
    fails("o.get_sample_type(\"YEAS\")", ErrorKind::NotFound, "sample type", "`YEAST`");
    fails("o.new_sample(\"YEASST\")", ErrorKind::NotFound, "`YEASST`", "`YEAST`");
}

#[test]
fn misspelt_names_are_errors_that_name_the_nearest() {
    let one = "let s = o.get_samples(#{ type: \"YEAST\" })[0];";
    let attribute = format!("{one} s.permit");
    fails(&attribute, ErrorKind::Script, "no attribute `permit`", "`permId`");
    let property = format!("{one} s.p.ownr");
    fails(&property, ErrorKind::Script, "no property `ownr`", "`owner`");
    fails(
        "o.get_smaples()",
        ErrorKind::Script,
        "no function `get_smaples`",
        "`get_samples`",
    );
    fails("o.get_samples(#{ tpye: 1 })", ErrorKind::Script, "`tpye`", "`type`");
    let variable = World::new().bad("smaples");
    assert_eq!(variable.message, "no variable `smaples`");
}

#[test]
fn a_property_read_as_an_attribute_is_told_apart() {
    let script = "o.get_samples(#{ type: \"YEAST\" })[0].owner";
    fails(script, ErrorKind::Script, "no attribute `owner`", "`props.owner`");
}

#[test]
fn wrong_values_are_refused_before_anything_is_sent() {
    let step = "let s = o.get_samples(#{ type: \"EXPERIMENTAL_STEP\" })[0];";
    let flag = format!("{step} s.p.finished_flag = \"maybe\";");
    fails(&flag, ErrorKind::Invalid, "takes `true` or `false`", "");
    let date = format!("{step} s.p.start_date = \"3.2.2024\";");
    fails(&date, ErrorKind::Invalid, "takes a time", "");
    let yeast = "let s = o.get_samples(#{ type: \"YEAST\" })[0];";
    let term = format!("{yeast} s.p[\"yeast.mating_type\"] = \"alpa\";");
    fails(&term, ErrorKind::Invalid, "`ALPA` is no term", "`ALPHA`");
}

#[test]
fn an_error_can_be_caught_and_asked() {
    World::new().good(
        r#"
        try {
            o.get_space("LABB");
            assert(false);
        } catch (e) {
            assert_eq(e.kind, "not_found");
            assert_eq(e.message, "no space `LABB`");
            assert_eq(e.hint, "did you mean `LAB`?");
            assert(!e.retryable);
        }
        "#,
    );
}

#[test]
fn a_function_with_wrong_arguments_is_named() {
    let failure = World::new().bad("o.get_space()");
    assert_eq!(failure.message, "`get_space` cannot be called with (Openbis)");
    assert!(failure.hints.iter().any(|hint| hint.contains("get_space(")), "{failure:?}");
}

#[test]
fn the_functions_on_the_way_are_told() {
    let failure =
        World::new().bad("fn find(code) {\n  o.get_space(code)\n}\nfind(\"NOPE\")");
    assert_eq!(failure.position.and_then(rhai::Position::line), Some(2));
    assert_eq!(failure.calls[0].function, "find");
    assert_eq!(failure.calls[0].position.and_then(rhai::Position::line), Some(4));
}

#[test]
fn files_stay_below_the_working_folder() {
    let script = "o.get_spaces().df.to_csv(\"../spaces.csv\")";
    fails(script, ErrorKind::Denied, "not below the working folder", "");
}

#[test]
fn an_empty_list_is_no_condition() {
    fails("o.get_samples(#{ tags: [] })", ErrorKind::Invalid, "empty list", "");
}

#[test]
fn what_is_not_saved_holds_nothing() {
    fails("o.new_space(\"X\").get_samples()", ErrorKind::Invalid, "not saved", "save");
}

#[test]
fn a_search_in_a_place_or_for_a_type_that_is_not_there_fails() {
    let kind = ErrorKind::NotFound;
    fails(
        "o.get_samples(#{ type: \"YEST\" }).total",
        kind,
        "no sample type `YEST`",
        "`YEAST`",
    );
    fails("o.get_samples(#{ space: \"LABB\" }).total", kind, "no space `LABB`", "`LAB`");
    let project = "for d in o.get_datasets(#{ project: \"/LAB/STRES\" }) { print(d) }";
    fails(project, kind, "no project `/LAB/STRES`", "`/LAB/STRESS`");
    let empty =
        "let s = o.new_space(\"EMPTY\").save(); assert_eq(s.get_samples().total, 0)";
    World::new().good(empty);
}
