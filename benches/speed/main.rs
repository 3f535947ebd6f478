//! What the speed claims for the sandbox rest on: `cargo bench`. Each line is the best and
//! the worst of several rounds in milliseconds, and what is claimed.
//!
//! `cargo bench -- journal` instead tells what it costs to write changes down before they are
//! sent. `cargo bench -- clients 60` instead lets eight clients make mixed calls for so many
//! seconds to one that listens and tells how many there were and its memory over time; a
//! call that fails ends it.
#![expect(clippy::print_stdout, reason = "it reports what it has measured")]
mod clients;
mod journal;
mod lab;
mod server;
mod start;

use std::time::{Duration, Instant};

use lab::Lab;
use rhobis::sandbox::Seed;

/// How many samples there are to be searched in.
const MANY: usize = 100_000;
const LISTED: usize = 10_000;
const CREATED: usize = 1_000;

fn main() {
    let words: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    match &words[..] {
        [word, seconds] if word == "clients" => {
            clients::run(Duration::from_secs(seconds.parse().expect("whole seconds")));
        }
        [word] if word == "journal" => journalling(),
        _ => measure(),
    }
}

/// How much longer a run of 10,000 changes takes for being written down: the median of
/// pairs, and how far they lie apart.
fn journalling() {
    const PAIRS: usize = 7;
    let mut more: Vec<f64> = (0..PAIRS)
        .map(|number| {
            let (with, without) = journal::pair(number);
            let (with, without) = (with.as_secs_f64(), without.as_secs_f64());
            let more = with / without * 100.0 - 100.0;
            println!(
                "10,000 changes: {without:.2} s, written down {with:.2} s, {more:.1} % more"
            );
            more
        })
        .collect();
    more.sort_by(f64::total_cmp);
    let (least, median, most) = (more[0], more[PAIRS / 2], more[PAIRS - 1]);
    println!("{median:.1} % more ({least:.1} to {most:.1}), claimed under 10 %");
}

fn measure() {
    for (name, seed) in [("eln", Seed::Eln), ("demo", Seed::Demo)] {
        report(&format!("start, {name}, in process"), 30, 10, || {
            Lab::open(seed, None).login();
        });
        report(&format!("start, {name}, listening"), 30, 10, || start::listening(name));
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut kept = Lab::open(Seed::Empty, Some(folder.path()));
    kept.types();
    report("create 1,000, kept in a file", 300, 5, || kept.create(CREATED));

    let mut lab = Lab::open(Seed::Empty, None);
    lab.types();
    report("create 1,000", 300, LISTED / CREATED, || lab.create(CREATED));
    report("list 10,000 with properties", 500, 5, || lab.list());
    report("get 10,000 by permId", 500, 5, || lab.get_all());
    while lab.len() < MANY {
        lab.create(CREATED);
    }
    report("create 1,000 beside 100,000", 300, 3, || lab.create(CREATED));
    report("search by code among 100,000", 50, 5, || lab.by_code());
    report("search by a property's value among 100,000", 50, 5, || lab.by_value());
    report("search by a property's beginning among 100,000", 50, 5, || {
        lab.by_beginning();
    });
    report("search by space, a page of 20 of 100,000", 500, 5, || lab.page());
    report("search globally among 100,000", 1_000, 3, || lab.globally());
}

/// Does it so many times and says how long it took.
fn report(name: &str, claimed: u32, rounds: usize, mut round: impl FnMut()) {
    let times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let begin = Instant::now();
            round();
            begin.elapsed()
        })
        .collect();
    let ms = |time: Option<&Duration>| time.map_or(0.0, |time| time.as_secs_f64() * 1e3);
    let (best, worst) = (ms(times.iter().min()), ms(times.iter().max()));
    println!("{name:<48} {best:>8.1} … {worst:>8.1} ms, claimed {claimed:>5} ms");
}
