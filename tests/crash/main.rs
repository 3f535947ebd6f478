//! A sandbox that is killed while clients write to it: what it had acknowledged is there
//! after the restart, and of nothing there is only a half. Runs that are killed while they
//! write: they go on where they were.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#[path = "../cli/canaries.rs"]
#[expect(dead_code, reason = "what only the tests of the command line need")]
mod canaries;
mod client;
mod relay;
mod resume;
mod server;

use std::collections::BTreeMap;
use std::sync::mpsc::{self, Sender};
use std::thread;

use client::Client;
use server::Server;

const CLIENTS: usize = 8;
/// After how many answers the server is killed.
const ENOUGH: usize = 400;
const KILLS: usize = 3;
/// How many projects each change is about.
const AT_ONCE: usize = 3;

/// What a client knows of the projects of one round of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Absent,
    Created,
    Updated,
}

/// The last change that was acknowledged, and what came after it without an answer.
#[derive(Clone, Copy, Debug)]
struct Known {
    acknowledged: State,
    asked: State,
}

/// By client and round.
type Rounds = BTreeMap<String, Known>;

#[test]
fn what_was_acknowledged_is_there_after_a_kill_and_nothing_is_half_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut known = Rounds::new();
    for kill in 0..KILLS {
        let mut server = Server::start(folder.path());
        known.extend(written_until_killed(&mut server, kill));
        let server = Server::start(folder.path());
        let found = Client::login(&server.address).unwrap().projects().unwrap();
        for (round, known) in &known {
            check(round, *known, &found);
        }
    }
    assert!(known.len() > KILLS * CLIENTS);
}

/// Lets all clients write, kills the server in the middle of it, and gives what they know.
fn written_until_killed(server: &mut Server, kill: usize) -> Rounds {
    let (acknowledged, answers) = mpsc::channel();
    let address = &server.address.clone();
    thread::scope(|scope| {
        let writers: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let acknowledged = acknowledged.clone();
                scope.spawn(move || {
                    write(address, &format!("K{kill}C{client}"), &acknowledged)
                })
            })
            .collect();
        drop(acknowledged);
        assert_eq!(answers.iter().take(ENOUGH).count(), ENOUGH);
        server.kill();
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    })
}

/// Makes projects and changes them until there is no answer any more.
fn write(address: &str, name: &str, acknowledged: &Sender<()>) -> Rounds {
    let mut rounds = Rounds::new();
    let Ok(mut client) = Client::login(address) else { return rounds };
    for number in 0.. {
        let round = format!("{name}R{number}");
        let codes: Vec<String> =
            (0..AT_ONCE).map(|project| format!("{round}P{project}")).collect();
        let mut known = Known { acknowledged: State::Absent, asked: State::Created };
        let mut answered = client.create(&codes).is_ok();
        if answered {
            // Nobody listens any more once the server is being killed.
            let _ = acknowledged.send(());
            known = Known { acknowledged: State::Created, asked: State::Updated };
            answered = client.update(&codes).is_ok();
        }
        if answered {
            let _ = acknowledged.send(());
            known.acknowledged = State::Updated;
        }
        rounds.insert(round, known);
        if !answered {
            break;
        }
    }
    rounds
}

fn check(round: &str, known: Known, found: &BTreeMap<String, Option<String>>) {
    let states: Vec<State> = (0..AT_ONCE)
        .map(|project| match found.get(&format!("{round}P{project}")) {
            None => State::Absent,
            Some(description) if description.as_deref() == Some("changed") => {
                State::Updated
            }
            Some(_) => State::Created,
        })
        .collect();
    assert!(states.iter().all(|state| *state == states[0]), "{round}: {states:?}");
    assert!(
        (known.acknowledged..=known.asked).contains(&states[0]),
        "{round}: {known:?}, and there is {states:?}"
    );
}
