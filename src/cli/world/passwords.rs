//! The ways in which a profile can say a password.
use anyhow::Context;

use super::console::Terminal;
use super::environment::Environment;
use super::place::Server;
use crate::cli::mistake::Mistake;
use crate::cli::vault::{self, Vault, read_private};
use crate::client::Secret;

/// The password, by the first way that the profile names; nothing where it names none.
pub(crate) fn told(server: &Server, vault: &Vault) -> anyhow::Result<Option<Secret>> {
    let settings = &server.settings;
    if let Some(variable) = settings.text("password_env") {
        let said = Environment::secret(variable);
        let missing =
            || Mistake::denied(format!("the variable `{variable}` holds no password"));
        return Ok(Some(said.ok_or_else(missing)?));
    }
    if let Some(command) = settings.text("password_command") {
        return by_command(command).map(Some);
    }
    if let Some(file) = settings.path("password_file") {
        let missing = || Mistake::denied(format!("no file `{}`", file.display()));
        let text = read_private(&file)?.ok_or_else(missing)?;
        return Ok(Some(Secret::from(text.trim_end_matches(['\r', '\n']))));
    }
    if settings.flag("keyring") {
        let missing = || {
            Mistake::denied(format!("the keyring has no password for `{}`", server.name))
                .hint(format!("`rhobis profile add {} --keyring` asks", server.name))
        };
        let kept = vault::password_in_keyring(vault, &server.name)?;
        return Ok(Some(kept.ok_or_else(missing)?));
    }
    Ok(None)
}

/// The password that somebody types.
pub(crate) fn typed(
    user: &str,
    url: &str,
    terminal: &Terminal,
) -> anyhow::Result<Secret> {
    if !terminal.may_ask() {
        return Err(Mistake::new(
            "the password is not known, and there is nobody to ask",
        )
        .hint(
            "`OPENBIS_PASSWORD` in the environment can tell, or `password_command`, \
               `password_file` … of a profile",
        )
        .into());
    }
    hidden(&format!("password of {user} at {url}: "))
}

/// What somebody types unseen.
pub(crate) fn hidden(question: &str) -> anyhow::Result<Secret> {
    let typed =
        rpassword::prompt_password(question).context("what was typed cannot be read")?;
    Ok(Secret::from(typed))
}

/// The first line of what comes through the pipe.
pub(crate) fn piped_secret() -> anyhow::Result<Secret> {
    let mut line = zeroize::Zeroizing::new(String::new());
    std::io::stdin().read_line(&mut line).context("the standard input cannot be read")?;
    Ok(Secret::from(line.trim()))
}

/// What a command of the shell prints.
fn by_command(command: &str) -> anyhow::Result<Secret> {
    let shell = if cfg!(windows) { ["cmd", "/C"] } else { ["sh", "-c"] };
    let output = std::process::Command::new(shell[0])
        .args([shell[1], command])
        .stdin(std::process::Stdio::null())
        .stderr(std::process::Stdio::inherit())
        .output()?;
    let text =
        zeroize::Zeroizing::new(String::from_utf8_lossy(&output.stdout).into_owned());
    let password = text.trim_end_matches(['\r', '\n']);
    if !output.status.success() || password.is_empty() {
        return Err(Mistake::denied("the profile's `password_command` gave no password")
            .hint("it is run by the shell, and the first line that it prints is taken")
            .into());
    }
    Ok(Secret::from(password.lines().next().unwrap_or_default()))
}
