//! Whatever is done with everything told that can be told, secrets appear nowhere but in
//! the files that are made to keep them.
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use expectrl::{Eof, Expect};
use rhobis::cli::Exit;

use crate::canaries::{files, secret_in};
use crate::listening::Listening;
use crate::rhobis::{Rhobis, Seen};

/// The password of the administrator.
const RIGHT: &str = "canary-right-5d1f";
/// A password that nobody has.
const WRONG: &str = "canary-wrong-77c0";
/// A session that nobody has.
const DEAD: &str = "admin-230926133701234x0123456789ABCDEF0123456789ABCDEF";

/// A place where much is done with secrets, and all that came of it.
struct Story {
    lab: Rhobis,
    heard: Vec<(String, String)>,
}

impl Story {
    fn new(sandbox: &Listening) -> Self {
        let url = &sandbox.url;
        let config = format!(
            "default_profile = \"lab\"\n[profiles.lab]\nurl = \"{url}\"\nuser = \"admin\"\npassword_env = \"LAB_WORD\"\n"
        );
        let lab = Rhobis::new().without_server().file("../home/config.toml", &config);
        Self { lab, heard: Vec::new() }
    }

    /// A command, with everything told that can be told.
    fn command(&self, words: &[&str]) -> Rhobis {
        let loud = ["-vv", "--timing", "--wire-log=wire.jsonl"];
        let rhobis =
            words.iter().fold(self.lab.again(), |rhobis, word| rhobis.args([word]));
        rhobis.args(loud).env("RUST_BACKTRACE", "full").env("LAB_WORD", RIGHT)
    }

    fn does(&mut self, words: &[&str]) -> Seen {
        let command = self.command(words);
        self.hears(words, command)
    }

    fn hears(&mut self, words: &[&str], command: Rhobis) -> Seen {
        let seen = command.run();
        let all = format!("{}{}", seen.stdout, seen.stderr);
        self.heard.push((words.join(" "), all));
        seen
    }

    /// Everything that was written anywhere, by the name of where.
    fn everything(mut self) -> Vec<(String, String)> {
        for folder in [self.lab.home(""), self.lab.path("")] {
            let is_script =
                |file: &Path| file.extension().is_some_and(|end| end == "rhai");
            for file in files(&folder).into_iter().filter(|file| !is_script(file)) {
                let bytes = fs::read(&file).unwrap();
                let text = String::from_utf8_lossy(&bytes).into_owned();
                self.heard.push((file.display().to_string(), text));
            }
        }
        self.heard
    }
}

const WORKING: &str = r#"//! Makes and changes.
let password = "canary-right-5d1f";
print(o);
print(o.url);
let s = o.new_space(#{ code: "CANARY", description: "x" });
s.save();
s.description = "y";
s.save();
debug(o.whoami());
"#;

const FAILING: [&str; 8] = [
    r#"o.login("admin", "canary-wrong-77c0")"#,
    r#"o.login_as(`nobody`, "canary-wrong-77c0", "x")"#,
    r#"Openbis("http://127.0.0.1:9", #{ user: "a", password: "canary-wrong-77c0" }).get_spaces().len()"#,
    r#"o.get_space("LABB")"#,
    "throw `it failed: ${o}`;",
    r#"o.new_space(#{ code: "LAB" }).save();"#,
    r#"o.set_token("nobody-1");"#,
    "o.logout(); o.get_spaces().total; let x = 1 / 0;",
];

#[test]
fn secrets_are_nowhere_but_where_they_are_kept() {
    let right = format!("--user=admin:{RIGHT}");
    let sandbox = Listening::serving(&["--listen=127.0.0.1:0", &right]);
    let mut story = Story::new(&sandbox);
    sessions(&mut story);
    access_tokens(&mut story);
    scripts(&mut story);
    runs(&mut story);
    at_the_prompt(&mut story);
    let everything = story.everything();
    for name in ["wire.jsonl", "rhobis.db", "history", "config.toml"] {
        assert!(everything.iter().any(|(place, _)| place.ends_with(name)), "{name}");
    }
    for (place, text) in everything {
        let found = secret_in(&text);
        assert_eq!(found, None, "in {place}: {text}");
    }
}

fn sessions(story: &mut Story) {
    story.does(&["whoami"]).succeeds();
    story.does(&["login"]).succeeds();
    story.does(&["config", "explain"]).succeeds();
    story.does(&["profile", "show"]).succeeds();
    let words = ["login", "--user", "admin"];
    let wrong = story.command(&words).env("OPENBIS_PASSWORD", WRONG);
    assert!(!story.hears(&words, wrong).stderr.is_empty());
    let token = fs::read_to_string(story.lab.home("tokens/lab.token")).unwrap();
    let piped = story.command(&["login", "--token"]).input(&token);
    story.hears(&["login", "--token"], piped).succeeds();
    let dead = story.command(&["login", "--token"]).input(DEAD);
    assert!(story.hears(&["dead"], dead).stderr.contains("does not know"));
    let by_variable = story.command(&["whoami"]).env("OPENBIS_TOKEN", DEAD);
    assert!(story.hears(&["dead"], by_variable).stderr.contains("error: "));
    let away = story.command(&["whoami", "--max-wait=0s", "--url=http://127.0.0.1:9"]);
    let away = away.env("OPENBIS_PASSWORD", RIGHT).env("OPENBIS_USERNAME", "admin");
    assert!(story.hears(&["away"], away).stderr.contains("error: "));
    let proxied = format!("http://ann:{WRONG}@127.0.0.1:9");
    let proxied = story.command(&["whoami", "--max-wait=0s"]).env("HTTP_PROXY", &proxied);
    assert!(story.hears(&["proxied"], proxied).stderr.contains("error: "));
}

fn access_tokens(story: &mut Story) {
    story.does(&["token", "create", "canary"]).succeeds();
    story.does(&["token", "create", "other", "--to", "other.token"]).succeeds();
    story.does(&["token", "renew", "--revoke-old"]).succeeds();
    story.does(&["token", "list"]).succeeds();
    story.does(&["token", "list", "--output=json"]).succeeds();
    story.does(&["eval", "o.get_personal_access_tokens().total"]);
    story.does(&["token", "revoke", "other"]).succeeds();
    // With an access token, what it may not do.
    assert!(story.does(&["eval", "o.get_space(`NO`)"]).stderr.contains("error: "));
    story.does(&["eval", "o"]).succeeds();
}

fn scripts(story: &mut Story) {
    let file = |name: &str, text: &str| story.lab.again().file(name, text);
    drop(file("working.rhai", WORKING));
    for (at, text) in FAILING.iter().enumerate() {
        drop(file(&format!("failing-{at}.rhai"), text));
    }
    story.does(&["run", "working.rhai", "--yes"]).succeeds();
    for at in 0..FAILING.len() {
        let script = format!("failing-{at}.rhai");
        assert!(story.does(&["run", &script, "--yes"]).stderr.contains("error: "));
    }
}

/// What is remembered of runs, plans too.
fn runs(story: &mut Story) {
    story.does(&["run", "working.rhai", "--dry-run"]);
    story.does(&["plan", "working.rhai", "-o", "plan.json"]);
    story.does(&["apply", "plan.json", "--yes"]);
    story.does(&["runs"]).succeeds();
    story.does(&["runs", "show", "1"]);
    story.does(&["undo", "1", "--yes"]);
    story.does(&["resume", "1"]);
}

/// At a terminal: what is typed is seen there, and is not to be seen later.
fn at_the_prompt(story: &mut Story) {
    let command: Command = story.command(&[]).command();
    let mut session = expectrl::Session::spawn(command).unwrap();
    session.set_expect_timeout(Some(Duration::from_secs(60)));
    let lines = [
        "1 + 1".to_owned(),
        format!("o.login(\"admin\", \"{RIGHT}\");"),
        format!("o.login(\"admin\", \"{WRONG}\");"),
        format!("let word = #{{ user: \"admin\", password: \"{RIGHT}\" }};"),
        format!("o.set_token(\"{DEAD}\");"),
        "o.token.len()".to_owned(),
        "2 + 2".to_owned(),
    ];
    for line in lines {
        session.expect("rhobis> ").unwrap();
        session.send_line(line).unwrap();
    }
    session.expect("rhobis> ").unwrap();
    session.send_line(".quit").unwrap();
    session.expect(Eof).unwrap();
    let history = fs::read_to_string(story.lab.home("history")).unwrap();
    assert!(history.contains("2 + 2"), "{history}");
}

#[test]
fn a_typed_script_with_a_password_is_not_written_down_and_cannot_go_on() {
    let sandbox = Listening::new();
    let lab = Rhobis::new().at(&sandbox.url);
    let script = format!(
        "o.login(\"admin\", \"{}\"); o.new_space(\"KEPT\").save(); throw 1;",
        crate::canaries::marked("secret")
    );
    lab.again().args(["run", "-"]).input(&script).run().fails_with(Exit::Script);
    lab.again()
        .env("OPENBIS_PASSWORD", "secret")
        .env("OPENBIS_USERNAME", "admin")
        .args(["resume", "1"])
        .run()
        .fails_with(Exit::Usage)
        .stderr_has("was not written down")
        .stderr_has("undo");
}
