//! Every mistake has its exit code, a message that names the thing, and a hint.
use rhobis::cli::Exit;

use crate::listening::Listening;
use crate::rhobis::Rhobis;

#[test]
fn an_unknown_space_is_named_together_with_the_nearest_one() {
    Rhobis::new()
        .script(r#"o.get_space("LABB")"#)
        .run()
        .fails_with(Exit::NotFound)
        .stderr_has("no space `LABB`")
        .stderr_has("script.rhai:1:3")
        .stderr_has("hint: did you mean `LAB`?");
}

#[test]
fn an_unknown_recipe_is_named_together_with_the_nearest_one() {
    Rhobis::new()
        .args(["run", "bulk-tagg"])
        .run()
        .fails_with(Exit::Usage)
        .stderr_has("`bulk-tagg`")
        .stderr_has("hint: did you mean `bulk-tag`?");
}

#[test]
fn a_missing_parameter_is_named_and_explained() {
    Rhobis::new()
        .args(["run", "bulk-tag", "--type", "YEAST"])
        .run()
        .fails_with(Exit::Usage)
        .stderr_has("`tag`")
        .stderr_has("hint: ");
}

#[test]
fn a_parameter_of_the_wrong_type_is_refused() {
    Rhobis::new()
        .args(["run", "archive-datasets", "--wait", "perhaps"])
        .run()
        .fails_with(Exit::Usage)
        .stderr_has("`perhaps`")
        .stderr_has("hint: ");
}

#[test]
fn an_unknown_type_is_named_together_with_the_nearest_one() {
    Rhobis::new()
        .args(["run", "bulk-tag", "--type", "YEST", "--tag", "checked"])
        .run()
        .fails_with(Exit::NotFound)
        .stderr_has("`YEST`")
        .stderr_has("hint: did you mean `YEAST`?");
}

#[test]
fn a_rule_of_faults_is_refused_by_the_part_that_is_wrong() {
    for (rule, said) in [
        ("login:once", "`METHODS:WHEN:FAULT`"),
        ("createSample:once:500", "did you mean `createSamples`?"),
        ("login:twice:500", "`twice` does not say when; there are `always`"),
        ("login:once:boom", "`boom` is no fault; there are `latency=TIME`"),
    ] {
        Rhobis::new()
            .without_server()
            .args(["sandbox", "--fault", rule])
            .run()
            .fails_with(Exit::Usage)
            .stderr_has(said);
    }
}

#[test]
fn a_wrong_password_is_told() {
    let sandbox = Listening::new();
    Rhobis::new()
        .at(&sandbox.url)
        .env("OPENBIS_USERNAME", "admin")
        .env("OPENBIS_PASSWORD", "wrong")
        .eval("o.get_spaces().total")
        .run()
        .fails_with(Exit::Denied)
        .stderr_has("`admin`")
        .stderr_has("hint: ")
        .stderr_lacks("wrong`");
}

#[test]
fn a_server_that_is_not_there_is_named() {
    Rhobis::new()
        .at("http://127.0.0.1:9")
        .env("OPENBIS_USERNAME", "admin")
        .env("OPENBIS_PASSWORD", "secret")
        .eval("o.get_spaces().total")
        .run()
        .fails_with(Exit::Unreachable)
        .stderr_has("http://127.0.0.1:9")
        .stderr_has("hint: ");
}

#[test]
fn a_syntax_error_is_shown_where_it_is() {
    Rhobis::new()
        .script("let a = 1;\nlet b = = 2;\n")
        .run()
        .fails_with(Exit::Script)
        .stderr_has("script.rhai:2:9")
        .stderr_has("let b = = 2;")
        .stderr_has("^");
}

#[test]
fn a_misspelt_function_is_named_together_with_the_nearest_one() {
    Rhobis::new()
        .script(r#"o.get_smaples(#{ type: "YEAST" })"#)
        .run()
        .fails_with(Exit::Script)
        .stderr_has("`get_smaples`")
        .stderr_has("hint: did you mean `get_samples`");
}

#[test]
fn a_misspelt_attribute_is_named_together_with_the_nearest_one() {
    Rhobis::new()
        .script(r#"o.get_space("LAB").descripton"#)
        .run()
        .fails_with(Exit::Script)
        .stderr_has("`descripton`")
        .stderr_has("hint: did you mean `description`?");
}

#[test]
fn a_misspelt_property_is_named_together_with_the_nearest_one() {
    Rhobis::new()
        .script(r#"o.get_samples(#{ type: "YEAST", count: 1 })[0].props.strain_nmae"#)
        .run()
        .fails_with(Exit::Script)
        .stderr_has("`strain_nmae`")
        .stderr_has("hint: ");
}

#[test]
fn a_value_that_the_type_of_the_property_refuses_changes_nothing() {
    let lab = Rhobis::new();
    let before = lab.again().eval(FREEZER).run().succeeds().stdout;
    lab.again()
        .script(
            r#"let s = o.get_samples(#{ type: "STORAGE_POSITION", count: 1 })[0];
               s.props["$STORAGE_POSITION.STORAGE_RACK_ROW"] = "left";
               s.save();"#,
        )
        .run()
        .fails_with(Exit::Script)
        .stderr_has("left")
        .stderr_has("hint: ");
    lab.again().eval(FREEZER).run().succeeds().stdout_is(before.trim_end());
}

const FREEZER: &str = r#"o.get_samples(#{ type: "STORAGE_POSITION", count: 1 })[0].props["$STORAGE_POSITION.STORAGE_RACK_ROW"]"#;
