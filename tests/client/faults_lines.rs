//! Lines that are slow or gone, over the net and in the process.
use std::sync::Arc;
use std::time::Duration;

use rhobis::client::{
    Answer, Client, Error, Execution, Http, Resilience, Timeouts, Transport,
};
use rhobis::model::{Change, Criteria, Fetch, Kind};
use rhobis::sandbox::Sandbox;
use rhobis::sandbox::faults::{Ending, Faults};

use crate::lab::{admin, record, sandbox, text};
use crate::served::{NOON, Served};
use crate::watch::{Ear, Patient, Watch, patient};

fn space() -> [Change; 1] {
    [Change::Create(record(Kind::Space, [("code", text("NEW"))]))]
}

fn spaces(client: &Client) -> usize {
    let all = client.search(&Criteria::all(Kind::Space), &Fetch::plain(Kind::Space));
    let records = all.unwrap().records;
    records.iter().filter(|it| it.text("code") == Some("NEW")).count()
}

/// Gives up waiting early, and tries again.
fn hasty(server: &Served) -> (Client, Arc<Ear>) {
    let timeouts = Timeouts { total: Duration::from_millis(300), ..Timeouts::default() };
    let http = Http::new(&server.url, timeouts).unwrap();
    let resilience = Resilience { retries: 20, ..Resilience::default() };
    let ear = Arc::new(Ear::default());
    let client = Client::new(Arc::new(http), admin())
        .heard_by(ear.clone())
        .resilient(resilience, Watch::of(server));
    client.token().unwrap();
    (client, ear)
}

#[test]
fn what_arrives_after_it_was_given_up_and_sent_again_is_done_once() {
    let server = Served::new();
    let (client, ear) = hasty(&server);
    server.fault("executeOperations:once:latency=600ms");
    client.execute(&space(), &Execution::new("late")).unwrap();
    assert!(ear.count("executeOperations") >= 2);
    let witness = patient(&server, Resilience::default()).client;
    let kind = Kind::OperationExecution;
    let state = || {
        let found = witness.search(&Criteria::all(kind), &Fetch::plain(kind)).unwrap();
        found.records[0].text("state").unwrap().to_owned()
    };
    // The mark of an execution that came a second time and was refused.
    while state() != "FAILED" {}
    assert_eq!(spaces(&witness), 1);
}

#[test]
fn a_search_that_takes_too_long_is_asked_again() {
    let server = Served::new();
    let (client, ear) = hasty(&server);
    server.fault("searchSpaces:once:latency=600ms");
    assert_eq!(spaces(&client), 0);
    assert!(ear.count("searchSpaces") >= 2);
}

#[test]
fn connections_that_are_cut_are_made_again() {
    for method in ["searchSpaces", "executeOperations"] {
        let server = Served::new();
        let client = patient(&server, Resilience::default()).client;
        client.token().unwrap();
        server.fault(&format!("{method}:once:refuse=2"));
        client.execute(&space(), &Execution::new("cut")).unwrap();
        assert_eq!(spaces(&client), 1, "{method}");
        assert_eq!(server.faults.struck()[0].1, 1);
    }
}

#[test]
fn a_server_that_stays_away_is_waited_for_as_long_as_was_said() {
    let server = Served::new();
    let max_wait = Duration::from_secs(90);
    let resilience = Resilience { max_wait, ..Resilience::default() };
    let Patient { client, watch, .. } = patient(&server, resilience);
    client.token().unwrap();
    drop(server);
    let error = client.server_information().unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
    let slept = watch.slept();
    assert!(slept >= max_wait && slept < max_wait * 2, "{slept:?}");
    let error = client.server_information().unwrap_err();
    assert!(matches!(error, Error::Resting { .. }), "{error:?}");
    assert_eq!(watch.slept(), slept);
}

/// A sandbox in this process, with faults in between.
struct Within {
    sandbox: Sandbox,
    faults: Faults,
}

impl Within {
    fn lost(&self, why: &str) -> Error {
        Error::Lost { url: self.url().to_owned(), source: why.into() }
    }
}

impl Transport for Within {
    fn url(&self) -> &'static str {
        "sandbox:"
    }

    fn carry(&self, service: &str, request: &str) -> Result<Answer, Error> {
        let strike = self.faults.strike(request, NOON);
        match self.faults.carry(strike, &self.sandbox, service, request) {
            Ending::Answered(answer) | Ending::Trickled(answer, _) => {
                Ok(Answer { status: answer.status, body: answer.body })
            }
            Ending::Page { status, .. } => {
                Ok(Answer { status, body: "<html></html>".to_owned() })
            }
            Ending::Cut(_) => Err(self.lost("it was cut")),
            Ending::Stalled(_) | Ending::Silent => Err(self.lost("it stood still")),
            Ending::Dropped | Ending::Gone(_) => Err(self.lost("it was dropped")),
        }
    }
}

#[test]
fn in_the_process_it_is_the_same() {
    let faults =
        ["drop-before", "drop-after", "truncate", "garbage", "html", "session-lost"];
    for fault in faults {
        let faults = Faults::default();
        faults.add(format!("executeOperations:once:{fault}").parse().unwrap());
        let within = Arc::new(Within { sandbox: sandbox(), faults: faults.clone() });
        let client = Client::new(within, admin())
            .resilient(Resilience::default(), Arc::new(Watch::default()));
        client.execute(&space(), &Execution::new("within")).unwrap();
        assert_eq!(spaces(&client), 1, "{fault}");
        assert_eq!(faults.struck()[0].1, 1, "{fault}");
    }
}
