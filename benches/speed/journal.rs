//! What it costs to write changes down before they are sent: the same script of 10,000 changes
//! against a sandbox that listens in a process of its own, with the journal and without.
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::server::Server;
use rhobis::client::{Client, Credentials, Http, Timeouts};
use rhobis::ledger::{About, Journal, Ledger, RunKind};
use rhobis::model::Timestamp;
use rhobis::script::{
    self, Clock, Connect, ConnectOptions, Console, Desk, Host, Level, Progress, Rules,
    SavedToken, ScriptError, TokenFiles,
};

/// 5,000 samples are made, then read again and changed.
const SCRIPT: &str = r#"
    let all = [];
    for n in 0..5000 {
        all.push(o.new_sample("YEAST", #{
            space: "LAB", code: `J${n}`, props: #{ "$name": `yeast ${n}`, notes: "made" },
        }));
    }
    o.save_all(all);
    let all = o.get_samples(#{ space: "LAB", code: "J*", type: "YEAST" }).to_array();
    for s in all { s.p.notes = "changed since"; }
    o.save_all(all)
"#;

/// The times of the script with the journal and without, one after the other: which comes
/// first changes from pair to pair.
pub(crate) fn pair(number: usize) -> (Duration, Duration) {
    let (mut with, mut without) = (Duration::ZERO, Duration::ZERO);
    for journalled in [number.is_multiple_of(2), !number.is_multiple_of(2)] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let time = run(journalled.then(|| journal(folder.path())), folder.path());
        *(if journalled { &mut with } else { &mut without }) = time;
    }
    (with, without)
}

fn run(journal: Option<Arc<Journal>>, folder: &Path) -> Duration {
    let server = Server::start("demo");
    let session = client(&server.url);
    session.token().expect("a session");
    let most = Some(20_000);
    let rules = Rules { max_changes: most, ..Rules::default() };
    let host = Host {
        session,
        desk: Desk::ruled(rules, journal),
        connect: Arc::new(Alone),
        console: Arc::new(Alone),
        clock: Arc::new(Alone),
        cancel: Arc::new(AtomicBool::new(false)),
        params: rhai::Map::new(),
        folder: folder.to_owned(),
        environment: Arc::new(|_| None),
        tokens: Arc::new(Alone),
    };
    let engine = script::engine(&host);
    let ast = script::check(&engine, SCRIPT).expect("a script");
    let begin = Instant::now();
    let saved = script::run(&engine, &mut script::scope(&host), &ast).expect("it runs");
    let time = begin.elapsed();
    assert_eq!(saved.as_int(), Ok(5000));
    time
}

fn journal(folder: &Path) -> Arc<Journal> {
    let ledger = Arc::new(Ledger::open(&folder.join("rhobis.db")).expect("a ledger"));
    let about = About {
        kind: RunKind::Script,
        script: "bench".to_owned(),
        source: SCRIPT.to_owned(),
        params: Vec::new(),
        profile: None,
        user: None,
        server: String::new(),
        of: None,
        key: "bench".to_owned(),
        started: Alone.now(),
    };
    let open = move || Ok((Arc::clone(&ledger), ledger.begin_changing(&about, None)?));
    Arc::new(Journal::new(open))
}

fn client(url: &str) -> Client {
    let http = Http::new(url, Timeouts::default()).expect("an address");
    let (user, password) = ("admin".to_owned(), "pw".into());
    Client::new(Arc::new(http), Credentials::Password { user, password })
}

/// The rest of a script's world: it says nothing and knows nobody.
struct Alone;

impl Clock for Alone {
    #[expect(clippy::disallowed_methods, reason = "here it is the clock")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or_default())
    }

    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

impl Console for Alone {
    fn print(&self, _text: &str) {}

    fn say(&self, _level: Level, _text: &str) {}

    fn progress(&self, _label: &str, _total: Option<u64>) -> Box<dyn Progress> {
        Box::new(Self)
    }

    fn confirm(&self, _question: &str) -> bool {
        true
    }

    fn is_terminal(&self) -> bool {
        false
    }
}

impl Progress for Alone {
    fn advance(&self, _steps: u64) {}

    fn message(&self, _text: &str) {}

    fn finish(&self) {}
}

impl Connect for Alone {
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

impl TokenFiles for Alone {
    fn personal(&self, _host: Option<&str>) -> Result<Vec<SavedToken>, ScriptError> {
        Ok(Vec::new())
    }

    fn sessions(&self) -> Result<Vec<SavedToken>, ScriptError> {
        Ok(Vec::new())
    }

    fn keep(
        &self,
        _url: &str,
        _tokens: &[SavedToken],
        _all: bool,
    ) -> Result<(), ScriptError> {
        Ok(())
    }
}
