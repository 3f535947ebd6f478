//! Clients that take trouble with a server, by a clock that nobody waits for.
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rhobis::client::{
    Client, Clock, Credentials, Http, Listener, Resilience, Timeouts, Told,
};

/// What each method was called, by its name.
pub(crate) type Calls = BTreeMap<String, u32>;

/// Time passes when somebody sleeps, and not otherwise.
#[derive(Default)]
pub(crate) struct Hurried {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    slept: Duration,
    drawn: u64,
    calls: Calls,
}

impl Hurried {
    /// How long it was slept in all.
    pub(crate) fn slept(&self) -> Duration {
        self.state.lock().unwrap().slept
    }

    /// The attempts at each method since the last time.
    pub(crate) fn take_calls(&self) -> Calls {
        std::mem::take(&mut self.state.lock().unwrap().calls)
    }
}

impl Clock for Hurried {
    fn now(&self) -> Duration {
        self.slept()
    }

    fn sleep(&self, time: Duration) {
        self.state.lock().unwrap().slept += time;
    }

    /// Golden sections: spread evenly, the same each time.
    fn chance(&self) -> f64 {
        let mut state = self.state.lock().unwrap();
        state.drawn += 1;
        #[expect(clippy::cast_precision_loss, reason = "there are not so many")]
        let drawn = state.drawn as f64;
        (drawn * 0.618_033_988_75).fract()
    }

    fn is_cancelled(&self) -> bool {
        false
    }
}

impl Listener for Hurried {
    fn call(&self, told: Told<'_>) {
        if let Told::Called(called) = told {
            let mut state = self.state.lock().unwrap();
            *state.calls.entry(called.method.to_owned()).or_default() += 1;
        }
    }
}

/// A client over HTTP, and its clock, which counts its calls besides.
pub(crate) fn patient(
    url: &str,
    credentials: Credentials,
    resilience: Resilience,
) -> (Client, Arc<Hurried>) {
    let clock = Arc::new(Hurried::default());
    let timeouts = Timeouts { total: Duration::from_secs(30), ..Timeouts::default() };
    let http = Http::new(url, timeouts).unwrap();
    let client = Client::new(Arc::new(http), credentials)
        .resilient(resilience, clock.clone())
        .heard_by(clock.clone());
    (client, clock)
}
