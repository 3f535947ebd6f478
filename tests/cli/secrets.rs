//! Where passwords and tokens come from, and who may read them.
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rhobis::cli::Exit;

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

fn mode(file: &Path) -> u32 {
    file.metadata().unwrap().permissions().mode() & 0o777
}

fn chmod(file: &Path, mode: u32) {
    fs::set_permissions(file, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_password_comes_from_where_the_profile_says() {
    let sandbox = Listening::new();
    let by_command = lab(&sandbox, "password_command = \"echo $LAB_WORD\"");
    by_command
        .env("LAB_WORD", "secret")
        .args(["whoami"])
        .run()
        .succeeds()
        .stdout_has("admin");
    let by_variable = lab(&sandbox, "password_env = \"LAB_WORD\"");
    by_variable.env("LAB_WORD", "secret").args(["whoami"]).run().succeeds();
    let by_file =
        lab(&sandbox, "password_file = \"word\"").file("../home/word", "secret\n");
    chmod(&by_file.home("word"), 0o600);
    by_file.again().args(["whoami"]).run().succeeds();
    let unsaid = lab(&sandbox, "password_env = \"LAB_WORD\"");
    unsaid.args(["whoami"]).run().fails_with(Exit::Denied).stderr_has("`LAB_WORD`");
}

#[test]
fn a_password_comes_from_the_keyring() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox, "");
    let tool = "#!/bin/sh\necho \"$@\" >> $0.words\ncase $1 in store) cat > $0.kept;; lookup) cat $0.kept;; esac\n";
    let lab = lab.file("bin/secret-tool", tool);
    chmod(&lab.path("bin/secret-tool"), 0o700);
    let path =
        format!("{}:{}", lab.path("bin").display(), std::env::var("PATH").unwrap());
    lab.again()
        .env("PATH", &path)
        .args(["profile", "add", "lab", "--keyring"])
        .input("secret\n")
        .run()
        .succeeds();
    lab.again().env("PATH", &path).args(["whoami"]).run().succeeds().stdout_has("admin");
    let words = fs::read_to_string(lab.path("bin/secret-tool.words")).unwrap();
    assert!(words.contains("lab password") && !words.contains("secret"), "{words}");
}

#[test]
fn a_token_file_is_for_its_owner_alone_and_refused_otherwise() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox, "password_env = \"LAB_WORD\"");
    lab.again().env("LAB_WORD", "secret").args(["login"]).run().succeeds();
    let file = lab.home("tokens/lab.token");
    assert_eq!((mode(&file), mode(&lab.home("tokens"))), (0o600, 0o700));
    lab.again().args(["whoami"]).run().succeeds();
    chmod(&file, 0o644);
    let refused = lab.again().args(["whoami"]).run().fails_with(Exit::Denied);
    let mending = format!("chmod 600 '{}'", file.display());
    refused.stderr_has("mode 644").stderr_has(&mending);
    chmod(&file, 0o600);
    lab.again().args(["logout"]).run().succeeds();
    assert!(!file.exists());
}

#[test]
fn a_password_file_that_others_may_read_is_refused() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox, "password_file = \"word\"").file("../home/word", "secret\n");
    chmod(&lab.home("word"), 0o640);
    lab.again()
        .args(["whoami"])
        .run()
        .fails_with(Exit::Denied)
        .stderr_has("chmod 600")
        .stderr_lacks("secret\n");
}

#[test]
fn a_session_that_has_ended_gives_way_to_the_password() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox, "password_env = \"LAB_WORD\"");
    lab.again().env("LAB_WORD", "secret").args(["login"]).run().succeeds();
    let file = lab.home("tokens/lab.token");
    fs::write(&file, "admin-230926133701234x0123456789ABCDEF0123456789ABCDEF\n").unwrap();
    lab.again().args(["whoami"]).run().fails_with(Exit::Denied);
    fs::write(&file, "admin-230926133701234x0123456789ABCDEF0123456789ABCDEF\n").unwrap();
    chmod(&file, 0o600);
    lab.again().env("LAB_WORD", "secret").args(["whoami"]).run().succeeds();
    lab.again().args(["whoami"]).run().succeeds().stdout_has("admin");
}

#[test]
fn a_token_of_single_sign_on_comes_through_a_pipe() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox, "");
    let token = lab
        .again()
        .env("OPENBIS_PASSWORD", "secret")
        .eval("o.token")
        .shows_secrets()
        .run()
        .succeeds()
        .stdout;
    lab.again().args(["login", "--token"]).input(&token).run().succeeds();
    lab.again().args(["whoami"]).run().succeeds().stdout_has("admin");
    let wrong = lab.again().args(["login", "--token"]).input("nobody-1\n").run();
    wrong.fails_with(Exit::Denied).stderr_has("does not know this token");
}

#[test]
fn an_administrator_becomes_somebody_else_and_others_do_not() {
    let users = ["--listen=127.0.0.1:0", "--user=admin:secret", "--user=power:power"];
    let sandbox = Listening::serving(&users);
    let lab = lab(&sandbox, "");
    lab.again()
        .env("OPENBIS_PASSWORD", "secret")
        .args(["login", "--as", "power"])
        .run()
        .succeeds()
        .stderr_has("as power");
    lab.again().args(["whoami"]).run().succeeds().stdout_has("power");
    lab.again()
        .env("OPENBIS_PASSWORD", "power")
        .args(["login", "--user", "power", "--as", "admin"])
        .run()
        .fails_with(Exit::Denied)
        .stderr_has("`power` cannot log in as `admin`");
}

#[test]
fn one_comes_without_a_name_where_the_server_lets_one() {
    let open =
        ["--listen=127.0.0.1:0", "--user=admin:secret", "--anonymous-user=observer"];
    let closed = Listening::new();
    lab(&closed, "anonymous = true")
        .args(["whoami"])
        .run()
        .fails_with(Exit::Denied)
        .stderr_has("without a name");
    let sandbox = Listening::serving(&open);
    let lab = lab(&sandbox, "anonymous = true");
    lab.again().args(["whoami"]).run().succeeds().stdout_has("observer");
}

#[test]
fn the_token_of_pybis_is_taken_over() {
    let sandbox = Listening::new();
    let lab = lab(&sandbox, "");
    let token = lab
        .again()
        .env("OPENBIS_PASSWORD", "secret")
        .eval("o.token")
        .shows_secrets()
        .run()
        .succeeds()
        .stdout;
    let lab = lab.file(".pybis/127.0.0.1.token", &token);
    let user_home = lab.path("").display().to_string();
    lab.again()
        .env("HOME", &user_home)
        .args(["profile", "add", "old", "--url", &sandbox.url, "--from-pybis"])
        .run()
        .succeeds()
        .stderr_has("chmod 600");
    assert_eq!(mode(&lab.home("tokens/old.token")), 0o600);
    lab.again().args(["--profile=old", "whoami"]).run().succeeds().stdout_has("admin");
}
