//! What a client does about a server in trouble: how often, how long, and that it stops.
use std::net::TcpListener;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rhobis::client::{
    Client, Clock, Decision, Error, Http, Resilience, Timeouts, maintenance_sleeper,
};
use rhobis::model::{Criteria, Fetch, Kind};

use crate::lab::admin;
use crate::served::{Served, Setup};
use crate::watch::{Patient, Watch, patient, patient_at};

const S: fn(u64) -> Duration = Duration::from_secs;

fn search(client: &Client) -> Result<u64, Error> {
    let fetch = Fetch::plain(Kind::Space);
    Ok(client.search(&Criteria::all(Kind::Space), &fetch)?.total)
}

/// A server that has answered, and how it is asked.
fn ready(settings: Resilience) -> (Served, Patient) {
    let server = Served::new();
    let patient = patient(&server, settings);
    patient.client.token().unwrap();
    patient.ear.forget();
    (server, patient)
}

/// Each fault, how often a search is tried when it strikes once and always.
const SEARCHES: &[(&str, usize, usize)] = &[
    ("drop-before", 2, 5),
    ("drop-after", 2, 5),
    ("truncate", 2, 5),
    ("garbage", 2, 2),
    ("html", 2, 2),
];

#[test]
fn a_search_is_tried_as_often_as_the_table_says() {
    for &(fault, once, always) in SEARCHES {
        let (server, Patient { client, ear, .. }) = ready(Resilience::default());
        server.fault(&format!("searchSpaces:once:{fault}"));
        assert!(search(&client).is_ok(), "{fault}");
        assert_eq!(ear.count("searchSpaces"), once, "{fault}");
        ear.forget();
        server.fault(&format!("searchSpaces:always:{fault}"));
        assert!(search(&client).is_err(), "{fault}");
        assert_eq!(ear.count("searchSpaces"), always, "{fault}");
    }
}

#[test]
fn a_login_whose_answer_was_lost_is_tried_once_more() {
    let server = Served::new();
    let Patient { client, ear, .. } = patient(&server, Resilience::default());
    server.fault("login:always:drop-after");
    assert!(matches!(client.token(), Err(Error::Lost { .. })));
    assert_eq!(ear.count("login"), 2);
}

#[test]
fn a_maintenance_is_waited_out_with_a_countdown() {
    for fault in ["503", "502"] {
        let (server, Patient { client, watch, ear }) = ready(Resilience::default());
        server.fault(&format!("searchSpaces:12:{fault}"));
        assert!(search(&client).is_ok(), "{fault}");
        assert_eq!(ear.count("searchSpaces"), 13, "{fault}");
        assert!(watch.slept() < S(120), "{fault}: {:?}", watch.slept());
        assert!(!ear.countdown.lock().unwrap().is_empty(), "{fault}");
    }
}

/// Time in which a server begins to listen.
struct Rising {
    watch: Arc<Watch>,
    address: String,
    server: Mutex<Option<Served>>,
}

impl Clock for Rising {
    fn now(&self) -> Duration {
        self.watch.now()
    }

    fn sleep(&self, time: Duration) {
        self.watch.sleep(time);
        let mut server = self.server.lock().unwrap();
        if self.now() >= S(60) && server.is_none() {
            *server = Some(Setup::new().listen(&self.address).serve());
        }
    }

    fn chance(&self) -> f64 {
        self.watch.chance()
    }

    fn is_cancelled(&self) -> bool {
        false
    }
}

#[test]
fn a_server_that_comes_after_a_minute_is_waited_for() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = closed.local_addr().unwrap().to_string();
    drop(closed);
    let rising = Arc::new(Rising {
        watch: Arc::default(),
        address: address.clone(),
        server: Mutex::default(),
    });
    let settings = Resilience { wait_first: true, ..Resilience::default() };
    let http = Http::new(&format!("http://{address}"), Timeouts::default()).unwrap();
    let client = Client::new(Arc::new(http), admin()).resilient(settings, rising.clone());
    assert!(search(&client).is_ok());
    assert!(rising.now() < S(75), "{:?}", rising.now());
}

#[test]
fn a_login_that_is_disabled_is_waited_for() {
    let (server, Patient { client, ear, .. }) = ready(Resilience::default());
    client.logout().unwrap();
    server.fault("login:6:login-disabled");
    assert!(search(&client).is_ok());
    assert_eq!(ear.count("login"), 7);
}

#[test]
fn the_server_says_when_it_wants_to_be_asked_again() {
    for status in ["503", "429"] {
        let (server, Patient { client, ear, .. }) = ready(Resilience::default());
        server.fault(&format!("searchSpaces:once:{status},retry-after=7"));
        assert!(search(&client).is_ok());
        assert_eq!(*ear.waits.lock().unwrap(), [S(7)], "{status}");
    }
}

#[test]
fn a_server_that_was_never_there_is_not_waited_for_unless_that_is_asked() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    let watch = Arc::new(Watch::default());
    let short = patient_at(&url, watch.clone(), Resilience::default());
    assert!(matches!(search(&short.client), Err(Error::Unreachable { .. })));
    assert!(watch.slept() < S(5), "{:?}", watch.slept());
    let waiting = Resilience { wait_first: true, ..Resilience::default() };
    let long = patient_at(&url, watch.clone(), waiting);
    assert!(search(&long.client).is_err());
    assert!(watch.slept() > S(120), "{:?}", watch.slept());
}

#[test]
fn a_thousand_items_do_not_each_wait() {
    let (server, Patient { client, watch, ear }) = ready(Resilience::default());
    server.fault("searchSpaces:always:503");
    for _ in 0..1000 {
        search(&client).unwrap_err();
    }
    assert!(watch.slept() <= S(121), "{:?}", watch.slept());
    assert!(matches!(search(&client), Err(Error::Resting { .. })));
    let before = ear.count("searchSpaces");
    server.faults.clear();
    watch.sleep(S(11));
    assert!(search(&client).is_ok());
    assert_eq!(ear.count("searchSpaces"), before + 1);
}

#[test]
fn after_the_rest_one_attempt_shows_whether_it_is_still_away() {
    let (server, Patient { client, watch, ear }) = ready(Resilience::default());
    server.fault("searchSpaces:always:503");
    search(&client).unwrap_err();
    watch.sleep(S(11));
    ear.forget();
    search(&client).unwrap_err();
    assert_eq!(ear.count("searchSpaces"), 1);
    assert!(matches!(search(&client), Err(Error::Resting { .. })));
}

#[test]
fn whoever_has_had_enough_is_not_kept_waiting() {
    let server = Served::new();
    let watch = Watch::until(S(3));
    let Patient { client, .. } =
        patient_at(&server.url, watch.clone(), Resilience::default());
    client.token().unwrap();
    server.fault("searchSpaces:always:503");
    assert!(matches!(search(&client), Err(Error::Cancelled)));
    assert!(watch.slept() <= S(3) + Duration::from_millis(100));
}

#[test]
fn a_session_that_ends_again_and_again_is_renewed_each_time() {
    let (server, Patient { client, ear, .. }) = ready(Resilience::default());
    server.fault("searchSpaces:every=2:session-expired");
    for _ in 0..10 {
        search(&client).unwrap();
    }
    assert!(ear.count("login") >= 5);
}

#[test]
fn a_handler_decides_and_the_table_forbids() {
    let (server, Patient { client, ear, .. }) = ready(Resilience::default());
    server.fault("searchSpaces:always:503");
    let asked = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&asked);
    client.on_error(Some(Arc::new(move |_, attempt| {
        counted.fetch_add(1, Ordering::SeqCst);
        if attempt < 3 { Decision::Retry(S(1)) } else { Decision::Fail }
    })));
    assert!(matches!(search(&client), Err(Error::Unavailable { status: 503, .. })));
    assert_eq!((ear.count("searchSpaces"), asked.load(Ordering::SeqCst)), (3, 3));
}

#[test]
fn the_sleeper_outlasts_a_long_maintenance() {
    let (server, Patient { client, watch, .. }) = ready(Resilience::default());
    client.on_error(Some(maintenance_sleeper(S(300), 20)));
    server.fault("searchSpaces:10:503");
    assert!(search(&client).is_ok());
    assert_eq!(watch.slept(), S(3000));
}

#[test]
fn calls_are_spread_over_time_for_all_clones_together() {
    let settings = Resilience { per_second: 2.0, ..Resilience::default() };
    let (_server, Patient { client, watch, .. }) = ready(settings);
    for client in [client.clone(), client.clone(), client] {
        search(&client).unwrap();
    }
    assert!(watch.slept() >= Duration::from_millis(1500), "{:?}", watch.slept());
}

#[test]
fn where_nothing_is_to_be_repeated_nothing_is() {
    let (server, Patient { client, ear, .. }) = ready(Resilience::OFF);
    server.fault("searchSpaces:once:drop-before");
    search(&client).unwrap_err();
    assert_eq!(ear.count("searchSpaces"), 1);
}
