//! A sandbox with a client.
use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use rhobis::client::{
    Answer, Client, Credentials, Error, Http, Outcome, Timeouts, Transport,
};
use rhobis::model::{Change, Edit, Fetch, Id, Kind, Link, Record, Timestamp, Value};
use rhobis::sandbox::{Sandbox, Seed, Settings, StoppedClock, http};

struct Within(Sandbox);

impl Transport for Within {
    fn url(&self) -> &'static str {
        "sandbox:"
    }

    fn carry(&self, service: &str, request: &str) -> Result<Answer, Error> {
        let answer = self.0.answer(service, request);
        Ok(Answer { status: answer.status, body: answer.body })
    }
}

pub(crate) fn sandbox() -> Sandbox {
    Sandbox::open(Settings {
        seed: Seed::Empty,
        users: vec![("admin".to_owned(), "pw".to_owned())],
        any_password: false,
        anonymous_user: None,
        dialect: rhobis::wire::bean::Dialect::default(),
        data: None,
        clock: Arc::new(StoppedClock::at(Timestamp(1_695_735_421_234))),
    })
    .unwrap()
}

pub(crate) fn admin() -> Credentials {
    with_password("pw")
}

pub(crate) fn with_password(password: &str) -> Credentials {
    Credentials::Password { user: "admin".to_owned(), password: password.into() }
}

/// A client of a sandbox in the process that was just installed.
pub(crate) fn client() -> Client {
    Client::new(Arc::new(Within(sandbox())), admin())
}

/// A sandbox that listens.
pub(crate) struct Listening {
    pub(crate) url: String,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Listening {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let stop = Arc::new(AtomicBool::new(false));
        let raised = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            http::serve(Arc::new(sandbox()), listener, raised).unwrap();
        });
        Self { url, stop, thread: Some(thread) }
    }

    pub(crate) fn client(&self, credentials: Credentials) -> Client {
        let http = Http::new(&self.url, Timeouts::default()).unwrap();
        Client::new(Arc::new(http), credentials)
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

pub(crate) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub(crate) fn id(kind: Kind, text: &str) -> Id {
    Id::parse(kind, text).unwrap()
}

pub(crate) fn link(kind: Kind, text: &str) -> Link {
    Link { id: id(kind, text), record: None }
}

/// A new record.
pub(crate) fn record<const N: usize>(kind: Kind, values: [(&str, Value); N]) -> Record {
    let mut record = Record::new(kind);
    for (field, value) in values {
        record.set(field, value, None).unwrap();
    }
    record
}

pub(crate) fn create(client: &Client, records: Vec<Record>) -> Vec<Id> {
    let changes = records.into_iter().map(Change::Create).collect();
    let outcomes = client.apply(changes).unwrap();
    let ids = outcomes.into_iter().map(|outcome| match outcome {
        Outcome::Created(id) => id,
        other => panic!("{other:?}"),
    });
    ids.collect()
}

pub(crate) fn update(client: &Client, id: &Id, field: &'static str, edit: Edit) {
    let edits = BTreeMap::from([(field, edit)]);
    client.apply(vec![Change::Update { id: id.clone(), edits }]).unwrap();
}

pub(crate) fn get(client: &Client, id: &Id, fetch: &Fetch) -> Record {
    client.get(std::slice::from_ref(id), fetch).unwrap().remove(0).unwrap()
}

/// A property `SIZE`, a type `THING` with it, the space `LAB`, and in it the things
/// `T1` … `Tn`, each the child of the one before.
pub(crate) fn things(client: &Client, count: usize) -> Vec<Id> {
    let size = record(
        Kind::PropertyType,
        [
            ("code", text("SIZE")),
            ("label", text("Size")),
            ("description", text("How big")),
            ("dataType", text("INTEGER")),
        ],
    );
    create(client, vec![size, record(Kind::Space, [("code", text("LAB"))])]);
    let property = Value::One(link(Kind::PropertyType, "SIZE"));
    let assignment = record(
        Kind::PropertyAssignment,
        [("propertyType", property), ("mandatory", Value::Flag(true))],
    );
    let assignments = Value::Many(vec![Link::part(assignment)]);
    let thing = [("code", text("THING")), ("propertyAssignments", assignments)];
    create(client, vec![record(Kind::SampleType, thing)]);
    let ids = create(client, (1..=count).map(thing_number).collect());
    for (child, parent) in ids[1..].iter().zip(&ids) {
        let parents = Edit::Links(vec![Link { id: parent.clone(), record: None }]);
        update(client, child, "parents", parents);
    }
    ids
}

fn thing_number(number: usize) -> Record {
    let size = BTreeMap::from([("SIZE".to_owned(), number.to_string())]);
    record(
        Kind::Sample,
        [
            ("code", text(&format!("T{number}"))),
            ("type", Value::One(link(Kind::SampleType, "THING"))),
            ("space", Value::One(link(Kind::Space, "LAB"))),
            ("properties", Value::Properties(size)),
        ],
    )
}
