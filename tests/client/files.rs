//! The file server of newer openBIS: rights, lost answers, lost sessions.
use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rhobis::client::{
    Answer, Client, Clock, Credentials, Error, PIECE, Resilience, Transport, Visit,
    Visited,
};
use rhobis::model::{Fetch, Kind, Timestamp};
use rhobis::sandbox::{self, Sandbox, Seed, Settings, StoppedClock};
use rhobis::wire::bean::{Api, Dialect};

use crate::lab::{get, id};

/// A way to the sandbox on which answers of the file server are lost as listed.
struct Way {
    sandbox: Sandbox,
    mishaps: Mutex<VecDeque<Mishap>>,
    visits: Mutex<usize>,
}

#[derive(Clone, Copy, PartialEq)]
enum Mishap {
    NotSent,
    Busy,
    Cut,
    Page,
}

/// An answer that breaks off.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _to: &mut [u8]) -> io::Result<usize> {
        Err(io::ErrorKind::ConnectionReset.into())
    }
}

impl Transport for Way {
    fn url(&self) -> &'static str {
        "sandbox:"
    }

    fn carry(&self, service: &str, request: &str) -> Result<Answer, Error> {
        let answer = self.sandbox.answer(service, request);
        Ok(Answer { status: answer.status, body: answer.body })
    }

    fn visit(&self, visit: &Visit) -> Result<Visited, Error> {
        *self.visits.lock().unwrap() += 1;
        let url = self.url().to_owned();
        match self.mishaps.lock().unwrap().pop_front() {
            Some(Mishap::NotSent) => {
                return Err(Error::Unreachable { url, source: "refused".into() });
            }
            Some(Mishap::Busy) => {
                return Err(Error::Unavailable { url, status: 503, retry_after: None });
            }
            Some(Mishap::Cut) => {
                return Ok(Visited { status: 200, body: Box::new(Broken) });
            }
            Some(Mishap::Page) => {
                return Ok(Visited::whole(500, b"<h1>500</h1>".to_vec()));
            }
            None => {}
        }
        let query: Vec<String> =
            visit.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let verb = if visit.body.is_empty() { "GET" } else { "POST" };
        let answer = self.sandbox.visit(sandbox::Visit {
            verb,
            path: &visit.url,
            query: &query.join("&"),
            headers: &[],
            body: &visit.body,
        });
        let missing = || Visited::whole(404, Vec::new());
        Ok(answer.map_or_else(missing, |it| Visited::whole(it.status, it.body)))
    }
}

struct Patient;

impl Clock for Patient {
    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, _time: Duration) {}

    fn chance(&self) -> f64 {
        0.5
    }

    fn is_cancelled(&self) -> bool {
        false
    }
}

fn way(api: Api, mishaps: &[Mishap]) -> Arc<Way> {
    let accounts = ["admin", "power", "observer", "nobody"];
    let sandbox = Sandbox::open(Settings {
        seed: Seed::Demo,
        users: accounts.map(|name| (name.to_owned(), "pw".to_owned())).into(),
        any_password: false,
        anonymous_user: None,
        dialect: Dialect { api, ..Dialect::default() },
        data: None,
        clock: Arc::new(StoppedClock::at(Timestamp(1_750_000_000_000))),
    });
    let mishaps = Mutex::new(mishaps.iter().copied().collect());
    Arc::new(Way { sandbox: sandbox.unwrap(), mishaps, visits: Mutex::default() })
}

fn client(way: &Arc<Way>, user: &str) -> Client {
    let credentials =
        Credentials::Password { user: user.to_owned(), password: "pw".into() };
    let settings = Resilience { retries: 3, ..Resilience::default() };
    Client::new(way.clone(), credentials).resilient(settings, Arc::new(Patient))
}

fn perm_id(client: &Client, path: &str) -> String {
    let series = id(Kind::Experiment, path);
    let record = get(client, &series, &Fetch::plain(Kind::Experiment));
    record.text("permId").unwrap().to_owned()
}

const SERIES: &str = "/LAB/STRESS/HEAT_SHOCK";

#[test]
fn whoever_sees_the_collection_reads_its_files_and_nobody_else() {
    let way = way(Api::Newer, &[]);
    let owner = perm_id(&client(&way, "admin"), SERIES);
    let observer = client(&way, "observer");
    let names = |path: &str, deep| {
        let listed = observer.list_files(&owner, path, deep).unwrap();
        listed.into_iter().map(|file| file.path).collect::<Vec<_>>()
    };
    assert_eq!(names("/", false), ["/plan", "/readme.txt"]);
    assert_eq!(names("/plan", true).len(), 3);
    let read = observer.read_file(&owner, "/readme.txt", (7, 3)).unwrap();
    assert_eq!(read, b"are");
    let stranger = client(&way, "nobody");
    for error in [
        stranger.list_files(&owner, "/", false).unwrap_err(),
        stranger.read_file(&owner, "/readme.txt", (0, 5)).unwrap_err(),
        observer.list_files("20200101000000000-1", "/", false).unwrap_err(),
    ] {
        assert!(error.is_unauthorized(), "{error}");
    }
}

#[test]
fn a_refusal_does_not_repeat_the_token() {
    let way = way(Api::Newer, &[]);
    let client = client(&way, "observer");
    let error = client.list_files("20200101000000000-1", "/", false).unwrap_err();
    let token = client.token().unwrap();
    assert!(error.to_string().contains("don't have rights [Read]"), "{error}");
    assert!(!format!("{error} {error:?}").contains(&token), "{error:?}");
}

#[test]
fn lost_answers_are_asked_for_again() {
    let mishaps = [Mishap::NotSent, Mishap::Cut, Mishap::Busy];
    let way = way(Api::Newer, &mishaps);
    let admin = client(&way, "admin");
    let owner = perm_id(&admin, SERIES);
    let read = admin.read_file(&owner, "/readme.txt", (0, 6)).unwrap();
    assert_eq!((read.as_slice(), *way.visits.lock().unwrap()), (&b"Plates"[..], 4));
}

#[test]
fn something_strange_is_asked_once_more() {
    let way = way(Api::Newer, &[Mishap::Page, Mishap::Page, Mishap::Page]);
    let admin = client(&way, "admin");
    let owner = perm_id(&admin, SERIES);
    let error = admin.list_files(&owner, "/", false).unwrap_err();
    assert!(matches!(error, Error::NotOpenbis { .. }), "{error:?}");
    assert_eq!(*way.visits.lock().unwrap(), 2);
}

#[test]
fn a_session_that_has_ended_is_begun_anew() {
    let way = way(Api::Newer, &[]);
    let admin = client(&way, "admin");
    let owner = perm_id(&admin, SERIES);
    let token = admin.token().unwrap();
    let logout =
        format!(r#"{{"jsonrpc":"2.0","id":"1","method":"logout","params":["{token}"]}}"#);
    way.sandbox.answer("application-server", &logout);
    assert_eq!(admin.read_file(&owner, "/readme.txt", (0, 3)).unwrap(), b"Pla");
    assert_ne!(admin.token().unwrap(), token);
}

#[test]
fn an_older_server_has_none() {
    let way = way(Api::Of2023, &[]);
    let admin = client(&way, "admin");
    let owner = perm_id(&admin, SERIES);
    let error = admin.list_files(&owner, "/", false).unwrap_err();
    assert!(error.to_string().contains("has no file server"), "{error}");
}

#[test]
fn no_more_than_a_piece_is_asked_for_at_once() {
    struct Counting(Arc<Way>, Mutex<Vec<i32>>);
    impl Transport for Counting {
        fn url(&self) -> &'static str {
            "sandbox:"
        }

        fn carry(&self, service: &str, request: &str) -> Result<Answer, Error> {
            self.0.carry(service, request)
        }

        fn visit(&self, visit: &Visit) -> Result<Visited, Error> {
            let chunks = rhobis::wire::files::unpack(&visit.body).unwrap();
            self.1.lock().unwrap().extend(chunks.iter().map(|chunk| chunk.limit));
            self.0.visit(visit)
        }
    }
    let counting = Arc::new(Counting(way(Api::Newer, &[]), Mutex::default()));
    let credentials =
        Credentials::Password { user: "admin".to_owned(), password: "pw".into() };
    let admin = Client::new(counting.clone(), credentials);
    let owner = perm_id(&admin, SERIES);
    admin.read_file(&owner, "/readme.txt", (0, u64::MAX)).unwrap();
    assert_eq!(*counting.1.lock().unwrap(), [i32::try_from(PIECE).unwrap()]);
}
