//! Very many changes, which openBIS carries out after it has answered.
use rhobis::cli::Exit;

use crate::listening::Listening;
use crate::rhobis::Rhobis;

fn at(lab: &Rhobis, sandbox: &Listening) -> Rhobis {
    lab.again()
        .at(&sandbox.url)
        .env("OPENBIS_USERNAME", "admin")
        .env("OPENBIS_PASSWORD", "secret")
}

const MANY: &str = r#"
    let all = [];
    for n in 0..2500 { all.push(o.new_tag(`t${n}`)); }
    let result = o.save_all(all, #{ asynchronous: true });
    print(`${result.done} ${o.get_tag("t2499").code}`);
"#;

#[test]
fn all_go_in_one_call_and_are_there_when_the_script_goes_on() {
    let sandbox = Listening::new();
    let lab = Rhobis::new();
    at(&lab, &sandbox)
        .script(MANY)
        .args(["--yes"])
        .run()
        .succeeds()
        .stdout_is("2500 t2499");
    at(&lab, &sandbox).eval("o.get_tags().total >= 2500").run().stdout_is("true");
    at(&lab, &sandbox)
        .args(["runs", "show", "1", "--server", "--output=csv"])
        .run()
        .succeeds()
        .stdout_has("FINISHED");
    let calls = at(&lab, &sandbox).args(["runs", "show", "1", "--output=csv"]).run();
    let calls = calls.stdout_has("\n1,done,create,tag,").stdout_lacks("\n2,");
    assert_eq!(calls.stdout.lines().count(), 2501);
}

#[test]
fn one_that_is_refused_keeps_all_out() {
    let sandbox = Listening::new();
    let lab = Rhobis::new();
    let script = r#"o.transaction(#{ asynchronous: true }, || {
        o.new_space(#{ code: "GOOD" }).save();
        o.new_space(#{ code: "LAB" }).save();
    })"#;
    at(&lab, &sandbox)
        .script(script)
        .run()
        .fails_with(Exit::Conflict)
        .stderr_has("Space already exists");
    at(&lab, &sandbox)
        .eval(r#"o.get_spaces(#{ code: "GOOD" }).total"#)
        .run()
        .stdout_is("0");
    at(&lab, &sandbox)
        .args(["runs", "show", "1", "--output=csv"])
        .run()
        .stdout_has("refused");
}

#[test]
fn each_that_can_be_saved_is_and_so_is_deleted() {
    let sandbox = Listening::new();
    let lab = Rhobis::new();
    let script = r#"
        let spaces = ["A", "LAB", "B"].map(|code| o.new_space(#{ code: code }));
        let options = #{ asynchronous: true, on_error: "each" };
        let saved = o.save_all(spaces, options);
        print(`${saved.done} ${saved.failed.map(|f| f.item.code)}`);
        let gone = o.delete_all([o.get_space("A"), o.get_space("B")], "x", #{ asynchronous: true });
        print(gone.done);
    "#;
    at(&lab, &sandbox)
        .script(script)
        .args(["--yes"])
        .run()
        .fails_with(Exit::Partly)
        .stdout_is("2 [\"LAB\"]\n2");
    at(&lab, &sandbox).eval(r#"o.get_spaces(#{ code: "B" }).total"#).run().stdout_is("0");
}

#[test]
fn a_lost_answer_is_settled_by_what_the_description_says() {
    for fault in [
        "executeOperations:1:drop-after",
        "executeOperations:1:504,after",
        "getOperationExecutions:1:drop-after",
        "getOperationExecutions:1:503",
    ] {
        let options = ["--listen=127.0.0.1:0", "--user=admin:secret", "--fault", fault];
        let sandbox = Listening::serving(&options);
        let lab = Rhobis::new();
        let script = r#"
            o.transaction(#{ asynchronous: true }, || o.new_space(#{ code: "ONE" }).save());
            print(o.get_spaces(#{ code: "ONE" }).total);
        "#;
        at(&lab, &sandbox).script(script).run().succeeds().stdout_is("1");
        let shown = at(&lab, &sandbox).args(["runs", "show", "1", "--output=csv"]).run();
        let _ = shown.stdout_has("1,done,create,space,ONE");
    }
}

#[test]
fn what_never_arrived_is_not_sent_again_before_it_is_known_that_it_never_will() {
    let options = [
        "--listen=127.0.0.1:0",
        "--user=admin:secret",
        "--fault",
        "executeOperations:1:drop-before",
    ];
    let sandbox = Listening::serving(&options);
    let lab = Rhobis::new();
    let script = r#"
        o.transaction(#{ asynchronous: true }, || o.new_space(#{ code: "ONE" }).save());
    "#;
    at(&lab, &sandbox).script(script).run().fails_with(Exit::Unreachable);
    at(&lab, &sandbox)
        .args(["runs", "show", "1", "--output=csv"])
        .run()
        .stdout_has("lost");
    at(&lab, &sandbox)
        .args(["resume", "1"])
        .run()
        .fails_with(Exit::TryAgain)
        .stderr_has("call 1 may still be on its way");
    at(&lab, &sandbox)
        .eval(r#"o.get_spaces(#{ code: "ONE" }).total"#)
        .run()
        .stdout_is("0");
}

#[test]
fn a_run_that_was_cut_off_meanwhile_is_resumed_without_doing_it_twice() {
    let sandbox = Listening::serving(&[
        "--listen=127.0.0.1:0",
        "--user=admin:secret",
        "--fault",
        "getOperationExecutions:1:drop-before",
    ]);
    let lab = Rhobis::new();
    at(&lab, &sandbox)
        .script(
            r#"o.transaction(#{ asynchronous: true }, || o.new_space(#{ code: "ONE" }).save());"#,
        )
        .env("RHOBIS_RETRIES", "0")
        .env("RHOBIS_MAX_WAIT", "0s")
        .run()
        .fails_with(Exit::Unreachable);
    at(&lab, &sandbox)
        .args(["runs", "show", "1", "--output=csv"])
        .run()
        .stdout_has("lost");
    at(&lab, &sandbox)
        .args(["resume", "1", "--timing"])
        .run()
        .succeeds()
        .stderr_has("call 1 had no answer: it was done")
        .stderr_has("searchOperationExecutions");
    at(&lab, &sandbox)
        .eval(r#"o.get_spaces(#{ code: "ONE" }).total"#)
        .run()
        .stdout_is("1");
}

#[test]
fn what_it_takes_is_told() {
    Rhobis::new()
        .eval("o.save_all([], #{ asynchronous: 3 })")
        .run()
        .fails_with(Exit::Script)
        .stderr_has("`asynchronous` takes no `3`");
}
