use std::time::Duration;

use rhai::INT;
use rhai::plugin::*;

use crate::client;
use crate::script::handling::Sleeper;

/// What becomes of calls that fail since openBIS does not answer as it should.
#[export_module]
pub mod resilience {
    use rhai::{FnPtr, INT};

    use super::{maintenance, rate_limit};
    use crate::script::Session;
    use crate::script::handling::{self, Sleeper};

    /// Asks a function about each attempt that failed and may be repeated: `()` leaves it
    /// to the settings, a number tries again after so many seconds, `false` gives up.
    ///
    /// It gets the error and, where it takes two arguments, the number of the attempt. What
    /// changes something is settled by asking openBIS before it is sent again, whatever
    /// the function says. The function cannot use the session, which is waiting for it.
    ///
    /// ```rhai
    /// o.on_error(|e, attempt| if e.kind == "timeout" && attempt < 3 { 30 } else { () });
    /// ```
    #[rhai_fn(pure)]
    pub fn on_error(
        context: NativeCallContext<'_>,
        session: &mut Session,
        function: FnPtr,
    ) {
        let handler = handling::by(&context, session.host(), function);
        session.client().on_error(Some(handler));
    }

    /// Sleeps through what it is made for.
    ///
    /// ```rhai
    /// o.on_error(maintenance_sleeper());
    /// ```
    #[rhai_fn(name = "on_error", pure)]
    pub fn on_error_sleep(session: &mut Session, sleeper: Sleeper) {
        session.client().on_error(Some(sleeper.0));
    }

    /// With `()`: leaves it to the settings again.
    ///
    /// ```rhai
    /// o.on_error(());
    /// ```
    #[rhai_fn(name = "on_error", pure)]
    pub fn on_error_as_usual(session: &mut Session, _nothing: ()) {
        session.client().on_error(None);
    }

    /// For `on_error`: waits for the end of a maintenance, asking each minute, for an hour
    /// at most.
    ///
    /// ```rhai
    /// o.on_error(maintenance_sleeper());
    /// ```
    pub fn maintenance_sleeper() -> Sleeper {
        maintenance(60, 60)
    }

    /// The same, asking each so many seconds.
    ///
    /// ```rhai
    /// o.on_error(maintenance_sleeper(300));
    /// ```
    #[rhai_fn(name = "maintenance_sleeper")]
    pub fn maintenance_sleeper_each(seconds: INT) -> Sleeper {
        maintenance(seconds, 60)
    }

    /// The same, asking so many times at most.
    ///
    /// ```rhai
    /// o.on_error(maintenance_sleeper(300, 12));
    /// ```
    #[rhai_fn(name = "maintenance_sleeper")]
    pub fn maintenance_sleeper_times(seconds: INT, times: INT) -> Sleeper {
        maintenance(seconds, times)
    }

    /// For `on_error`: waits as long as a server wants that has too much to do, else ten
    /// seconds, thirty times at most.
    ///
    /// ```rhai
    /// o.on_error(rate_limit_sleeper());
    /// ```
    pub fn rate_limit_sleeper() -> Sleeper {
        rate_limit(10, 30)
    }

    /// The same, with so many seconds where the server does not say.
    ///
    /// ```rhai
    /// o.on_error(rate_limit_sleeper(5));
    /// ```
    #[rhai_fn(name = "rate_limit_sleeper")]
    pub fn rate_limit_sleeper_each(seconds: INT) -> Sleeper {
        rate_limit(seconds, 30)
    }

    /// The same, so many times at most.
    ///
    /// ```rhai
    /// o.on_error(rate_limit_sleeper(5, 100));
    /// ```
    #[rhai_fn(name = "rate_limit_sleeper")]
    pub fn rate_limit_sleeper_times(seconds: INT, times: INT) -> Sleeper {
        rate_limit(seconds, times)
    }
}

fn maintenance(seconds: INT, times: INT) -> Sleeper {
    Sleeper(client::maintenance_sleeper(length(seconds), count(times)))
}

fn rate_limit(seconds: INT, times: INT) -> Sleeper {
    Sleeper(client::rate_limit_sleeper(length(seconds), count(times)))
}

fn length(seconds: INT) -> Duration {
    Duration::from_secs(u64::try_from(seconds).unwrap_or_default())
}

fn count(times: INT) -> u32 {
    u32::try_from(times).unwrap_or_default()
}
