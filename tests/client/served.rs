//! A sandbox that listens in this process, with faults that can be set while it runs.
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use rhobis::model::Timestamp;
use rhobis::sandbox::faults::Faults;
use rhobis::sandbox::http::{Certificate, Server};
use rhobis::sandbox::{Sandbox, Seed, Settings, StoppedClock};

/// When it is in the sandbox at first.
pub(crate) const NOON: Timestamp = Timestamp(1_700_000_000_000);

/// How it is to listen.
pub(crate) struct Setup {
    listen: String,
    prefix: Option<&'static str>,
    certificate: Option<Certificate>,
    data: Option<PathBuf>,
    clock: Arc<StoppedClock>,
    faults: Faults,
}

impl Setup {
    pub(crate) fn new() -> Self {
        Self {
            listen: "127.0.0.1:0".to_owned(),
            prefix: None,
            certificate: None,
            data: None,
            clock: Arc::new(StoppedClock::at(NOON)),
            faults: Faults::seeded(7),
        }
    }

    pub(crate) fn listen(self, address: &str) -> Self {
        Self { listen: address.to_owned(), ..self }
    }

    pub(crate) fn beneath(self, prefix: &'static str) -> Self {
        Self { prefix: Some(prefix), ..self }
    }

    pub(crate) fn certificate(self, certificate: Certificate) -> Self {
        Self { certificate: Some(certificate), ..self }
    }

    pub(crate) fn data(self, folder: &Path) -> Self {
        Self { data: Some(folder.to_owned()), ..self }
    }

    pub(crate) fn clock(self, clock: &Arc<StoppedClock>) -> Self {
        Self { clock: Arc::clone(clock), ..self }
    }

    pub(crate) fn faults(self, faults: &Faults) -> Self {
        Self { faults: faults.clone(), ..self }
    }

    pub(crate) fn serve(self) -> Served {
        let settings = Settings {
            seed: Seed::Empty,
            users: vec![("admin".to_owned(), "pw".to_owned())],
            any_password: false,
            anonymous_user: None,
            dialect: rhobis::wire::bean::Dialect::default(),
            data: self.data,
            clock: self.clock.clone(),
        };
        let mut server = Server::of(Arc::new(Sandbox::open(settings).unwrap()));
        server.faults = self.faults.clone();
        server.prefix =
            self.prefix.map_or_else(Default::default, |it| it.parse().unwrap());
        let scheme = if self.certificate.is_some() { "https" } else { "http" };
        server.certificate = self.certificate;
        let listener = TcpListener::bind(&self.listen).unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let url = format!("{scheme}://{address}{}", server.prefix);
        let stop = Arc::new(AtomicBool::new(false));
        let raised = Arc::clone(&stop);
        let thread = Some(std::thread::spawn(move || {
            server.serve(listener, &raised).unwrap();
        }));
        Served { url, address, faults: self.faults, clock: self.clock, stop, thread }
    }
}

/// It listens until it is dropped.
pub(crate) struct Served {
    pub(crate) url: String,
    pub(crate) address: String,
    pub(crate) faults: Faults,
    pub(crate) clock: Arc<StoppedClock>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Served {
    pub(crate) fn new() -> Self {
        Setup::new().serve()
    }

    pub(crate) fn fault(&self, rule: &str) {
        self.faults.add(rule.parse().unwrap());
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}
