//! Every change happens exactly once, whatever becomes of the answers.
use std::time::Duration;

use rhobis::client::{Client, Error, Execution, Resilience, Settled};
use rhobis::model::{
    Change, Criteria, Edit, Fetch, Id, Kind, Link, Outcome, Record, Value,
};

use crate::lab::{id, record, text};
use crate::served::Served;
use crate::watch::{Patient, patient};

fn space(code: &str) -> Change {
    Change::Create(record(Kind::Space, [("code", text(code))]))
}

fn execution(id: &str) -> Execution {
    let description = "a test".to_owned();
    Execution { id: id.to_owned(), description, asynchronous: false }
}

fn codes(client: &Client) -> Vec<String> {
    let fetch = Fetch::plain(Kind::Space);
    let found = client.search(&Criteria::all(Kind::Space), &fetch).unwrap();
    let mut codes: Vec<String> =
        found.records.iter().map(|r| r.text("code").unwrap().to_owned()).collect();
    codes.retain(|code| code.starts_with("NEW"));
    codes.sort();
    codes
}

fn created(code: &str) -> Vec<Outcome> {
    vec![Outcome::Created(id(Kind::Space, code))]
}

/// Faults that lose an answer, or the question.
const FAULTS: &[&str] = &[
    "500",
    "502",
    "503",
    "429",
    "504,after",
    "refuse=2",
    "drop-before",
    "drop-after",
    "truncate",
    "garbage",
    "html",
    "session-lost",
    "session-expired",
];

#[test]
fn a_change_is_made_once_whatever_becomes_of_the_answer() {
    for fault in FAULTS {
        let server = Served::new();
        let Patient { client, .. } = patient(&server, Resilience::default());
        client.token().unwrap();
        server.fault(&format!("executeOperations:once:{fault}"));
        let outcomes = client.execute(&[space("NEW")], &execution("x"));
        assert_eq!(outcomes.unwrap(), created("NEW"), "{fault}");
        assert_eq!(codes(&client), ["NEW"], "{fault}");
        assert_eq!(server.faults.struck()[0].1, 1, "{fault}");
    }
}

#[test]
fn what_was_done_is_not_sent_again() {
    for fault in ["drop-after", "truncate", "garbage", "504,after"] {
        let server = Served::new();
        let Patient { client, ear, .. } = patient(&server, Resilience::default());
        server.fault(&format!("executeOperations:once:{fault}"));
        client.execute(&[space("NEW")], &execution("x")).unwrap();
        assert_eq!(ear.count("executeOperations"), 1, "{fault}");
        assert_eq!(ear.count("getOperationExecutions"), 1, "{fault}");
    }
}

#[test]
fn a_refusal_whose_answer_was_lost_is_told_all_the_same() {
    let server = Served::new();
    let Patient { client, .. } = patient(&server, Resilience::default());
    server.fault("executeOperations:once:drop-after");
    let changes = [space("NEW"), space("DEFAULT")];
    let error = client.execute(&changes, &execution("x")).unwrap_err();
    assert!(error.is_conflict(), "{error}");
    assert!(matches!(error, Error::RolledBack { .. }), "{error:?}");
    assert!(codes(&client).is_empty());
}

#[test]
fn what_cannot_be_settled_is_said_to_be_undecided() {
    let server = Served::new();
    let settings =
        Resilience { max_wait: Duration::from_secs(5), ..Resilience::default() };
    let Patient { client, .. } = patient(&server, settings);
    server.fault("executeOperations:once:drop-after");
    server.fault("getOperationExecutions:always:drop-before");
    let error = client.execute(&[space("NEW")], &execution("x")).unwrap_err();
    assert!(error.is_undecided(), "{error:?}");
    assert!(error.to_string().contains("`x`"), "{error}");
    server.faults.clear();
    let Patient { client, .. } = patient(&server, settings);
    let settled = client.settle("x", &[space("NEW")]).unwrap();
    assert_eq!(settled, Settled::Done(created("NEW")));
}

#[test]
fn the_server_is_asked_what_became_of_an_execution() {
    let server = Served::new();
    let Patient { client, .. } = patient(&server, Resilience::default());
    let changes = [space("NEW")];
    assert_eq!(client.settle("x", &changes).unwrap(), Settled::NeverArrived);
    client.execute(&changes, &execution("x")).unwrap();
    assert_eq!(client.settle("x", &changes).unwrap(), Settled::Done(created("NEW")));
    client.execute(&changes, &execution("y")).unwrap_err();
    let Settled::RolledBack(why) = client.settle("y", &changes).unwrap() else {
        panic!("not rolled back");
    };
    assert!(why.contains("already exists"), "{why}");
}

#[test]
fn an_id_that_was_used_gives_what_was_done_under_it() {
    let server = Served::new();
    let Patient { client, .. } = patient(&server, Resilience::default());
    client.execute(&[space("NEW")], &execution("x")).unwrap();
    let again = client.execute(&[space("NEW")], &execution("x")).unwrap();
    assert_eq!(again, created("NEW"));
    assert_eq!(codes(&client), ["NEW"]);
}

#[test]
fn what_the_details_no_longer_tell_is_read_from_the_summary() {
    let server = Served::new();
    let Patient { client, .. } = patient(&server, Resilience::default());
    let changes = [space("NEW")];
    client.execute(&changes, &execution("x")).unwrap();
    let after = |days: i64| {
        server.clock.advance(days * 86_400_000);
        for _ in 0..64 {
            client
                .execute(&[Change::Revert { ids: Vec::new() }], &Execution::new(""))
                .unwrap();
        }
    };
    after(2);
    assert_eq!(client.settle("x", &changes).unwrap(), Settled::Done(created("NEW")));
    after(40);
    assert!(client.settle("x", &changes).unwrap_err().is_undecided());
}

fn link(id: &Id) -> Value {
    Value::One(Link { id: id.clone(), record: None })
}

/// A new object that others of the call may refer to.
fn to_be<const N: usize>(id: &Id, values: [(&str, Value); N]) -> Change {
    let mut record = Record::to_be(id.clone());
    for (field, value) in values {
        record.set(field, value, None).unwrap();
    }
    Change::Create(record)
}

#[test]
fn new_objects_refer_to_each_other_and_updates_of_one_become_one() {
    let server = Served::new();
    let Patient { client, ear, .. } = patient(&server, Resilience::default());
    let (place, project) =
        (Id::creation(Kind::Space, "s"), Id::creation(Kind::Project, "p"));
    let set = |words: &str| Change::Update {
        id: project.clone(),
        edits: [("description", Edit::Set(text(words)))].into(),
    };
    let changes = [
        to_be(&place, [("code", text("NEW"))]),
        to_be(&project, [("code", text("P")), ("space", link(&place))]),
        set("one"),
        set("two"),
    ];
    let outcomes = client.execute(&changes, &execution("x")).unwrap();
    assert_eq!(outcomes[2..], [Outcome::Updated, Outcome::Updated]);
    assert_eq!(ear.count("executeOperations"), 1);
    let fetch = Fetch::plain(Kind::Project).with("space");
    let found = client.get(&[id(Kind::Project, "/NEW/P")], &fetch).unwrap();
    assert_eq!(found[0].as_ref().unwrap().text("description"), Some("two"));
}

#[test]
fn a_transaction_that_fails_changes_nothing_and_tells_which_change_it_was() {
    let server = Served::new();
    let Patient { client, .. } = patient(&server, Resilience::default());
    let project = |code: &str, space: &str| {
        let space = link(&id(Kind::Space, space));
        Change::Create(record(Kind::Project, [("code", text(code)), ("space", space)]))
    };
    let changes =
        [space("NEW"), project("P1", "NEW"), project("P2", "NOWHERE"), space("NEW2")];
    let error = client.execute(&changes, &execution("x")).unwrap_err();
    assert_eq!(error.item(), Some(2), "{error:?}");
    assert!(codes(&client).is_empty());
}
