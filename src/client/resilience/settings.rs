use std::time::Duration;

/// How much trouble a client takes before it gives up. All of it can be set in a profile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resilience {
    /// How often a call is repeated at most, maintenance not counted.
    pub retries: u32,
    /// The longest wait before the first repetition; each further one may take twice as
    /// long. How long it takes in fact is up to chance.
    pub base: Duration,
    /// The longest wait between two repetitions.
    pub cap: Duration,
    /// How many repetitions all calls together may make without a success in between;
    /// each success gives one back.
    pub budget: u32,
    /// How long one call waits for the end of a maintenance: refused connections, 503, a
    /// disabled login, `Retry-After`.
    pub max_wait: Duration,
    /// Whether one that has not answered yet since the start is waited for as well.
    pub wait_first: bool,
    /// How long the end of a transaction is waited for, of which the server says that it
    /// runs.
    pub running: Duration,
    /// How long a server that was given up is left alone: calls fail at once meanwhile,
    /// then one tries.
    pub rest: Duration,
    /// How many calls are under way at once; 0: any number.
    pub max_concurrent: u32,
    /// How many calls begin in a second; 0: any number.
    pub per_second: f64,
}

impl Default for Resilience {
    fn default() -> Self {
        Self {
            retries: 4,
            base: Duration::from_millis(250),
            cap: Duration::from_secs(10),
            budget: 100,
            max_wait: Duration::from_secs(120),
            wait_first: false,
            running: Duration::from_secs(15 * 60),
            rest: Duration::from_secs(10),
            max_concurrent: 8,
            per_second: 0.0,
        }
    }
}

impl Resilience {
    /// Nothing is repeated or held back: for what is in the same process.
    pub const OFF: Self = Self {
        retries: 0,
        base: Duration::ZERO,
        cap: Duration::ZERO,
        budget: 0,
        max_wait: Duration::ZERO,
        wait_first: false,
        running: Duration::ZERO,
        rest: Duration::ZERO,
        max_concurrent: 0,
        per_second: 0.0,
    };
}
