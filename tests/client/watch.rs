//! A client with patience, whose time passes only while it waits.
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rhobis::client::{Client, Clock, Http, Listener, Resilience, Timeouts, Told};
use rhobis::sandbox::StoppedClock;

use crate::lab::admin;
use crate::served::Served;

/// Time that passes while somebody sleeps, for the sandbox as well.
#[derive(Default)]
pub(crate) struct Watch {
    slept: AtomicU64,
    sandbox: Option<Arc<StoppedClock>>,
    cancelled: AtomicBool,
    /// After so much sleep somebody has had enough.
    cancelled_after: Option<Duration>,
}

impl Watch {
    pub(crate) fn of(server: &Served) -> Arc<Self> {
        Arc::new(Self { sandbox: Some(server.clock.clone()), ..Self::default() })
    }

    pub(crate) fn until(time: Duration) -> Arc<Self> {
        Arc::new(Self { cancelled_after: Some(time), ..Self::default() })
    }

    pub(crate) fn slept(&self) -> Duration {
        Duration::from_millis(self.slept.load(Ordering::SeqCst))
    }
}

impl Clock for Watch {
    fn now(&self) -> Duration {
        self.slept()
    }

    fn sleep(&self, time: Duration) {
        let ms = u64::try_from(time.as_millis()).unwrap();
        self.slept.fetch_add(ms, Ordering::SeqCst);
        if let Some(sandbox) = &self.sandbox {
            sandbox.advance(i64::try_from(ms).unwrap());
        }
        if self.cancelled_after.is_some_and(|after| self.slept() >= after) {
            self.cancelled.store(true, Ordering::SeqCst);
        }
    }

    fn chance(&self) -> f64 {
        0.5
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::SeqCst)
    }
}

/// Counts what it hears.
#[derive(Default)]
pub(crate) struct Ear {
    /// The method of each attempt.
    pub(crate) attempts: Mutex<Vec<String>>,
    /// The waits before repetitions.
    pub(crate) waits: Mutex<Vec<Duration>>,
    /// What is left, at each turn of a countdown.
    pub(crate) countdown: Mutex<Vec<Duration>>,
}

impl Ear {
    pub(crate) fn count(&self, method: &str) -> usize {
        self.attempts.lock().unwrap().iter().filter(|heard| *heard == method).count()
    }

    pub(crate) fn forget(&self) {
        self.attempts.lock().unwrap().clear();
    }
}

impl Listener for Ear {
    fn call(&self, told: Told<'_>) {
        match told {
            Told::Called(called) => {
                self.attempts.lock().unwrap().push(called.method.to_owned());
            }
            Told::Repeating { wait, .. } => self.waits.lock().unwrap().push(wait),
            Told::Waiting { left } => self.countdown.lock().unwrap().push(left),
            Told::Working { .. } => {}
        }
    }
}

/// A client with a watch, and with an ear on it.
pub(crate) struct Patient {
    pub(crate) client: Client,
    pub(crate) watch: Arc<Watch>,
    pub(crate) ear: Arc<Ear>,
}

pub(crate) fn patient(server: &Served, settings: Resilience) -> Patient {
    let watch = Watch::of(server);
    patient_at(&server.url, watch, settings)
}

pub(crate) fn patient_at(url: &str, watch: Arc<Watch>, settings: Resilience) -> Patient {
    let total = Duration::from_secs(30);
    patient_within(url, watch, settings, Timeouts { total, ..Timeouts::default() })
}

pub(crate) fn patient_within(
    url: &str,
    watch: Arc<Watch>,
    settings: Resilience,
    timeouts: Timeouts,
) -> Patient {
    let ear = Arc::new(Ear::default());
    let http = Http::new(url, timeouts).unwrap();
    let client = Client::new(Arc::new(http), admin())
        .heard_by(ear.clone())
        .resilient(settings, watch.clone());
    Patient { client, watch, ear }
}
