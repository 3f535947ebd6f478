use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rhai::Dynamic;

use crate::cli::vault::TokenFolders;
use crate::client::{self, Answer, Client, Credentials, Transport, Verb, Visit, Visited};
use crate::model::Timestamp;
use crate::sandbox::{Sandbox, Seed, Settings, StoppedClock};
use crate::script::{
    self, Clock, Connect, ConnectOptions, Console, Failure, Host, Level, Progress,
    ScriptError,
};
use crate::wire::bean::{Api, Dialect};

/// A script's world in a test: the demo lab, a console that remembers, a clock that stands.
pub(super) struct World {
    host: Host,
    _folder: tempfile::TempDir,
    said: Arc<Talk>,
    calls: Arc<InProcess>,
}

impl World {
    pub(super) fn new() -> Self {
        Self::speaking(Api::Of2023)
    }

    /// The same with a person who agrees to everything.
    pub(super) fn agreeing() -> Self {
        let mut world = Self::new();
        world.host.desk = script::Desk::ruled(generous(), None);
        world
    }

    /// The same with what changes at this desk.
    pub(super) fn with_desk(desk: script::Desk) -> Self {
        let mut world = Self::new();
        world.host.desk = desk;
        world
    }

    /// Changes go to this desk from now on.
    pub(super) fn sit_at(&mut self, desk: script::Desk) {
        self.host.desk = desk;
    }

    /// Scripts get these parameters from now on.
    pub(super) fn give(&mut self, params: rhai::Map) {
        self.host.params = params;
    }

    /// The same with a server of this version.
    pub(super) fn speaking(api: Api) -> Self {
        let settings = Settings {
            seed: Seed::Demo,
            users: ["admin", "power", "observer"]
                .map(|user| (user.to_owned(), user.to_owned()))
                .into(),
            any_password: false,
            anonymous_user: None,
            dialect: Dialect { api, ..Dialect::default() },
            data: None,
            clock: Arc::new(StoppedClock::at(Timestamp(1_750_000_000_000))),
        };
        let sandbox = Sandbox::open(settings).unwrap();
        let calls = Arc::new(InProcess { sandbox, methods: Mutex::default() });
        let credentials =
            Credentials::Password { user: "admin".to_owned(), password: "admin".into() };
        let session = Client::new(calls.clone(), credentials);
        let folder = tempfile::tempdir().unwrap();
        let said = Arc::new(Talk::default());
        let host = Host {
            session,
            desk: script::Desk::new(),
            connect: Arc::new(Nowhere),
            tokens: Arc::new(TokenFolders::new(folder.path().join("tokens"), None)),
            console: said.clone(),
            clock: Arc::new(Standing),
            cancel: Arc::new(AtomicBool::new(false)),
            params: rhai::Map::new(),
            folder: folder.path().to_owned(),
            environment: Arc::new(|name| {
                (name == "LAB_NAME").then(|| "yeasts".to_owned())
            }),
        };
        Self { host, _folder: folder, said, calls }
    }

    pub(super) fn host(&self) -> &Host {
        &self.host
    }

    /// What the script gives.
    pub(super) fn run(&self, source: &str) -> Result<Dynamic, Failure> {
        let engine = script::engine(&self.host);
        let ast = script::check(&engine, source)?;
        script::run(&engine, &mut script::scope(&self.host), &ast)
    }

    /// Runs a script that has to go well.
    pub(super) fn good(&self, source: &str) {
        drop(self.value(source));
    }

    /// What a script gives that has to go well.
    pub(super) fn value(&self, source: &str) -> Dynamic {
        self.run(source).unwrap_or_else(|failure| {
            panic!("{failure:#?}\n{source}");
        })
    }

    /// Runs a script that has to fail.
    pub(super) fn bad(&self, source: &str) -> Failure {
        self.run(source).expect_err("the script should fail")
    }

    /// What was printed so far.
    pub(super) fn printed(&self) -> Vec<String> {
        self.said.0.lock().unwrap().clone()
    }

    /// The methods that were called since the last time.
    pub(super) fn calls(&self) -> Vec<String> {
        std::mem::take(&mut *self.calls.methods.lock().unwrap())
    }

    pub(super) fn file(&self, name: &str) -> String {
        std::fs::read_to_string(self.host.folder.join(name)).unwrap()
    }
}

pub(super) fn generous() -> script::Rules {
    let most = Some(u64::MAX);
    script::Rules { max_changes: most, max_delete: most, ..script::Rules::default() }
}

struct InProcess {
    sandbox: Sandbox,
    methods: Mutex<Vec<String>>,
}

impl Transport for InProcess {
    fn url(&self) -> &'static str {
        "sandbox"
    }

    fn carry(&self, _service: &str, request: &str) -> Result<Answer, client::Error> {
        let method = request.split("\"method\":\"").nth(1).unwrap_or_default();
        let method = method.split('"').next().unwrap_or_default();
        let mut methods = self.methods.lock().unwrap();
        methods.push(method.to_owned());
        methods.extend(operations(request));
        drop(methods);
        let answer = self.sandbox.answer("application-server", request);
        Ok(Answer { status: answer.status, body: answer.body })
    }

    fn visit(&self, visit: &Visit) -> Result<Visited, client::Error> {
        let (path, query) = visit.url.split_once('?').unwrap_or((&visit.url, ""));
        let mut query = url::form_urlencoded::Serializer::new(query.to_owned());
        query.extend_pairs(&visit.query);
        let headers = visit.headers.iter();
        let headers: Vec<(String, String)> =
            headers.map(|(name, value)| (name.to_lowercase(), value.clone())).collect();
        let answer = self.sandbox.visit(crate::sandbox::Visit {
            verb: if visit.verb == Verb::Get { "GET" } else { "POST" },
            path,
            query: &query.finish(),
            headers: &headers,
            body: &visit.body,
        });
        let missing = || Visited::whole(404, Vec::new());
        Ok(answer.map_or_else(missing, |it| Visited::whole(it.status, it.body)))
    }
}

/// `UpdateSamples` for each operation of a transaction.
fn operations(request: &str) -> impl Iterator<Item = String> {
    let classes = request.split("\"@type\":\"").skip(1);
    let classes = classes.filter_map(|rest| rest.split('"').next());
    let names = classes.filter_map(|class| class.strip_suffix("Operation"));
    names.map(|name| name.rsplit('.').next().unwrap_or_default().to_owned())
}

#[derive(Default)]
struct Talk(Mutex<Vec<String>>);

impl Console for Talk {
    fn print(&self, text: &str) {
        self.0.lock().unwrap().push(text.to_owned());
    }

    fn say(&self, level: Level, text: &str) {
        self.0.lock().unwrap().push(format!("{level:?}: {text}"));
    }

    fn progress(&self, _label: &str, _total: Option<u64>) -> Box<dyn Progress> {
        Box::new(Bar)
    }

    fn confirm(&self, _question: &str) -> bool {
        false
    }

    fn is_terminal(&self) -> bool {
        false
    }
}

struct Bar;

impl Progress for Bar {
    fn advance(&self, _steps: u64) {}

    fn message(&self, _text: &str) {}

    fn finish(&self) {}
}

struct Standing;

impl Clock for Standing {
    fn now(&self) -> Timestamp {
        Timestamp(1_750_000_000_000)
    }

    fn sleep(&self, _time: Duration) {}
}

struct Nowhere;

impl Connect for Nowhere {
    fn profile(&self, name: &str) -> Result<Client, ScriptError> {
        Err(ScriptError::not_found(format!("no profile `{name}`")))
    }

    fn url(&self, url: &str, _options: ConnectOptions) -> Result<Client, ScriptError> {
        Err(ScriptError::not_found(format!("nothing at `{url}`")))
    }

    fn is_known(&self, _url: &str) -> bool {
        false
    }
}
