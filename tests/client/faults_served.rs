//! What faults look like to a client that does nothing about them.
use std::net::TcpStream;

use crate::raw::{Got, call, call_at, create_space, get_space, login};
use crate::served::{NOON, Served, Setup};

/// What is seen of a call that a rule strikes.
#[derive(Debug, PartialEq, Eq)]
enum Seen {
    /// As if there were no fault.
    Result,
    Status(u16),
    Half,
    Nothing,
    Garbage,
    Page,
}

fn seen(got: Got) -> Seen {
    match got {
        Got::Nothing => Seen::Nothing,
        Got::Half => Seen::Half,
        Got::Whole(head, body) if head.starts_with("HTTP/1.1 200") => {
            match body.starts_with('{') {
                true if body.contains("\"result\"") => Seen::Result,
                true => panic!("{body}"),
                false if head.to_lowercase().contains("text/html") => Seen::Page,
                false => Seen::Garbage,
            }
        }
        got @ Got::Whole(..) => Seen::Status(got.whole().0),
    }
}

/// Each fault, what is seen, and whether the call was carried out.
const FAULTS: &[(&str, Seen, bool)] = &[
    ("latency=1ms", Seen::Result, true),
    ("429", Seen::Status(429), false),
    ("500", Seen::Status(500), false),
    ("502", Seen::Status(502), false),
    ("503", Seen::Status(503), false),
    ("504,after", Seen::Status(504), true),
    ("refuse=1ms", Seen::Nothing, false),
    ("refuse=1", Seen::Nothing, false),
    ("drop-before", Seen::Nothing, false),
    ("drop-after", Seen::Nothing, true),
    ("truncate", Seen::Half, true),
    ("garbage", Seen::Garbage, true),
    ("html", Seen::Page, false),
    ("kill-before", Seen::Nothing, false),
    ("kill-after", Seen::Nothing, true),
];

#[test]
fn each_fault_is_seen_as_what_it_is_and_done_or_not() {
    for (fault, expected, is_done) in FAULTS {
        let server = Served::new();
        let token = login(&server.address);
        server.fault(&format!("createSpaces:once:{fault}"));
        assert_eq!(
            &seen(create_space(&server.address, &token, "NEW")),
            expected,
            "{fault}"
        );
        let there = loop {
            match get_space(&server.address, &token, "NEW") {
                Got::Nothing => {}
                got => break got.body().contains("\"code\":\"NEW\""),
            }
        };
        assert_eq!(there, *is_done, "{fault}");
        assert_eq!(server.faults.struck()[0].1, 1, "{fault}");
    }
}

#[test]
fn a_busy_server_says_when_to_come_again() {
    let server = Served::new();
    server.fault("login:once:503,retry-after=7");
    let Got::Whole(head, _) = call(&server.address, "login", r#""admin","pw""#) else {
        panic!("no answer")
    };
    assert!(head.to_lowercase().contains("retry-after: 7"), "{head}");
}

#[test]
fn during_an_outage_nobody_listens() {
    let server = Served::new();
    let idle = TcpStream::connect(&server.address).unwrap();
    server.fault("login:once:refuse=300ms");
    assert_eq!(call(&server.address, "login", r#""admin","pw""#), Got::Nothing);
    let mut refused = 0;
    while TcpStream::connect(&server.address).is_err() {
        refused += 1;
    }
    assert!(refused > 0);
    let mut byte = [0];
    assert!(!matches!(std::io::Read::read(&mut &idle, &mut byte), Ok(1..)));
    login(&server.address);
}

#[test]
fn sessions_end_as_on_a_real_server() {
    let server = Served::new();
    let said = |token: &str| get_space(&server.address, token, "DEFAULT").body();
    let token = login(&server.address);
    server.fault("getSpaces:once:session-lost");
    assert!(
        said(&token).contains("is invalid: user is not logged in."),
        "{}",
        said(&token)
    );
    assert!(said(&token).contains("is invalid: user is not logged in."));
    let token = login(&server.address);
    server.fault("getSpaces:once:session-expired");
    assert!(said(&token).contains("Session no longer available. Please login again."));
    assert!(said(&token).contains("is invalid: user is not logged in."));
    server.fault("login:once:session-lost");
    let token = login(&server.address);
    assert!(said(&token).contains("is invalid: user is not logged in."));
    assert!(said(&login(&server.address)).contains("\"code\":\"DEFAULT\""));
}

#[test]
fn a_session_ends_each_minute_by_the_clock_of_the_sandbox() {
    let server = Served::new();
    server.fault("*:each=1m:session-expired");
    let token = login(&server.address);
    let said = || get_space(&server.address, &token, "DEFAULT").body();
    assert!(said().contains("\"code\":\"DEFAULT\""));
    server.clock.advance(59_999);
    assert!(said().contains("\"code\":\"DEFAULT\""));
    server.clock.advance(1);
    assert!(said().contains("Session no longer available."));
}

#[test]
fn a_personal_access_token_ends_for_good() {
    let server = Served::new();
    let creation = format!(
        r#"{{"@type":"as.dto.pat.create.PersonalAccessTokenCreation","sessionName":"a","validFromDate":{},"validToDate":{}}}"#,
        NOON.0,
        NOON.0 + 60_000
    );
    let params = format!("{},[{creation}]", login(&server.address));
    let made = call(&server.address, "createPersonalAccessTokens", &params).body();
    let token = made.split('"').find(|part| part.starts_with("$pat-")).unwrap();
    let token = format!("\"{token}\"");
    let said = || get_space(&server.address, &token, "DEFAULT").body();
    server.fault("read:always:session-lost");
    assert!(said().contains("\"code\":\"DEFAULT\""));
    server.fault("read:once:pat-expired");
    assert!(said().contains("Personal access token is no longer valid."));
    assert!(said().contains("Personal access token is no longer valid."));
}

#[test]
fn nobody_logs_in_while_logins_are_switched_off() {
    let server = Served::new();
    let token = login(&server.address);
    server.fault("*:always:login-disabled");
    let said = call(&server.address, "login", r#""admin","pw""#).body();
    assert!(
        said.contains("\"message\":\"Login is disabled by the administrator.\""),
        "{said}"
    );
    assert!(get_space(&server.address, &token, "DEFAULT").body().contains("DEFAULT"));
}

#[test]
fn rules_are_about_reading_or_changing_also_within_operations() {
    let server = Served::new();
    let token = login(&server.address);
    server.fault("change:always:500");
    let operation = |class: &str| format!(r#"[{{"@type":"{class}"}}]"#);
    let options = r#"{"@type":"as.dto.operation.SynchronousOperationExecutionOptions"}"#;
    let status = |class: &str| {
        let params = format!("{token},{},{options}", operation(class));
        call(&server.address, "executeOperations", &params).whole().0
    };
    assert_eq!(status("as.dto.space.create.CreateSpacesOperation"), 500);
    assert_eq!(status("as.dto.space.get.GetSpacesOperation"), 200);
    assert_eq!(get_space(&server.address, &token, "DEFAULT").whole().0, 200);
    server.faults.clear();
    server.fault("executeOperations/CreateSpaces:always:502");
    assert_eq!(status("as.dto.space.create.CreateSpacesOperation"), 502);
    assert_eq!(status("as.dto.space.update.UpdateSpacesOperation"), 200);
}

#[test]
fn a_prefix_is_the_only_way_in() {
    let server = Setup::new().beneath("/deep/lab").serve();
    assert!(server.url.ends_with("/deep/lab"));
    let status = |prefix| {
        let credentials = r#""admin","pw""#;
        call_at(&server.address, prefix, "login", credentials).whole().0
    };
    assert_eq!(status("/deep/lab"), 200);
    assert_eq!(status(""), 404);
    assert_eq!(status("/deep"), 404);
}

#[test]
fn it_listens_at_an_address_of_six_parts() {
    let server = Setup::new().listen("[::1]:0").serve();
    assert!(server.url.starts_with("http://[::1]:"), "{}", server.url);
    login(&server.address);
}
