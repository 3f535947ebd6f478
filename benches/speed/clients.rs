use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::lab::Lab;
use crate::server::Server;

const CLIENTS: usize = 8;

/// Eight clients of one that listens, that list, search, make, change and delete; an error ends it.
pub(crate) fn run(time: Duration) {
    let server = Server::start("empty");
    let mut lab = Lab::at(&server.url);
    lab.types();
    for _ in 0..10 {
        lab.create(1_000);
    }
    println!("before: {} MB", server.megabytes());
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
            let memory = server.megabytes();
            println!("{:>5.1?}: {calls} calls, {memory} MB", begin.elapsed());
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
