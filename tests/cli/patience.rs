//! What a script sees of a server in trouble.
use rhobis::cli::Exit;

use crate::listening::Listening;
use crate::rhobis::Rhobis;

/// A lab of which each so manieth call goes wrong, and somebody in it.
fn lab(fault: &str) -> (Listening, Rhobis) {
    let fault = format!("--fault={fault}");
    let server =
        Listening::serving(&["--listen=127.0.0.1:0", "--user=admin:secret", &fault]);
    let rhobis = Rhobis::new()
        .at(&server.url)
        .env("OPENBIS_USERNAME", "admin")
        .env("OPENBIS_PASSWORD", "secret");
    (server, rhobis)
}

#[test]
fn a_function_of_the_script_decides_how_long_it_is_tried() {
    let (_server, rhobis) = lab("searchSpaces:7:503");
    let script = r#"
        fn again(e, attempt) { if e.kind == "unreachable" { attempt } else { 0 } }
        let last = 0;
        o.on_error(|e, attempt| { print(again(e, attempt)); 0 });
        print(o.get_spaces().len() > 1);
    "#;
    rhobis.script(script).run().succeeds().stdout_is("1\n2\n3\n4\n5\n6\n7\ntrue");
}

#[test]
fn what_a_script_gives_up_is_not_tried_again() {
    let (_server, rhobis) = lab("searchSpaces:always:503");
    rhobis
        .script("o.on_error(|e| false); o.get_spaces().len()")
        .run()
        .fails_with(Exit::Unreachable)
        .stderr_has("is not available (status 503)")
        .stderr_has("`--max-wait=1h`");
}

#[test]
fn a_function_that_takes_nothing_is_told_what_it_should_take() {
    let (_server, rhobis) = lab("searchSpaces:once:503");
    rhobis
        .script("o.on_error(|| 0); print(o.get_spaces().len() > 1);")
        .run()
        .succeeds()
        .stdout_is("true")
        .stderr_has("`|e, attempt|`");
}

#[test]
fn an_answer_that_stands_still_or_never_ends_is_told_with_what_waits_longer() {
    for (fault, option, told, hint) in [
        ("stall-before", "--read-timeout=2s", "sent nothing for 2s", "--read-timeout="),
        ("stall", "--read-timeout=2s", "sent nothing for 2s", "--read-timeout="),
        (
            "trickle=300ms",
            "--timeout=2s",
            "not finished its answer after 2s",
            "--timeout=",
        ),
    ] {
        let (_server, rhobis) = lab(&format!("searchSpaces:always:{fault}"));
        rhobis
            .env("RHOBIS_RETRIES", "0")
            .eval("o.get_spaces().len()")
            .args([option])
            .run()
            .fails_with(Exit::Timeout)
            .stderr_has(told)
            .stderr_has(hint);
    }
}

#[test]
fn an_answer_that_moves_may_take_longer_than_a_silence_may_last() {
    let (_server, rhobis) = lab("searchSpaces:always:trickle=300ms");
    let rhobis = rhobis.env("RHOBIS_READ_TIMEOUT", "2s").env("RHOBIS_RETRIES", "0");
    rhobis.eval("o.get_spaces().len() > 1").run().succeeds().stdout_is("true");
}

#[test]
fn changes_over_a_bad_line_are_made_once() {
    let (_server, rhobis) = lab("executeOperations:50%:drop-after");
    let script = r#"
        for n in 0..20 { o.new_space(`NEW_${n}`).save(); }
        print(o.get_spaces("NEW_*").len());
    "#;
    rhobis.script(script).run().succeeds().stdout_is("20");
}
