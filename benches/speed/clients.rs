use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::lab::Lab;
use rhobis::sandbox::Seed;

const CLIENTS: usize = 8;

/// Eight clients that list, search, make, change and delete; an error ends it.
pub(crate) fn run(time: Duration) {
    let mut lab = Lab::open(Seed::Empty, None);
    lab.types();
    for _ in 0..10 {
        lab.create(1_000);
    }
    println!("before: {} MB", megabytes());
    let rounds = AtomicU64::new(0);
    let begin = Instant::now();
    thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (mut visitor, rounds) = (lab.visitor(), &rounds);
            scope.spawn(move || work(client, &mut visitor, begin + time, rounds));
        }
        for tenth in 1..=10 {
            thread::sleep((time * tenth / 10).saturating_sub(begin.elapsed()));
            let calls = rounds.load(Ordering::Relaxed) * 7;
            println!("{:>5.1?}: {calls} calls, {} MB", begin.elapsed(), megabytes());
        }
    });
}

fn work(client: usize, visitor: &mut Lab, end: Instant, rounds: &AtomicU64) {
    while Instant::now() < end {
        round(client, visitor);
        rounds.fetch_add(1, Ordering::Relaxed);
    }
}

/// Seven calls.
fn round(client: usize, visitor: &mut Lab) {
    visitor.by_code();
    visitor.by_value();
    visitor.page();
    visitor.create_named(&format!("T{client}-"), 0..20);
    visitor.rename("another");
    visitor.delete();
}

/// What the process holds of the memory; 0 where the system does not tell as Linux does.
fn megabytes() -> usize {
    let told = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = told.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok());
    pages.unwrap_or_default() * 4096 / 1_000_000
}
