//! Two hours of work, in which the server is restarted five times and the session ends
//! every minute.
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rhobis::client::{Client, Clock, Execution, Http, Resilience, Timeouts};
use rhobis::model::{Change, Criteria, Edit, Fetch, Id, Kind, Value};
use rhobis::sandbox::StoppedClock;
use rhobis::sandbox::faults::Faults;

use crate::lab::{admin, link, record, text, things};
use crate::served::{NOON, Served, Setup};

const SECOND: Duration = Duration::from_secs(1);
const TWO_HOURS: Duration = Duration::from_secs(2 * 60 * 60);
/// How often something is done.
const STEP: Duration = Duration::from_secs(10);
/// When the server goes down.
const RESTARTS: [u64; 5] = [17 * 60, 33 * 60 + 4, 61 * 60, 90 * 60 + 7, 118 * 60];
/// For how long.
const OUTAGE: Duration = Duration::from_secs(75);

/// A server and the time that it and its client live in.
struct World {
    folder: PathBuf,
    address: String,
    faults: Faults,
    time: Arc<StoppedClock>,
    state: Mutex<State>,
}

struct State {
    now: Duration,
    server: Option<Served>,
    stage: Stage,
    restarts: usize,
    /// How many sessions ended.
    expired: u64,
}

/// What is about to happen to the server.
#[derive(Clone, Copy)]
enum Stage {
    Up,
    /// It loses the answer to the next change, and is down before it can be asked about it.
    Doomed,
    Down {
        until: Duration,
    },
}

/// The answer that is lost, and the question about it.
const DOOM: [&str; 2] =
    ["change:once:drop-after", "getOperationExecutions:always:drop-before"];

const EXPIRY: &str = "*:each=1m:session-expired";

impl World {
    fn new(folder: PathBuf) -> Self {
        let time = Arc::new(StoppedClock::at(NOON));
        let faults = Faults::seeded(11);
        let server = Setup::new().data(&folder).clock(&time).faults(&faults).serve();
        let address = server.address.clone();
        let state = Mutex::new(State {
            now: Duration::ZERO,
            server: Some(server),
            stage: Stage::Up,
            restarts: 0,
            expired: 0,
        });
        Self { folder, address, faults, time, state }
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Lets time pass.
    fn pass(&self, time: Duration) {
        self.time.advance(i64::try_from(time.as_millis()).unwrap());
        let mut state = self.state.lock().unwrap();
        state.now += time;
        let next = RESTARTS.get(state.restarts).copied().map(Duration::from_secs);
        match state.stage {
            Stage::Up if next.is_some_and(|next| state.now >= next) => {
                for rule in DOOM {
                    self.faults.add(rule.parse().unwrap());
                }
                state.stage = Stage::Doomed;
            }
            Stage::Doomed if self.struck(DOOM[0]) > 0 => {
                state.server = None;
                state.stage = Stage::Down { until: state.now + OUTAGE };
            }
            Stage::Down { until } if state.now >= until => {
                state.expired += self.struck(EXPIRY);
                self.begin();
                let setup = Setup::new().listen(&self.address).data(&self.folder);
                let server = setup.clock(&self.time).faults(&self.faults).serve();
                state.server = Some(server);
                state.stage = Stage::Up;
                state.restarts += 1;
            }
            Stage::Up | Stage::Doomed | Stage::Down { .. } => {}
        }
    }

    /// From now on sessions end every minute, and nothing else happens.
    fn begin(&self) {
        self.faults.clear();
        self.faults.add(EXPIRY.parse().unwrap());
    }

    fn struck(&self, rule: &str) -> u64 {
        let struck = self.faults.struck();
        struck.iter().filter(|row| row.0 == rule).map(|row| row.1).sum()
    }
}

impl Clock for World {
    fn now(&self) -> Duration {
        self.state.lock().unwrap().now
    }

    fn sleep(&self, time: Duration) {
        self.pass(time);
    }

    fn chance(&self) -> f64 {
        0.5
    }

    fn is_cancelled(&self) -> bool {
        false
    }
}

fn sample(number: usize) -> Change {
    let size = BTreeMap::from([("SIZE".to_owned(), number.to_string())]);
    Change::Create(record(
        Kind::Sample,
        [
            ("code", text(&format!("RUN{number}"))),
            ("type", Value::One(link(Kind::SampleType, "THING"))),
            ("space", Value::One(link(Kind::Space, "LAB"))),
            ("properties", Value::Properties(size)),
        ],
    ))
}

/// Counts in the first thing how far it has come.
fn counted(thing: &Id, number: usize) -> Change {
    let size = BTreeMap::from([("SIZE".to_owned(), Some(number.to_string()))]);
    let edits = BTreeMap::from([("properties", Edit::Properties(size))]);
    Change::Update { id: thing.clone(), edits }
}

fn run_codes(client: &Client) -> BTreeSet<String> {
    let pages =
        client.pages(Criteria::all(Kind::Sample), Fetch::plain(Kind::Sample)).of(100);
    let records = pages.flat_map(|page| page.unwrap().records);
    let codes = records.map(|it| it.text("code").unwrap().to_owned());
    codes.filter(|code| code.starts_with("RUN")).collect()
}

#[test]
fn two_hours_with_restarts_and_sessions_that_end_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let world = Arc::new(World::new(folder.path().to_owned()));
    let http = Http::new(&world.url(), Timeouts::default()).unwrap();
    let resilience = Resilience { max_wait: OUTAGE * 2, ..Resilience::default() };
    let client =
        Client::new(Arc::new(http), admin()).resilient(resilience, world.clone());
    let thing = things(&client, 1).remove(0);
    world.begin();
    let mut done = 0;
    while world.now() < TWO_HOURS {
        let changes = [sample(done), counted(&thing, done)];
        let execution = Execution::new(format!("step {done}"));
        client.execute(&changes, &execution).unwrap();
        done += 1;
        if done % 60 == 0 {
            assert_eq!(run_codes(&client).len(), done);
        }
        for _ in 0..STEP.as_secs() {
            world.pass(SECOND);
        }
    }
    {
        let state = world.state.lock().unwrap();
        assert_eq!(state.restarts, RESTARTS.len());
        let expired = state.expired + world.struck(EXPIRY);
        assert!(expired >= 100, "{expired}");
    }
    let codes = run_codes(&client);
    assert_eq!(codes, (0..done).map(|number| format!("RUN{number}")).collect());
    assert!(done > 600, "{done}");
    let fetch = Fetch::plain(Kind::Sample).with("properties");
    let thing = crate::lab::get(&client, &thing, &fetch);
    let size = BTreeMap::from([("SIZE".to_owned(), (done - 1).to_string())]);
    assert_eq!(thing.get("properties").unwrap(), Some(&Value::Properties(size)));
}
