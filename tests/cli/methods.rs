//! Every method of the interface can be called from a script.
use std::fs;

use rhobis::cli::Exit;
use rhobis::wire::bean::{Method, Service, contract};

use crate::listening::Listening;
use crate::rhobis::Rhobis;

/// With nothing for each parameter: most are refused, but by openBIS.
fn call(method: &Method) -> String {
    let own = method.params.iter().filter(|(name, _)| *name != "sessionToken").count();
    let store = if method.service == Service::Dss { "dss." } else { "" };
    let nothing = vec!["()"; own].join(", ");
    format!("try {{ o.call(`{store}{}`, [{nothing}]); }} catch (e) {{ }}\n", method.name)
}

#[test]
fn every_method_of_the_interface_reaches_openbis() {
    let sandbox = Listening::serving(&[
        "--listen=127.0.0.1:0",
        "--user=admin:secret",
        "--api=newer",
    ]);
    let mut methods: Vec<&Method> = contract().all_methods().collect();
    assert_eq!(methods.len(), 174);
    // What ends the session comes last.
    methods.sort_by_key(|method| (method.name.starts_with("log"), method.name));
    let script: String = methods.iter().map(|method| call(method)).collect();
    let lab = Rhobis::new().at(&sandbox.url);
    let log = lab.path("calls.jsonl");
    lab.again()
        .env("OPENBIS_USERNAME", "admin")
        .env("OPENBIS_PASSWORD", "secret")
        .env("RHOBIS_WIRE_LOG", log.to_str().unwrap())
        .script(&script)
        .args(["--yes"])
        .run()
        .succeeds();
    let told = fs::read_to_string(&log).unwrap();
    let reached = |method: &&Method| {
        let service = if method.service == Service::Dss { "DSS" } else { "AS" };
        let name = format!("\"method\":\"{}\"", method.name);
        let service = format!("\"service\":\"{service}\"");
        // What changes something goes as an operation, where there is one.
        let operation =
            method.name.replace("ExternalDataManagementSystems", "ExternalDms");
        let operation =
            format!(".{}{}Operation\"", &operation[..1].to_uppercase(), &operation[1..]);
        told.lines().any(|line| {
            let is_operation =
                line.contains("executeOperations") && line.contains(&operation);
            is_operation || line.contains(&name) && line.contains(&service)
        })
    };
    let missing: Vec<&str> =
        methods.iter().filter(|m| !reached(m)).map(|m| m.name).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_method_that_is_not_there_is_named_with_the_nearest_one() {
    Rhobis::new()
        .eval(r#"o.call("getSapces", [[]])"#)
        .run()
        .fails_with(Exit::Script)
        .stderr_has("`getSapces`")
        .stderr_has("hint: did you mean `getSpaces`");
}

#[test]
fn codes_are_counted_by_the_notebook_or_not_at_all() {
    let count = r#"o.get_sample_type("UNKNOWN").get_next_code()"#;
    let at = |sandbox: &Listening| {
        let rhobis = Rhobis::new().at(&sandbox.url).env("OPENBIS_USERNAME", "admin");
        rhobis.env("OPENBIS_PASSWORD", "secret").eval(count).run()
    };
    let serving =
        |seed| Listening::serving(&["--listen=127.0.0.1:0", "--user=admin:secret", seed]);
    at(&serving("--seed=eln")).stdout_is("S1");
    at(&serving("--seed=empty"))
        .fails_with(Exit::NotFound)
        .stderr_has("has no electronic lab notebook")
        .stderr_has("it lacks the service `as-eln-lims-api`");
}
