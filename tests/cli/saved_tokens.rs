//! Tokens that scripts keep in files, and those that pyBIS keeps.
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use rhobis::cli::Exit;

use crate::listening::Listening;
use crate::rhobis::Rhobis;

fn lab(sandbox: &Listening) -> Rhobis {
    let url = &sandbox.url;
    let config = format!(
        "default_profile = \"lab\"\n[profiles.lab]\nurl = \"{url}\"\nuser = \"admin\"\npassword_env = \"LAB_WORD\"\n"
    );
    Rhobis::new().without_server().file("../home/config.toml", &config)
}

/// The same home, the folder of the work as the home of pyBIS.
fn knowing(lab: &Rhobis) -> Rhobis {
    let home = lab.path("").display().to_string();
    lab.again().env("LAB_WORD", "secret").env("HOME", &home)
}

fn mode(file: &Path) -> u32 {
    file.metadata().unwrap().permissions().mode() & 0o777
}

/// The files of personal access tokens.
fn files(lab: &Rhobis) -> Vec<PathBuf> {
    let folders = fs::read_dir(lab.home("tokens")).unwrap().map(|it| it.unwrap().path());
    let inside =
        folders.filter(|it| it.is_dir()).flat_map(|it| fs::read_dir(it).unwrap());
    inside.map(|file| file.unwrap().path()).collect()
}

#[test]
fn access_tokens_are_kept_for_their_owner_alone_and_log_in_again() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox);
    let seen = knowing(&lab)
        .script(
            r#"
            o.get_or_create_personal_access_token("backup");
            o.get_or_create_personal_access_token("other");
            o.get_personal_access_tokens(#{ save_to_disk: true }).total
            "#,
        )
        .run();
    seen.succeeds();
    let kept = files(&lab);
    assert_eq!(kept.len(), 2);
    for file in &kept {
        assert_eq!(mode(file), 0o600);
        assert_eq!(mode(file.parent().unwrap()), 0o700);
        assert!(!file.display().to_string().contains("$pat"));
    }
    let url = &sandbox.url;
    let used = format!(
        r#"let pat = get_saved_pats("127.0.0.1", "backup")[0];
        let other = Openbis("{url}", #{{ token: pat.permId }});
        print(pat);
        print(get_saved_pats());
        print(other.whoami() + " " + (pat.validToDate > now()) + " " + (pat.url == "{url}"));"#
    );
    knowing(&lab)
        .script(&used)
        .run()
        .succeeds()
        .stdout_has("access token `backup` of admin at 127.0.0.1")
        .stdout_has("admin true true")
        .stdout_lacks("$pat");
    knowing(&lab).eval("get_saved_pats()").run().succeeds().stdout_lacks("$pat");
    let json = knowing(&lab).args(["--output=json"]).eval("get_saved_pats()").run();
    json.succeeds().stdout_has("backup").stdout_lacks("$pat");
}

#[test]
fn revoked_ones_are_no_longer_kept_when_all_are_kept_anew() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox);
    let keep = "o.get_personal_access_tokens(#{ save_to_disk: true });";
    let make =
        r#"for name in ["one", "two"] { o.get_or_create_personal_access_token(name); }"#;
    knowing(&lab).script(&format!("{make}{keep}")).run().succeeds();
    let revoke = r#"o.get_personal_access_tokens("one")[0].delete("lost");"#;
    knowing(&lab).script(revoke).args(["--yes"]).run().succeeds();
    let some =
        r#"o.get_personal_access_tokens(#{ sessionName: "two", save_to_disk: true });"#;
    knowing(&lab).script(some).run().succeeds();
    assert_eq!(files(&lab).len(), 2);
    knowing(&lab).script(keep).run().succeeds();
    assert_eq!(files(&lab).len(), 1);
}

#[test]
fn those_of_pybis_are_found_once_nobody_else_may_read_them() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox);
    let made = r#"o.get_or_create_personal_access_token("old").permId"#;
    let token = knowing(&lab).eval(made).shows_secrets().run().succeeds().stdout;
    let written = format!(
        r#"{{"url": "{}", "hostname": "127.0.0.1", "owner": "admin",
            "registrationDate": "2026-01-02 03:04:05", "validFromDate": "2026-01-02 03:04:05",
            "validToDate": "2036-01-02 03:04:05", "sessionName": "old", "permId": "{}"}}"#,
        sandbox.url,
        token.trim()
    );
    let lab = lab.file(".pybis/127.0.0.1/5a5a.pat", &written);
    let file = lab.path(".pybis/127.0.0.1/5a5a.pat");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let listed = r#"get_saved_pats("127.0.0.1").map(|pat| pat.sessionName)"#;
    knowing(&lab)
        .eval(listed)
        .run()
        .fails_with(Exit::Denied)
        .stderr_has(&format!("chmod 600 '{}'", file.display()))
        .stderr_lacks("$pat");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    knowing(&lab).eval(listed).run().succeeds().stdout_is("old");
    let zone = "get_saved_pats()[0].validFromDate";
    let east = knowing(&lab).env("TZ", "Etc/GMT-2").eval(zone).run().succeeds();
    east.stdout_is("2026-01-02 01:04:05 +0000");
    let user = "Openbis(get_saved_pats()[0].url, #{ token: get_saved_pats()[0].token }).whoami()";
    knowing(&lab).eval(user).run().succeeds().stdout_is("admin");
    let none = r#"get_saved_pats("openbis.example.org").len()"#;
    knowing(&lab).eval(none).run().succeeds().stdout_is("0");
}

#[test]
fn a_kept_session_is_found_by_its_host() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox);
    knowing(&lab).args(["login"]).run().succeeds();
    let token = knowing(&lab).eval("o.token").shows_secrets().run().succeeds().stdout;
    let lab = lab.file(".pybis/openbis.example.org.token", &token);
    let file = lab.path(".pybis/openbis.example.org.token");
    let found = r#"o.is_token_valid(get_token_for_hostname("openbis.example.org"))"#;
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    knowing(&lab).eval(found).run().fails_with(Exit::Denied).stderr_has("chmod 600");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    knowing(&lab).eval(found).run().succeeds().stdout_is("true");
    let names = "get_saved_tokens().keys()";
    knowing(&lab).eval(names).run().succeeds().stdout_is("lab\nopenbis.example.org");
    let shown = knowing(&lab).eval("get_saved_tokens()").run().succeeds();
    shown.stdout_has("admin").stdout_lacks(token.trim());
}

#[test]
fn a_file_that_is_no_token_is_named() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox).file(".pybis/host/1.pat", "{\"permId\": \"$pat-x\"}");
    let file = lab.path(".pybis/host/1.pat");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let seen = knowing(&lab).eval("get_saved_pats()").run().fails_with(Exit::Script);
    seen.stderr_has("host/1.pat` holds no personal access token").stderr_lacks("$pat");
}
