//! Each fault and each group of calls: what comes of it, how often it was tried, how long
//! that took.
use std::collections::BTreeMap;
use std::time::Duration;

use rhobis::client::{Client, Credentials, Error, Execution, Resilience, Timeouts};
use rhobis::model::{Change, Criteria, Edit, Fetch, Id, Kind};

use crate::lab::{get, id, record, text, things};
use crate::served::Served;
use crate::watch::{Patient, Watch, patient, patient_within};

const RETRIES: u32 = 3;
const ATTEMPTS: usize = RETRIES as usize + 1;

fn resilience() -> Resilience {
    Resilience {
        retries: RETRIES,
        max_wait: Duration::from_secs(30),
        ..Resilience::default()
    }
}

/// A sandbox with five things and a client that has logged in.
struct Lab {
    server: Served,
    patient: Patient,
    things: Vec<Id>,
}

impl Lab {
    fn new() -> Self {
        let server = Served::new();
        let patient = patient(&server, resilience());
        Self::of(server, patient)
    }

    /// With a client that does not wait long for an answer to go on.
    fn hasty() -> Self {
        let server = Served::new();
        let timeouts = Timeouts { read: Duration::from_secs(2), ..Timeouts::default() };
        let watch = Watch::of(&server);
        let patient = patient_within(&server.url, watch, resilience(), timeouts);
        Self::of(server, patient)
    }

    fn of(server: Served, patient: Patient) -> Self {
        let things = things(&patient.client, 5);
        patient.ear.forget();
        Self { server, patient, things }
    }

    /// Somebody else, whom no fault has met yet.
    fn witness(&self) -> Client {
        self.server.faults.clear();
        patient(&self.server, Resilience::OFF).client
    }

    fn execute(&self, change: Change) -> Result<(), Error> {
        self.patient.client.execute(&[change], &Execution::new("fault")).map(drop)
    }
}

/// A group of calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Get,
    Page,
    Create,
    Update,
    Delete,
}

use Group::*;

impl Group {
    /// The method that carries it.
    fn method(self) -> &'static str {
        match self {
            Get => "getSamples",
            Page => "searchSamples",
            Create | Update | Delete => "executeOperations",
        }
    }

    fn is_change(self) -> bool {
        matches!(self, Create | Update | Delete)
    }

    fn go(self, lab: &Lab) -> Result<(), Error> {
        let thing = lab.things[0].clone();
        match self {
            Get => {
                lab.patient.client.get(&[thing], &Fetch::plain(Kind::Sample)).map(drop)
            }
            Page => {
                let criteria = Criteria::all(Kind::Sample);
                let pages =
                    lab.patient.client.pages(criteria, Fetch::plain(Kind::Sample)).of(2);
                let pages: Result<Vec<_>, _> = pages.collect();
                let lengths = pages?.iter().map(|page| page.records.len()).collect();
                let lengths: Vec<usize> = lengths;
                assert_eq!(lengths, [2, 2, 2]);
                Ok(())
            }
            Create => {
                let space = record(Kind::Space, [("code", text("NEW"))]);
                lab.execute(Change::Create(space))
            }
            Update => {
                let size = BTreeMap::from([("SIZE".to_owned(), Some("77".to_owned()))]);
                let edits = BTreeMap::from([("properties", Edit::Properties(size))]);
                lab.execute(Change::Update { id: thing, edits })
            }
            Delete => {
                let ids = vec![lab.things[4].clone()];
                lab.execute(Change::Delete { ids, reason: "fault".to_owned() })
            }
        }
    }

    /// How often it was done, as somebody else sees it. Nothing is done by reading.
    fn done(self, lab: &Lab) -> usize {
        let witness = lab.witness();
        let all = |kind| {
            witness.search(&Criteria::all(kind), &Fetch::plain(kind)).unwrap().records
        };
        match self {
            Get | Page => 0,
            Create => all(Kind::Space)
                .iter()
                .filter(|it| it.text("code") == Some("NEW"))
                .count(),
            Update => {
                let fetch = Fetch::plain(Kind::Sample).with("properties");
                let thing = get(&witness, &lab.things[0], &fetch);
                usize::from(format!("{:?}", thing.get("properties")).contains("77"))
            }
            Delete => all(Kind::Deletion).len(),
        }
    }
}

/// A fault that strikes once, and how often the call itself is then made by reading calls,
/// by changes, and how often changes ask what became of them.
type Row = (&'static str, usize, usize, usize);

const ONCE: &[Row] = &[
    ("latency=1ms", 1, 1, 0),
    ("429", 2, 2, 1),
    ("500", 2, 2, 1),
    ("502", 2, 2, 1),
    ("503", 2, 2, 1),
    ("503,retry-after=2", 2, 2, 1),
    ("504,after", 2, 1, 1),
    ("drop-before", 2, 2, 1),
    ("drop-after", 2, 1, 1),
    ("truncate", 2, 1, 1),
    ("garbage", 2, 1, 1),
    ("html", 2, 2, 1),
    ("session-lost", 2, 2, 0),
    ("session-expired", 2, 2, 0),
];

#[test]
fn what_fails_once_is_done_once() {
    for group in [Get, Page, Create, Update, Delete] {
        for row in ONCE {
            is_done_once(group, row, &Lab::new());
        }
    }
}

/// Likewise, for answers that stand still, or come in pieces over a longer time than the
/// client waits for each.
const SLOW: &[Row] = &[
    ("stall-before", 2, 2, 1),
    ("stall-after", 2, 1, 1),
    ("stall", 2, 1, 1),
    ("trickle=300ms", 1, 1, 0),
];

#[test]
fn what_stands_still_is_given_up_and_done_once_and_what_moves_is_waited_for() {
    for row in SLOW {
        std::thread::scope(|all| {
            for group in [Get, Page, Create, Update, Delete] {
                all.spawn(move || is_done_once(group, row, &Lab::hasty()));
            }
        });
    }
}

fn is_done_once(group: Group, (fault, reads, changes, questions): &Row, lab: &Lab) {
    lab.server.fault(&format!("{}:once:{fault}", group.method()));
    let result = group.go(lab);
    assert!(result.is_ok(), "{group:?} {fault}: {result:?}");
    let (made, asked) = counts(lab, group);
    // A search takes three pages.
    let further = if group == Page { 2 } else { 0 };
    let expected =
        if group.is_change() { (*changes, *questions) } else { (reads + further, 0) };
    assert_eq!((made, asked), expected, "{group:?} {fault}");
    assert_eq!(group.done(lab), usize::from(group.is_change()), "{group:?} {fault}");
    let slept = lab.patient.watch.slept();
    assert!(slept <= Duration::from_secs(3), "{group:?} {fault}: {slept:?}");
}

/// How often the call of the group was made, and how often it was asked what became of it.
fn counts(lab: &Lab, group: Group) -> (usize, usize) {
    let of = |method| lab.patient.ear.count(method);
    (of(group.method()), of("getOperationExecutions"))
}

/// What a call ends in that fails again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Nobody knows, and it says so.
    Lost,
    /// The status is told.
    Unavailable,
    /// It says that something else answers.
    Strange,
    SessionLost,
}

use End::*;

/// A fault that strikes always, how often a reading call is then made, how often a change is
/// sent, and what it ends in. A change that cannot even be asked about is sent once.
const ALWAYS: &[(&str, Option<usize>, Option<usize>, End)] = &[
    ("500", Some(2), Some(ATTEMPTS), Strange),
    ("502", None, None, Unavailable),
    ("503", None, None, Unavailable),
    ("drop-before", Some(ATTEMPTS), Some(ATTEMPTS), Lost),
    ("drop-after", Some(ATTEMPTS), Some(1), Lost),
    ("truncate", Some(ATTEMPTS), Some(1), Lost),
    ("garbage", Some(2), Some(1), Strange),
    ("html", Some(2), Some(ATTEMPTS), Strange),
    ("session-lost", Some(2), Some(2), SessionLost),
];

#[test]
fn what_always_fails_is_given_up_and_said() {
    for group in [Get, Create, Update, Delete] {
        for (fault, reads, changes, end) in ALWAYS {
            let lab = Lab::new();
            lab.server.fault(&format!("{}:always:{fault}", group.method()));
            let result = group.go(&lab);
            let (made, _) = counts(&lab, group);
            let expected = if group.is_change() { changes } else { reads };
            assert!(expected.is_none_or(|it| it == made), "{group:?} {fault}: {made}");
            let slept = lab.patient.watch.slept();
            assert!(slept <= Duration::from_secs(60), "{group:?} {fault}: {slept:?}");
            let is_done = group.done(&lab) == 1;
            let carried_out = ["drop-after", "truncate", "garbage"].contains(fault);
            assert_eq!(is_done, carried_out && group.is_change(), "{group:?} {fault}");
            assert_eq!(result.is_ok(), is_done, "{group:?} {fault}: {result:?}");
            if let Err(error) = result {
                assert_eq!(ended_in(&error), *end, "{group:?} {fault}: {error:?}");
            }
        }
    }
}

/// What is behind an error.
fn ended_in(error: &Error) -> End {
    match error {
        Error::Undecided { source, .. } => ended_in(source.downcast_ref().unwrap()),
        Error::Lost { .. } => Lost,
        Error::Unavailable { .. } => Unavailable,
        Error::NotOpenbis { .. } => Strange,
        error if error.is_session_lost() => SessionLost,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_change_that_cannot_be_settled_is_told_as_undecided_and_can_be_settled_later() {
    let lab = Lab::new();
    lab.server.fault("executeOperations:once:drop-after");
    lab.server.fault("*:always:drop-before");
    let space = Change::Create(record(Kind::Space, [("code", text("NEW"))]));
    let execution = Execution::new("fault");
    let changes = [space];
    let error = lab.patient.client.execute(&changes, &execution).unwrap_err();
    assert!(error.is_undecided() && error.is_retryable(), "{error:?}");
    assert!(error.to_string().contains(&execution.id), "{error}");
    let settled = lab.witness().settle(&execution.id, &changes).unwrap();
    let expected = rhobis::client::Outcome::Created(id(Kind::Space, "NEW"));
    assert_eq!(settled, rhobis::client::Settled::Done(vec![expected]));
}

#[test]
fn logins_are_repeated_and_wait_until_they_are_enabled() {
    for (rule, logins) in [
        ("login:once:drop-after", 2),
        ("login:once:503", 2),
        ("login:once:html", 2),
        ("login:2:login-disabled", 3),
        ("login:once:session-lost", 2),
    ] {
        let server = Served::new();
        server.fault(rule);
        let Patient { client, ear, .. } = patient(&server, resilience());
        client.server_information().unwrap();
        assert_eq!(ear.count("login"), logins, "{rule}");
    }
}

#[test]
fn logins_that_stay_disabled_are_told_in_the_words_of_the_server() {
    let server = Served::new();
    server.fault("login:always:login-disabled");
    let Patient { client, watch, .. } = patient(&server, resilience());
    let error = client.token().unwrap_err();
    assert!(
        error.to_string().contains("Login is disabled by the administrator."),
        "{error}"
    );
    assert!(watch.slept() <= Duration::from_secs(60), "{:?}", watch.slept());
}

#[test]
fn a_token_that_is_over_is_told_at_once() {
    let lab = Lab::new();
    let token = personal_token(&lab.patient.client);
    let Patient { client, watch, ear } = patient(&lab.server, resilience());
    client.login(Credentials::Token(token.as_str().into())).unwrap();
    client.server_information().unwrap();
    ear.forget();
    lab.server.fault("*:once:pat-expired");
    let error = client.server_information().unwrap_err();
    assert!(error.to_string().contains("no longer valid"), "{error}");
    assert_eq!(ear.count("getServerInformation"), 1);
    assert_eq!(watch.slept(), Duration::ZERO);
}

fn personal_token(client: &Client) -> String {
    use crate::served::NOON;
    use rhobis::model::{Timestamp, Value};
    let token = record(
        Kind::PersonalAccessToken,
        [
            ("sessionName", text("fault")),
            ("validFromDate", Value::Time(NOON)),
            ("validToDate", Value::Time(Timestamp(NOON.0 + 86_400_000))),
        ],
    );
    let made = client.execute(&[Change::Create(token)], &Execution::new("token"));
    match made.unwrap().remove(0) {
        rhobis::client::Outcome::Created(id) => id.text().to_owned(),
        other => panic!("{other:?}"),
    }
}
