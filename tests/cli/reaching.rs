//! What a script may reach beside openBIS and the files below its working folder.
use std::fs;

use rhobis::cli::Exit;

use crate::canaries::marked;
use crate::listening::Listening;
use crate::rhobis::Rhobis;

const WRITE: &str = r#"o.get_spaces().df.to_csv("../out/spaces.csv");"#;

fn header(needs: &str, body: &str) -> String {
    format!("const RECIPE = #{{ needs: #{{ {needs} }} }};\n{body}")
}

/// A folder beside the working folder.
fn beside(lab: &Rhobis) -> std::path::PathBuf {
    let out = lab.home("").parent().unwrap().join("out");
    fs::create_dir_all(&out).unwrap();
    out
}

#[test]
fn a_file_elsewhere_is_refused_and_it_is_said_what_permits_it() {
    let lab = Rhobis::new();
    let out = beside(&lab);
    lab.again()
        .script(WRITE)
        .run()
        .fails_with(Exit::Limit)
        .stderr_has("`../out/spaces.csv` is not below the working folder")
        .stderr_has(&format!("--allow-files {}", out.canonicalize().unwrap().display()))
        .stderr_has("needs: #{ files: [");
    assert!(!out.join("spaces.csv").exists());
}

#[test]
fn an_option_a_variable_or_a_profile_permits_a_folder() {
    let lab = Rhobis::new();
    let out = beside(&lab);
    let file = out.join("spaces.csv");
    lab.again().script(WRITE).args(["--allow-files", "../out"]).run().succeeds();
    fs::remove_file(&file).unwrap();
    lab.again()
        .script(WRITE)
        .env("RHOBIS_ALLOW_FILES", "../other,../out")
        .run()
        .succeeds();
    fs::remove_file(&file).unwrap();
    lab.again()
        .script(WRITE)
        .args(["--allow-files", "../ou"])
        .run()
        .fails_with(Exit::Limit);
    assert!(!file.exists());
}

#[test]
fn what_the_header_asks_for_has_to_be_agreed_to_unless_the_scheduler_runs_it() {
    let lab = Rhobis::new();
    let file = beside(&lab).join("spaces.csv");
    let script = header(r#"files: ["../out"]"#, WRITE);
    lab.again()
        .script(&script)
        .run()
        .fails_with(Exit::Limit)
        .stderr_has("nobody has agreed")
        .stderr_has("--allow-files ../out");
    assert!(!file.exists());
    lab.again().script(&script).args(["--yes"]).run().succeeds();
    fs::remove_file(&file).unwrap();
    let path = lab.home("rhobis.db");
    fs::create_dir_all(lab.home("")).unwrap();
    let ledger = rhobis::ledger::Ledger::open(&path).unwrap();
    let run = ledger.begin_run("job.rhai", rhobis::model::Timestamp(1_000)).unwrap();
    drop(ledger);
    lab.again().script(&script).env("RHOBIS_RUN", &run.0.to_string()).run().succeeds();
    assert!(file.exists());
    let other = header(r#"files: ["../else"]"#, WRITE);
    lab.again().script(&other).env("RHOBIS_RUN", "1").run().fails_with(Exit::Limit);
}

#[cfg(unix)]
#[test]
fn neither_links_nor_dots_lead_out() {
    let lab = Rhobis::new();
    let out = beside(&lab);
    fs::write(out.join("secret.txt"), "5ecret").unwrap();
    fs::create_dir_all(lab.path("in")).unwrap();
    let link = |to: &std::path::Path, name: &str| {
        std::os::unix::fs::symlink(to, lab.path(name)).unwrap();
    };
    link(&out, "folder");
    link(&out.join("secret.txt"), "file.txt");
    link(&out.join("new.csv"), "dangling.csv");
    for path in [
        "folder/spaces.csv",
        "folder/new/spaces.csv",
        "dangling.csv",
        "in/../../out/spaces.csv",
        "new/../../out/spaces.csv",
    ] {
        let script = format!("o.get_spaces().df.to_csv(\"{path}\")");
        lab.again().script(&script).run().fails_with(Exit::Limit);
    }
    let read = r#"o.get_projects()[0].add_attachment("file.txt")"#;
    lab.again().script(read).run().fails_with(Exit::Limit).stderr_lacks("5ecret");
    let look = r#"files::exists("folder/secret.txt")"#;
    lab.again().script(look).run().fails_with(Exit::Limit);
    let import = r#"import "folder/module" as m;"#;
    fs::write(out.join("module.rhai"), "").unwrap();
    lab.again().script(import).run().fails_with(Exit::Limit);
    assert_eq!(fs::read_dir(&out).unwrap().count(), 2);
    let inside = r#"o.get_spaces().df.to_csv("in/../spaces.csv")"#;
    lab.again().script(inside).run().succeeds();
    assert!(lab.path("spaces.csv").exists());
}

#[test]
fn another_server_is_refused_unless_it_is_permitted() {
    let sandbox = Listening::new();
    let lab = Rhobis::new();
    let script = format!(
        "let other = Openbis(\"{}\", #{{ username: \"admin\", password: \"{}\" }});
         print(other.get_spaces(#{{ code: \"LAB\" }}).total);",
        sandbox.url,
        marked("secret")
    );
    let host = sandbox.url.trim_start_matches("http://");
    let named = format!("the script may not talk to the server `{host}`");
    lab.again()
        .script(&script)
        .run()
        .fails_with(Exit::Limit)
        .stderr_has(&named)
        .stderr_has(&format!("--allow-hosts {host}"));
    lab.again().script(&script).args(["--allow-hosts", "127.0.0.1"]).run().stdout_is("1");
    lab.again()
        .script(&script)
        .args(["--allow-hosts", "127.0.0.2"])
        .run()
        .fails_with(Exit::Limit);
    // The server of a profile is one that somebody has permitted, and so is the own one.
    lab.again()
        .without_server()
        .args(["profile", "add", "other", "--no-input", "--url", &sandbox.url])
        .run()
        .succeeds();
    lab.again().script(&script).run().stdout_is("1");
    let own = Rhobis::new().at(&sandbox.url);
    own.again().script(&script).run().stdout_is("1");
}

#[test]
fn a_variable_of_the_environment_is_read_where_it_is_permitted() {
    let lab = Rhobis::new();
    let script = r#"print(env::get("LAB_NAME"));"#;
    let run = |lab: &Rhobis| lab.again().script(script).env("LAB_NAME", "yeasts");
    run(&lab)
        .run()
        .fails_with(Exit::Limit)
        .stderr_has("may not read the variable `LAB_NAME`")
        .stderr_lacks("yeasts");
    run(&lab).args(["--allow-environment", "LAB_NAME"]).run().stdout_is("yeasts");
    let asked = header(r#"environment: ["LAB_NAME"]"#, script);
    lab.again().script(&asked).env("LAB_NAME", "x").args(["--yes"]).run().stdout_is("x");
    lab.again().eval(r#"env::get("LAB_NAME")"#).env("LAB_NAME", "y").run().stdout_is("y");
}

#[test]
fn learn_prints_what_was_reached() {
    let sandbox = Listening::new();
    let lab = Rhobis::new();
    let out = beside(&lab).canonicalize().unwrap();
    let script = format!(
        "{WRITE}\n Openbis(\"{}\", #{{ token: \"x\" }}); env::get(\"LAB_NAME\");",
        sandbox.url
    );
    let host = sandbox.url.trim_start_matches("http://");
    let needs = |key: &str, what: &str| format!("{key}: [\"{what}\"]");
    let file = out.join("spaces.csv");
    lab.again()
        .script(&script)
        .args(["--learn"])
        .run()
        .succeeds()
        .stdout_has(&needs("files", &file.display().to_string()))
        .stdout_has(&needs("hosts", host))
        .stdout_has(&needs("environment", "LAB_NAME"));
}
