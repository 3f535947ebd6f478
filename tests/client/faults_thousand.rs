//! A thousand creations over a line that loses one request in ten, and one answer in ten,
//! and cuts one in ten.
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rhobis::client::{Client, Execution, Resilience};
use rhobis::model::{Change, Criteria, Fetch, Kind, Value};

use crate::lab::{admin, link, record, text, things};
use crate::patient::patient;
use crate::served::Served;

const CALLS: usize = 100;
const EACH: usize = 10;

fn resilience() -> Resilience {
    Resilience {
        retries: 12,
        budget: 1_000,
        running: Duration::from_secs(60),
        rest: Duration::ZERO,
        ..Resilience::default()
    }
}

fn samples(call: usize) -> Vec<Change> {
    let sample = |place: usize| {
        let size = BTreeMap::from([("SIZE".to_owned(), place.to_string())]);
        Change::Create(record(
            Kind::Sample,
            [
                ("code", text(&format!("C{call}N{place}"))),
                ("type", Value::One(link(Kind::SampleType, "THING"))),
                ("space", Value::One(link(Kind::Space, "LAB"))),
                ("properties", Value::Properties(size)),
            ],
        ))
    };
    (0..EACH).map(sample).collect()
}

/// What the server remembers of its executions: the state of each, by its description.
fn executions(client: &Client) -> Vec<(String, String)> {
    let kind = Kind::OperationExecution;
    let found = client.search(&Criteria::all(kind), &Fetch::plain(kind)).unwrap().records;
    let said =
        |record: &rhobis::model::Record, field| record.text(field).unwrap().to_owned();
    let told = found.iter().map(|it| (said(it, "description"), said(it, "state")));
    told.filter(|told| told.0.starts_with("call ")).collect()
}

#[test]
fn a_thousand_creations_make_a_thousand_objects() {
    let server = Served::new();
    let (client, clock) = patient(&server.url, admin(), resilience());
    things(&client, 1);
    clock.take_calls();
    for fault in ["drop-before", "drop-after", "truncate"] {
        server.fault(&format!("executeOperations/CreateSamples:10%:{fault}"));
        server.fault(&format!("read:10%:{fault}"));
    }
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let call = next.fetch_add(1, Ordering::SeqCst);
                    if call >= CALLS {
                        return;
                    }
                    let execution = Execution::new(format!("call {call}"));
                    let outcomes = client.execute(&samples(call), &execution).unwrap();
                    assert_eq!(outcomes.len(), EACH);
                }
            });
        }
    });
    let struck = server.faults.struck();
    assert!(struck.iter().all(|(_, times)| *times > 0), "{struck:?}");
    let calls = clock.take_calls();
    assert!(calls["executeOperations"] > CALLS as u32, "{calls:?}");
    server.faults.clear();
    let found = client.search(&Criteria::all(Kind::Sample), &Fetch::plain(Kind::Sample));
    let records = found.unwrap().records;
    let codes: BTreeSet<_> = records
        .iter()
        .filter_map(|it| it.text("code"))
        .filter(|it| it.starts_with('C'))
        .collect();
    assert_eq!(codes.len(), CALLS * EACH);
    // The thing that was there, and what every new server holds.
    assert_eq!(records.len(), CALLS * EACH + 2);
    let executions = executions(&client);
    assert!(executions.iter().all(|(_, state)| state == "FINISHED"), "{executions:?}");
    let names: BTreeSet<_> = executions.iter().map(|it| &it.0).collect();
    assert_eq!((executions.len(), names.len()), (CALLS, CALLS));
}
