//! What only newer servers have, against one of them.
use std::fs;

use rhobis::cli::Exit;

use crate::listening::Listening;
use crate::rhobis::Rhobis;

fn newer() -> Listening {
    Listening::serving(&["--listen=127.0.0.1:0", "--api=newer"])
}

fn lab(sandbox: &Listening) -> Rhobis {
    Rhobis::new().at(&sandbox.url)
}

fn known(lab: &Rhobis, user: &str) -> Rhobis {
    lab.again().env("OPENBIS_USERNAME", user).env("OPENBIS_PASSWORD", user)
}

#[test]
fn files_of_a_collection_are_listed_and_read() {
    let sandbox = newer();
    let lab = lab(&sandbox);
    let list = r#"o.get_collection("/LAB/STRESS/HEAT_SHOCK").list_files("/", true)"#;
    let seen = known(&lab, "observer").args(["--output=csv"]).eval(list).run().succeeds();
    let lines: Vec<&str> = seen.stdout.lines().collect();
    assert_eq!(lines.len(), 6, "{seen}");
    assert!(lines[0].contains("path") && seen.stdout.contains("/plan/old/layout.csv"));
    let script = r#"
        let step = o.get_samples(#{ type: "EXPERIMENTAL_STEP", count: 1 })[0];
        let listed = step.list_files().filter(|file| file.name == "plate.png")[0];
        let path = step.download_file("/plate.png", "pictures/plate.png");
        print(`${step.read_file("notes.txt")}${listed.size}`);
        assert_eq(step.read_bytes("/plate.png").len(), listed.size);
        assert_eq(step.read_bytes("/plate.png", listed.size - 2, 10).len(), 2);
    "#;
    let seen = known(&lab, "observer").script(script).run().succeeds();
    seen.stdout_is("At 42 °C for 30 min.\n20008");
    let content = fs::read(lab.path("pictures/plate.png")).unwrap();
    assert_eq!((content.len(), &content[1..4]), (20_008, &b"PNG"[..]));
    let folder = fs::read_dir(lab.path("pictures")).unwrap();
    assert_eq!(folder.count(), 1, "nothing half done is left");
}

#[test]
fn what_cannot_be_read_is_named() {
    let sandbox = newer();
    let lab = lab(&sandbox);
    let fails = |expression: &str, exit, words: &str| {
        let expression =
            format!(r#"o.get_collection("/LAB/STRESS/HEAT_SHOCK").{expression}"#);
        known(&lab, "observer")
            .eval(&expression)
            .run()
            .fails_with(exit)
            .stderr_has(words);
    };
    let missing = "no file `/none.txt` of experiment `/LAB/STRESS/HEAT_SHOCK`";
    fails(r#"read_file("none.txt")"#, Exit::NotFound, missing);
    fails(r#"list_files("/none")"#, Exit::NotFound, "no file `/none`");
    fails(r#"read_file("/plan")"#, Exit::Script, "`/plan` is a folder");
    fails(r#"download_file("/readme.txt", "../out")"#, Exit::Limit, "working folder");
    fails(r#"read_bytes("/readme.txt", -1, 5)"#, Exit::Script, "`offset`");
    let picture =
        r#"o.get_samples(#{ type: "EXPERIMENTAL_STEP" })[0].read_file("/plate.png")"#;
    known(&lab, "observer")
        .eval(picture)
        .run()
        .fails_with(Exit::Script)
        .stderr_has("is no text")
        .stderr_has("read_bytes");
    let space = r#"o.get_datasets()[0].list_files()"#;
    known(&lab, "observer").eval(space).run().fails_with(Exit::Script);
}

#[test]
fn an_older_server_is_told_to_be_one() {
    Rhobis::new()
        .eval(r#"o.get_samples()[0].list_files()"#)
        .run()
        .fails_with(Exit::Script)
        .stderr_has("API 3.6) is too old for files of objects");
}
