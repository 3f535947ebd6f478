//! A thousand creations over a line that loses one request in ten, and one answer in ten,
//! and cuts one in ten.
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rhobis::client::{Client, Execution, Resilience};
use rhobis::model::{Change, Criteria, Fetch, Kind, Value};
use rhobis::sandbox::faults::Faults;

use crate::lab::{link, record, text, things};
use crate::served::Setup;
use crate::watch::{Patient, patient};

const CALLS: u32 = 100;
const EACH: usize = 10;
const ALL: usize = 1_000;

fn resilience() -> Resilience {
    Resilience {
        retries: 12,
        budget: 1_000,
        running: Duration::from_secs(60),
        rest: Duration::ZERO,
        ..Resilience::default()
    }
}

fn samples(call: u32) -> Vec<Change> {
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

fn create(client: &Client, call: u32) {
    let execution = Execution::new(format!("call {call}"));
    let outcomes = client.execute(&samples(call), &execution).unwrap();
    assert_eq!(outcomes.len(), EACH);
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
    let server = Setup::new().faults(&Faults::seeded(14)).serve();
    let Patient { client, ear, .. } = patient(&server, resilience());
    things(&client, 1);
    ear.forget();
    for fault in ["drop-before", "drop-after", "truncate"] {
        server.fault(&format!("executeOperations/CreateSamples:10%:{fault}"));
        server.fault(&format!("read:10%:{fault}"));
    }
    let next = AtomicU32::new(0);
    let numbers = || {
        let number = std::iter::repeat_with(|| next.fetch_add(1, Ordering::SeqCst));
        number.take_while(|call| *call < CALLS)
    };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| numbers().for_each(|call| create(&client, call)));
        }
    });
    let struck = server.faults.struck();
    let of_creations = struck.iter().filter(|row| row.0.contains("CreateSamples"));
    assert!(of_creations.clone().all(|(_, times)| *times >= 10), "{struck:?}");
    assert!(ear.count("executeOperations") > ALL / EACH);
    server.faults.clear();
    let found = client.search(&Criteria::all(Kind::Sample), &Fetch::plain(Kind::Sample));
    let records = found.unwrap().records;
    let codes: BTreeSet<_> = records
        .iter()
        .filter_map(|it| it.text("code"))
        .filter(|it| it.starts_with('C'))
        .collect();
    assert_eq!(codes.len(), ALL);
    // The thing that was there, and what every new server holds.
    assert_eq!(records.len(), ALL + 2);
    let executions = executions(&client);
    assert!(executions.iter().all(|(_, state)| state == "FINISHED"), "{executions:?}");
    let names: BTreeSet<_> = executions.iter().map(|it| &it.0).collect();
    assert_eq!((executions.len(), names.len()), (ALL / EACH, ALL / EACH));
}
