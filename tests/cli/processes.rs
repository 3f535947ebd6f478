//! What others on the same computer can see of our processes: their arguments, and what is
//! left when one dies.
#![cfg(target_os = "linux")]
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};

use crate::canaries::{marked, secret_in};
use crate::listening::Listening;
use crate::rhobis::Rhobis;

/// Writes down the arguments of the process that runs it, and of all above it.
const LINEAGE: &str = r#"
p=$$
while [ "$p" -gt 1 ]; do
    tr '\0' ' ' < /proc/$p/cmdline >> "$0.seen"; echo >> "$0.seen"
    p=$(grep PPid: /proc/$p/status | cut -f2)
done
"#;

fn lab(sandbox: &Listening, settings: &str) -> Rhobis {
    let url = &sandbox.url;
    let config = format!(
        "default_profile = \"lab\"\n[profiles.lab]\nurl = \"{url}\"\nuser = \"admin\"\n{settings}\n"
    );
    Rhobis::new().without_server().file("../home/config.toml", &config)
}

/// A program of the test's own.
fn program(lab: &Rhobis, name: &str, text: &str) {
    drop(lab.again().file(name, &format!("#!/bin/sh\n{LINEAGE}{text}\n")));
    fs::set_permissions(lab.path(name), fs::Permissions::from_mode(0o700)).unwrap();
}

/// The arguments that were seen, of which none is secret.
fn seen(lab: &Rhobis, name: &str) -> String {
    let text = fs::read_to_string(lab.path(&format!("{name}.seen"))).unwrap();
    assert_eq!(secret_in(&text), None, "{text}");
    text
}

const JOB: &str =
    "[[job]]\nname = \"a\"\nscript = \"job.rhai\"\ncron = \"* * * * * *\"\n";

#[test]
fn no_argument_of_a_command_or_a_job_is_secret_while_a_password_is_fetched() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox, "password_command = \"./word\"");
    program(&lab, "word", "cat word.kept");
    fs::write(lab.path("word.kept"), marked("secret")).unwrap();
    lab.again().args(["whoami"]).run().succeeds();
    assert!(seen(&lab, "word").contains(" whoami "));
    fs::remove_dir_all(lab.home("tokens")).unwrap();
    let serve = lab.again().file("job.rhai", "print(o.get_spaces().len())");
    let serve = serve.file("schedule.toml", JOB).args(["schedule", "serve"]);
    let mut serving = serve.command().stderr(Stdio::piped()).spawn().unwrap();
    let told = BufReader::new(serving.stderr.take().unwrap()).lines().map(Result::unwrap);
    let ran = told.take(20).any(|line| line.ends_with(" ran"));
    let _ = serving.kill();
    let _ = serving.wait();
    assert!(ran, "the job has not run");
    assert!(seen(&lab, "word").contains("job.rhai"), "{}", seen(&lab, "word"));
}

#[test]
fn no_argument_is_secret_while_the_keyring_is_asked() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox, "token_store = \"keyring\"\npassword_env = \"LAB_WORD\"");
    let keep = "case $1 in store) cat > $0.kept;; lookup) cat $0.kept;; clear) rm $0.kept;; esac";
    program(&lab, "bin/secret-tool", keep);
    let path =
        format!("{}:{}", lab.path("bin").display(), std::env::var("PATH").unwrap());
    let does = |words: [&str; 1]| {
        lab.again().env("PATH", &path).env("LAB_WORD", "secret").args(words).run()
    };
    does(["login"]).succeeds();
    assert!(lab.path("bin/secret-tool.kept").exists());
    does(["whoami"]).succeeds();
    does(["logout"]).succeeds();
    assert!(!lab.path("bin/secret-tool.kept").exists());
    let seen = seen(&lab, "bin/secret-tool");
    for word in ["secret-tool store", "secret-tool lookup", "secret-tool clear"] {
        assert!(seen.contains(word), "{word}: {seen}");
    }
}

/// Scripts that bring the process down, in the library below: by a panic, and for want of
/// memory.
const DEADLY: [(&str, &str); 2] = [
    ("let word = PASSWORD; [].pad(9223372036854775807, word)", "panicked"),
    ("let word = PASSWORD; blob(9223372036854775807)", "memory allocation"),
];

#[test]
fn who_dies_tells_no_secret() {
    let sandbox = Listening::new();
    for (script, told) in DEADLY {
        let lab = lab(&sandbox, "password_env = \"LAB_WORD\"");
        let script = script.replace("PASSWORD", &format!("\"{}\"", marked("secret")));
        let script = format!("o.login(\"admin\", \"{}\"); {script}", marked("secret"));
        let seen = lab
            .again()
            .env("RUST_BACKTRACE", "full")
            .env("LAB_WORD", "secret")
            .script(&script)
            .args(["-vv"])
            .run();
        assert!(seen.stderr.contains(told), "{seen}");
    }
}

#[test]
fn no_core_is_left_of_a_process() {
    let rhobis = Rhobis::new().without_server().args(["sandbox", "--listen=127.0.0.1:0"]);
    let command = rhobis.command();
    let mut unlimited = Command::new("sh");
    unlimited.args(["-c", "ulimit -c \"$(ulimit -H -c)\"; exec \"$@\"", "sh"]);
    unlimited.arg(command.get_program()).args(command.get_args());
    unlimited.current_dir(rhobis.path("")).env("RHOBIS_HOME", rhobis.home(""));
    let mut serving = unlimited.stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(serving.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let limits = fs::read_to_string(format!("/proc/{}/limits", serving.id())).unwrap();
    let id = rustix::process::Pid::from_raw(i32::try_from(serving.id()).unwrap());
    rustix::process::kill_process(id.unwrap(), rustix::process::Signal::ABORT).unwrap();
    let status = serving.wait().unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file")).unwrap();
    let words: Vec<&str> = core.split_whitespace().collect();
    assert_eq!(&words[4..6], ["0", "0"], "{core}");
    assert_eq!((status.signal(), status.core_dumped()), (Some(6), false));
}
