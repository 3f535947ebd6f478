//! What only newer servers hold, in the journal and taken back.
use rhobis::cli::Exit;

use crate::listening::Listening;
use crate::rhobis::{Rhobis, Seen};

const TYPES: &str = r#"
o.new_property_type(#{ code: "SIZES", label: "S", description: "S", dataType: "INTEGER", multiValue: true }).save();
o.new_property_type(#{ code: "LEVEL", label: "L", description: "L", dataType: "INTEGER", pattern: "1-5", patternType: "RANGES" }).save();
let t = o.new_sample_type(#{ code: "BOX", generatedCodePrefix: "B" }).save();
t.assign_property("SIZES");
o.new_sample("BOX", #{ space: "LAB", code: "BOX1", props: #{ sizes: [1, 2] } }).save();
"#;

const LOOK: &str = r#"
let s = o.get_sample("/LAB/BOX1");
let t = o.get_sample_type("BOX");
let l = o.get_property_type("LEVEL");
`${s.p.sizes} ${s.metaData} ${t.propertyAssignments.map(|a| a.unique)} ${l.pattern}`
"#;

struct Lab {
    sandbox: Listening,
    home: Rhobis,
}

impl Lab {
    fn new() -> Self {
        let options = ["--listen=127.0.0.1:0", "--user=admin:secret", "--api=newer"];
        let lab = Self { sandbox: Listening::serving(&options), home: Rhobis::new() };
        lab.run(TYPES).succeeds();
        lab
    }

    /// A command line at the server, in the same home.
    fn at(&self) -> Rhobis {
        let rhobis = self.home.again().at(&self.sandbox.url).of_newer();
        rhobis.env("OPENBIS_USERNAME", "admin").env("OPENBIS_PASSWORD", "secret")
    }

    fn run(&self, script: &str) -> Seen {
        self.at().file("change.rhai", script).args(["run", "change.rhai", "--yes"]).run()
    }

    /// What somebody else sees.
    fn look(&self) -> String {
        let other = Rhobis::new().at(&self.sandbox.url).of_newer();
        let other =
            other.env("OPENBIS_USERNAME", "admin").env("OPENBIS_PASSWORD", "secret");
        other
            .file("look.rhai", &format!("print({{{LOOK}}})"))
            .args(["run", "look.rhai"])
            .run()
            .succeeds()
            .stdout
    }
}

#[test]
fn several_values_patterns_and_unique_values_are_written_down_and_taken_back() {
    let lab = Lab::new();
    let before = lab.look();
    assert_eq!(before.trim(), "[1, 2] #{} [false] 1-5");
    lab.run(
        r#"
        let s = o.get_sample("/LAB/BOX1");
        s.p.sizes = [3];
        s.metaData = #{ a: "b" };
        s.save();
        o.get_sample_type("BOX").assign_property("SIZES", #{ unique: true });
        let l = o.get_property_type("LEVEL");
        l.pattern = "1-9";
        l.save();
        "#,
    )
    .succeeds();
    let changed = lab.look();
    assert_eq!(changed.trim(), r#"[3] #{"a": "b"} [true] 1-9"#);
    lab.at().args(["runs", "show", "2"]).run().succeeds().stdout_has("sizes: 1, 2 → 3");
    lab.at().args(["undo", "2", "--yes"]).run().succeeds();
    assert_eq!(lab.look(), before);
    lab.at().args(["undo", "3", "--yes"]).run().succeeds();
    assert_eq!(lab.look(), changed);
}

#[test]
fn files_that_were_made_immutable_stay_so() {
    let lab = Lab::new();
    let script =
        r#"let s = o.get_sample("/LAB/BOX1"); s.immutableData = true; s.save();"#;
    let unasked = lab.at().file("change.rhai", script).args(["run", "change.rhai"]).run();
    unasked.fails_with(Exit::Limit).stderr_has("nothing can undo that");
    lab.run(script).succeeds();
    let last = lab.at().args(["undo", "2", "--yes", "-v"]).run();
    last.fails_with(Exit::Partly).stderr_has("immutable files stay so for good");
}
