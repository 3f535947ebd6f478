use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::console::Terminal;
use crate::client::{Called, Listener, Told};
use crate::script::report::{Cell, Table};
use crate::script::{Console, Level, Progress};

/// Tells of calls as they are made, and what they took in all.
pub(crate) struct Tracer {
    terminal: Arc<Terminal>,
    /// How much is told: 0 what takes long, 1 calls, 2 why they are repeated.
    detail: u8,
    sums: Mutex<BTreeMap<String, Sum>>,
    countdown: Mutex<Option<Box<dyn Progress>>>,
}

/// What the calls of one method took.
#[derive(Clone, Copy, Default)]
struct Sum {
    calls: u64,
    repeated: u64,
    failed: u64,
    sent: usize,
    received: usize,
    time: Duration,
}

impl Tracer {
    pub(crate) fn new(terminal: Arc<Terminal>, detail: u8) -> Self {
        let (sums, countdown) = Default::default();
        Self { terminal, detail, sums, countdown }
    }

    fn called(&self, called: &Called<'_>) {
        self.countdown.lock().unwrap_or_else(PoisonError::into_inner).take();
        let mut sums = self.sums.lock().unwrap_or_else(PoisonError::into_inner);
        let sum = sums.entry(called.method.to_owned()).or_default();
        sum.calls += 1;
        sum.repeated += u64::from(called.attempt > 1);
        sum.failed += u64::from(called.error.is_some());
        sum.sent += called.sent;
        sum.received += called.received;
        sum.time += called.time;
        drop(sums);
        if self.detail > 0 {
            self.terminal.say(Level::Debug, &line(called));
        }
    }

    fn waiting(&self, left: Duration) {
        let mut shown = self.countdown.lock().unwrap_or_else(PoisonError::into_inner);
        let bar = shown.get_or_insert_with(|| self.terminal.progress("waiting", None));
        bar.message(&format!("for openBIS, {} s at most", left.as_secs()));
    }

    /// What the calls took, by method, the longest first, and in all.
    pub(crate) fn summary(&self) -> Table {
        let sums = self.sums.lock().unwrap_or_else(PoisonError::into_inner);
        let mut sums: Vec<(String, Sum)> =
            sums.iter().map(|(method, sum)| (method.clone(), *sum)).collect();
        sums.sort_by_key(|(_, sum)| std::cmp::Reverse(sum.time));
        let all = sums.iter().fold(Sum::default(), |all, (_, sum)| all.and(*sum));
        let rows = sums.into_iter().chain([("all".to_owned(), all)]);
        let columns =
            ["method", "calls", "repeated", "failed", "sent", "received", "seconds"];
        Table {
            columns: columns.map(str::to_owned).into(),
            rows: rows.map(|(method, sum)| sum.row(method)).collect(),
        }
    }
}

impl Listener for Tracer {
    fn call(&self, told: Told<'_>) {
        match told {
            Told::Called(called) => self.called(&called),
            Told::Repeating { method, attempt, wait, because } => {
                let level = match wait >= Duration::from_secs(1) {
                    true => Level::Info,
                    false => Level::Debug,
                };
                let mut text = format!(
                    "`{method}` failed (attempt {attempt}), again in {:.1} s: {because}",
                    wait.as_secs_f64()
                );
                let cause =
                    std::error::Error::source(because).filter(|_| self.detail > 1);
                text.extend(cause.map(|cause| format!(": {cause}")));
                self.terminal.say(level, &text);
            }
            Told::Waiting { left } => self.waiting(left),
            Told::Working { at } => {
                self.terminal.say(Level::Info, &format!("openBIS is at work: {at}"));
            }
        }
    }
}

impl Sum {
    fn and(self, other: Self) -> Self {
        Self {
            calls: self.calls + other.calls,
            repeated: self.repeated + other.repeated,
            failed: self.failed + other.failed,
            sent: self.sent + other.sent,
            received: self.received + other.received,
            time: self.time + other.time,
        }
    }

    fn row(self, method: String) -> Vec<Cell> {
        let count = |count: u64| Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX));
        vec![
            Cell::Text(method),
            count(self.calls),
            count(self.repeated),
            count(self.failed),
            Cell::Text(size(self.sent)),
            Cell::Text(size(self.received)),
            Cell::Text(format!("{:.3}", self.time.as_secs_f64())),
        ]
    }
}

/// `searchSamples: 812 B sent, 34.5 kB received, 12 ms`
fn line(called: &Called<'_>) -> String {
    let attempt = match called.attempt {
        1 => String::new(),
        attempt => format!(", attempt {attempt}"),
    };
    let end = called.error.map_or(String::new(), |error| format!(": {error}"));
    format!(
        "{}: {} sent, {} received, {} ms{attempt}{end}",
        called.method,
        size(called.sent),
        size(called.received),
        called.time.as_millis()
    )
}

/// Bytes as people read them.
fn size(bytes: usize) -> String {
    let tenths = |unit: usize| {
        let tenths = bytes.saturating_mul(10) / unit;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", tenths(1_000)),
        _ => format!("{} MB", tenths(1_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        assert_eq!(size(999), "999 B");
        assert_eq!(size(34_560), "34.5 kB");
        assert_eq!(size(2_000_000), "2.0 MB");
    }
}
