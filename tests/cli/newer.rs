//! What only newer servers have, against one of them.
use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use rhobis::cli::Exit;

use crate::listening::Listening;
use crate::rhobis::Rhobis;

fn newer() -> Listening {
    Listening::serving(&[
        "--listen=127.0.0.1:0",
        "--api=newer",
        "--user=admin:admin",
        "--user=observer:observer",
    ])
}

fn lab(sandbox: &Listening) -> Rhobis {
    Rhobis::new().at(&sandbox.url)
}

/// What is exchanged is not of the interface that other logs are held to.
fn known(lab: &Rhobis, user: &str) -> Rhobis {
    let quiet = lab.again().env("RHOBIS_WIRE_LOG", "/dev/null");
    quiet.env("OPENBIS_USERNAME", user).env("OPENBIS_PASSWORD", user)
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
    let space = "o.get_datasets()[0].list_files()";
    known(&lab, "observer").eval(space).run().fails_with(Exit::Script);
}

/// The files of a zip, by their names.
fn unpacked(file: &Path) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(fs::File::open(file).unwrap()).unwrap();
    let count = zip.len();
    let read = |index: usize| {
        let mut entry = zip.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        (
            entry.name().unwrap().into_owned(),
            String::from_utf8_lossy(&content).into_owned(),
        )
    };
    (0..count).map(read).collect()
}

#[test]
fn a_crate_holds_the_objects_and_their_files() {
    let sandbox = newer();
    let lab = lab(&sandbox);
    let script = r#"
        let series = o.get_collection("/LAB/STRESS/HEAT_SHOCK");
        let job = o.export_ro_crate([series], #{ with_levels_below: true });
        print(job.check_status() == "COMPLETED");
        job.download("crates/heat.zip");
        print(job.check_status());
    "#;
    let seen = known(&lab, "observer").script(script).run().succeeds();
    seen.stdout_is("false\nCOMPLETED");
    assert_eq!(fs::read_dir(lab.path("crates")).unwrap().count(), 1);
    let files = unpacked(&lab.path("crates/heat.zip"));
    let described = &files["ro-crate-metadata.json"];
    for word in [
        "https://w3id.org/ro/crate/1.1/context",
        "/LAB/STRESS/HEAT_SHOCK",
        "EXPERIMENTAL_STEP",
        "Plate reader, run 1",
        "Paul Meier",
    ] {
        assert!(described.contains(word), "{word}: {described}");
    }
    let notes = files.iter().find(|(name, _)| name.ends_with("/notes.txt")).unwrap();
    assert!(described.contains(notes.0) && notes.1.contains("42 °C"));
}

#[test]
fn the_description_alone_is_json() {
    let sandbox = newer();
    let lab = lab(&sandbox);
    let export = r#"o.export_ro_crate([o.get_samples(#{ type: "YEAST", count: 1 })[0]], #{ zip: false }).download("one.json")"#;
    known(&lab, "observer").eval(export).run().succeeds().stdout_has("one.json");
    let text = fs::read_to_string(lab.path("one.json")).unwrap();
    assert!(text.starts_with('{') && text.contains("\"@graph\""), "{text}");
}

#[test]
fn a_crate_that_cannot_be_made_says_why() {
    let sandbox = newer();
    let lab = lab(&sandbox);
    let missing = r#"o.export_ro_crate(["20200101000000000-9"]).download("none.zip")"#;
    known(&lab, "observer")
        .eval(missing)
        .run()
        .fails_with(Exit::Script)
        .stderr_has("the crate could not be made")
        .stderr_has("20200101000000000-9");
    assert!(!lab.path("none.zip").exists());
    let kind = "o.export_ro_crate([o.get_tags()[0]])";
    known(&lab, "admin").eval(kind).run().fails_with(Exit::Script).stderr_has("crate");
    let option =
        "o.export_ro_crate(o.get_spaces().to_array(), #{ with_level_below: true })";
    known(&lab, "admin")
        .eval(option)
        .run()
        .fails_with(Exit::Script)
        .stderr_has("`with_levels_below`");
    let nothing = "o.export_ro_crate([])";
    known(&lab, "admin").eval(nothing).run().fails_with(Exit::Script);
}

#[test]
fn somebody_elses_crate_is_not_to_be_had() {
    let sandbox = newer();
    let lab = lab(&sandbox);
    let script = "print(o.export_ro_crate([o.get_samples()[0]]).jobId);";
    let id = known(&lab, "admin").script(script).run().succeeds().stdout;
    let own =
        known(&lab, "observer").eval("o.token").shows_secrets().run().succeeds().stdout;
    let fetched = |key: &str, what: &str| {
        let stream =
            std::net::TcpStream::connect(sandbox.url.trim_start_matches("http://"));
        let mut stream = stream.unwrap();
        let head = format!(
            "GET /open-api/ro-crate/{what} HTTP/1.1\r\nHost: lab\r\nConnection: close\r\napi-key: {key}\r\njobId: {}\r\n\r\n",
            id.trim()
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(fetched(own.trim(), "download"), "HTTP/1.1 404 Not Found");
    assert_eq!(
        fetched(own.trim(), &format!("status/{}", id.trim())),
        "HTTP/1.1 404 Not Found"
    );
    assert_eq!(fetched("nobody-1", "status"), "HTTP/1.1 401 Unauthorized");
    assert_eq!(fetched(own.trim(), "test-echo?message=x"), "HTTP/1.1 200 OK");
}

#[test]
fn objects_are_exported_as_a_spreadsheet() {
    let sandbox = newer();
    let lab = lab(&sandbox);
    let script = r#"
        let series = o.get_collection("/LAB/STRESS/HEAT_SHOCK");
        o.export_xlsx([series], "heat.xlsx", #{ with_levels_below: true });
        o.export_xlsx([series], "heat.zip", #{ zip: true, with_referred_types: true });
    "#;
    let seen = known(&lab, "observer").args(["-vv"]).script(script).run().succeeds();
    seen.stderr_has("Types are not exported along.").stderr_lacks("sessionID");
    let files = unpacked(&lab.path("heat.xlsx"));
    let texts = &files["xl/sharedStrings.xml"];
    for word in
        ["EXPERIMENT", "SAMPLE", "Sample type", "/LAB/STRESS/HEAT_SHOCK", "Parents"]
    {
        assert!(texts.contains(&format!("<t>{word}</t>")), "{word}: {texts}");
    }
    assert!(files["xl/worksheets/sheet1.xml"].contains("<row r=\"20\""));
    assert!(unpacked(&lab.path("heat.zip")).contains_key("metadata.xlsx"));
    let tag = r#"o.export_xlsx([o.get_tags()[0]], "t.xlsx")"#;
    known(&lab, "admin").eval(tag).run().fails_with(Exit::Script).stderr_has("export");
    let import = r#"o.call("executeImport", [#{ format: "XLS", sessionWorkspaceFiles: ["heat.xlsx"] }, #{ mode: "FAIL_IF_EXISTS" }])"#;
    let refused = known(&lab, "admin").script(import).args(["--yes"]).run();
    refused.fails_with(Exit::Script).stderr_has("imports no files");
}

#[test]
fn an_older_server_is_told_to_be_one() {
    Rhobis::new()
        .eval(r#"o.export_xlsx([o.get_samples()[0]], "s.xlsx")"#)
        .run()
        .fails_with(Exit::Script)
        .stderr_has("API 3.6) is too old for");
    Rhobis::new()
        .eval("o.export_ro_crate([o.get_samples()[0]])")
        .run()
        .fails_with(Exit::Script)
        .stderr_has("API 3.6) is too old for exports as RO-Crate");
    Rhobis::new()
        .eval("o.get_samples()[0].list_files()")
        .run()
        .fails_with(Exit::Script)
        .stderr_has("API 3.6) is too old for files of objects");
}
