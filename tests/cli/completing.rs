//! What the Tab key knows of an openBIS, and where that is kept.
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Duration;

use expectrl::{Eof, Expect};

use crate::listening::Listening;
use crate::rhobis::Rhobis;

const CONFIG: &str = "../home/config.toml";

fn lab(sandbox: &Listening, settings: &str) -> Rhobis {
    let url = &sandbox.url;
    let config = format!(
        "default_profile = \"lab\"\n[profiles.lab]\nurl = \"{url}\"\nuser = \"admin\"\n{settings}\n"
    );
    Rhobis::new().without_server().file(CONFIG, &config)
}

fn logged_in(lab: &Rhobis) {
    lab.again().env("OPENBIS_PASSWORD", "secret").args(["login"]).run().succeeds();
}

/// The files that are kept for completion.
fn kept(lab: &Rhobis) -> Vec<PathBuf> {
    let folder = fs::read_dir(lab.home("cache"));
    folder.into_iter().flatten().map(|file| file.unwrap().path()).collect()
}

/// What stands on the screen after each of these was typed at the prompt.
fn typed(lab: &Rhobis, begun: &[(&str, &str)]) {
    let mut session = expectrl::Session::spawn(lab.command()).unwrap();
    session.set_expect_timeout(Some(Duration::from_secs(60)));
    for (keys, completed) in begun {
        session.expect("rhobis> ").unwrap();
        session.send(keys).unwrap();
        session.expect(completed).unwrap_or_else(|error| panic!("{keys}: {error}"));
        session.send("\x03").unwrap();
    }
    session.expect("rhobis> ").unwrap();
    session.send_line(".quit").unwrap();
    session.expect(Eof).unwrap();
}

const BEGUN: [(&str, &str); 5] = [
    ("o.get_samples(#{ type: \"YEA\t", "YEAST"),
    ("s.p.genetic_m\t", "genetic_modification"),
    ("s.p.yeast\t", "s.p[\"YEAST."),
    ("s.p[\"YEAST.MAT\t", "YEAST.MATING_TYPE"),
    ("o.get_terms(\"PLASMID.MA\t", "PLASMID.MARKER"),
];

#[test]
fn the_lab_in_the_process_is_completed() {
    typed(&Rhobis::new(), &BEGUN);
}

#[test]
fn what_is_known_is_kept_for_its_owner_and_known_when_the_server_is_away() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox, "");
    logged_in(&lab);
    let files = kept(&lab);
    let [file] = files.as_slice() else { panic!("{files:?}") };
    let mode = |path: &PathBuf| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(file), mode(&lab.home("cache"))), (0o600, 0o700));
    drop(sandbox);
    typed(&lab.again(), &BEGUN);
}

#[test]
fn what_is_changed_here_is_not_kept_and_asked_for_again() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox, "");
    logged_in(&lab);
    let make = r#"o.new_property_type("NEWLY", "New", "New.", "INTEGER").save();
        let ty = o.get_sample_type("YEAST");
        ty.assign_property("NEWLY");"#;
    lab.again().script(make).run().succeeds();
    assert!(kept(&lab).is_empty());
    let begun = [("o.get_spaces().len()\r", "8"), ("s.p.newl\t", "newly")];
    typed(&lab.again(), &begun);
    assert_eq!(kept(&lab).len(), 1);
    lab.again().eval("o.clear_cache()").run().succeeds();
    assert!(kept(&lab).is_empty());
}

#[test]
fn nothing_is_kept_where_that_is_off_or_one_has_logged_out() {
    let sandbox = Listening::new();
    let without = lab(&sandbox, "cache = false");
    logged_in(&without);
    assert!(kept(&without).is_empty());
    let with = lab(&sandbox, "");
    logged_in(&with);
    assert_eq!(kept(&with).len(), 1);
    with.again().args(["logout"]).run().succeeds();
    assert!(kept(&with).is_empty());
}

#[test]
fn what_is_kept_is_another_for_each_user_and_broken_files_are_asked_for_again() {
    let users = ["--listen=127.0.0.1:0", "--user=admin:secret", "--user=power:power"];
    let sandbox = Listening::serving(&users);
    let lab = lab(&sandbox, "");
    logged_in(&lab);
    let files = kept(&lab);
    let power = lab.again().env("OPENBIS_PASSWORD", "power");
    power.args(["login", "--user", "power"]).run().succeeds();
    assert_eq!(kept(&lab).len(), 2);
    fs::write(&files[0], "rhobis words 1\ntype ?").unwrap();
    logged_in(&lab);
    let text = fs::read_to_string(&files[0]).unwrap();
    assert!(text.contains("type SampleType YEAST"), "{text}");
}
