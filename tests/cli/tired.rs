//! What happens to people late in the evening: a full disk, a reader who left, a folder
//! that is in use.
use std::fs::OpenOptions;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use rhobis::cli::Exit;

use crate::rhobis::Rhobis;

#[test]
#[cfg(target_os = "linux")]
fn results_that_cannot_be_written_are_a_failure() {
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let rhobis = Rhobis::new().eval("1 + 1");
    let mut command = rhobis.command();
    let seen = command.stdout(full).output().unwrap();
    let told = String::from_utf8_lossy(&seen.stderr);
    assert_eq!(seen.status.code(), Some(Exit::Script as i32), "{told}");
    assert!(told.contains("the output could not be written"), "{told}");
}

#[test]
fn a_reader_who_left_ends_the_script_in_silence() {
    let rhobis = Rhobis::new().eval("for i in 0..1000000 { print(i); }");
    let mut command = rhobis.command();
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let seen = child.wait_with_output().unwrap();
    assert_eq!(line, "0\n");
    assert_eq!((seen.status.code(), seen.stderr.len()), (Some(0), 0));
}

#[test]
fn a_sandbox_folder_that_another_process_works_in_is_left_alone() {
    let rhobis = Rhobis::new();
    let mut server = rhobis.again().without_server();
    server = server.args(["sandbox", "--listen=127.0.0.1:0", "--data=lab"]);
    let mut serving = server.command().stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(serving.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let seen = rhobis.again().eval("o.get_spaces().len()").run();
    let _ = serving.kill();
    let _ = serving.wait();
    seen.fails_with(Exit::TryAgain)
        .stderr_has("the sandbox in `lab` is in use by another process")
        .stderr_has("hint: `--url`");
    rhobis.again().eval("o.get_spaces().len() > 1").run().succeeds().stdout_is("true");
}
