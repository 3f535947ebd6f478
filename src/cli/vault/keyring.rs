//! The platform's keyring, through the command that the platform has for it: what is
//! secret goes through pipes, never through arguments.
use std::io::Write;
use std::process::{Command, Stdio};

use zeroize::Zeroizing;

use crate::cli::mistake::Mistake;

/// Under which our secrets stand.
const SERVICE: &str = "rhobis";

/// Whether the command is there.
pub(super) fn is_there() -> bool {
    let (program, argument) = match cfg!(target_os = "macos") {
        true => ("security", "help"),
        false => ("secret-tool", "--version"),
    };
    let quiet = Command::new(program)
        .arg(argument)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    quiet.is_ok()
}

/// What stands under the label.
pub(super) fn read(label: &str) -> anyhow::Result<Option<Zeroizing<String>>> {
    let words = match cfg!(target_os = "macos") {
        true => vec!["find-generic-password", "-s", SERVICE, "-a", label, "-w"],
        false => vec!["lookup", "service", SERVICE, "account", label],
    };
    let seen = asked(&words, "")?.filter(|text| !text.trim().is_empty());
    Ok(seen.map(|text| match cfg!(target_os = "macos") {
        true => Zeroizing::new(text.replace("%0A", "\n").replace("%25", "%")),
        false => text,
    }))
}

pub(super) fn write(label: &str, text: &str) -> anyhow::Result<()> {
    let seen = if cfg!(target_os = "macos") {
        let line = Zeroizing::new(format!(
            "add-generic-password -U -s {SERVICE} -a \"{}\" -w \"{}\"\n",
            guarded(label),
            guarded(text)
        ));
        asked(&["-i"], &line)?
    } else {
        let title = format!("--label=rhobis: {label}");
        asked(&["store", &title, "service", SERVICE, "account", label], text)?
    };
    seen.map(drop).ok_or_else(|| {
        Mistake::denied("the keyring refused to keep it")
            .hint("it may be locked, with no screen to ask for its password at")
            .hint(
                "`token_store = \"file\"` keeps tokens in files for you alone, \
                 `password_file` or `password_command` tell a password",
            )
            .into()
    })
}

/// Whether there was one.
pub(super) fn forget(label: &str) -> anyhow::Result<bool> {
    let words = match cfg!(target_os = "macos") {
        true => vec!["delete-generic-password", "-s", SERVICE, "-a", label],
        false => vec!["clear", "service", SERVICE, "account", label],
    };
    let was_there = read(label)?.is_some();
    Ok(was_there && asked(&words, "")?.is_some())
}

/// For the quotes of the one line that `security` reads.
fn guarded(text: &str) -> String {
    let one_line = text.trim_end().replace('%', "%25").replace('\n', "%0A");
    one_line.replace('\\', "\\\\").replace('"', "\\\"")
}

/// What the command says to this input; nothing where it fails.
fn asked(words: &[&str], input: &str) -> anyhow::Result<Option<Zeroizing<String>>> {
    let program = if cfg!(target_os = "macos") { "security" } else { "secret-tool" };
    let started = Command::new(program)
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = started else { return Err(super::no_keyring().into()) };
    if let Some(mut stdin) = child.stdin.take() {
        // Who wants no input may have closed it.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output()?;
    let text = Zeroizing::new(String::from_utf8_lossy(&output.stdout).into_owned());
    Ok(output.status.success().then_some(text))
}
