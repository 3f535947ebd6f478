//! A run that is killed goes on: nothing is there twice, nothing is missing, and the ledger
//! says the same as openBIS.
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use crate::canaries::{Place, marked, secret_in};
use crate::relay::{Order, Strike, relay};
use crate::server::Server;

/// Makes samples whose codes the server makes, so that one that is made twice is there twice,
/// and changes them.
const SCRIPT: &str = r#"
const RECIPE = #{
    params: #{
        mark: #{ type: "string", help: "Begins their names", required: true },
        size: #{ type: "integer", help: "How many go together", required: true },
    },
    needs: #{ write: ["sample.*"], max_changes: 10000 },
};

let all = [];
for batch in 0..10 {
    let fresh = [];
    for i in 0..params.size {
        let name = `${params.mark}-${batch * params.size + i}`;
        fresh.push(o.new_sample("OLIGO", #{ space: "LAB", props: #{ "$name": name } }));
    }
    o.save_all(fresh);
    all += fresh;
}
for batch in 0..10 {
    let some = all.extract(batch * params.size, params.size);
    for s in some { s.p.notes = "checked " + s.p["$name"]; }
    o.save_all(some);
}
"#;

/// How many calls the script makes that change something.
const CALLS: usize = 20;

/// How many runs are killed beside each other.
const BESIDE: usize = 3;

struct Point {
    name: String,
    /// How many samples go in one call.
    size: usize,
    call: usize,
    strike: Strike,
}

#[test]
fn a_run_of_a_thousand_that_is_killed_goes_on_where_it_was() {
    let points = (0..CALLS + 5).map(|number| Point {
        name: format!("P{number}"),
        size: 100,
        call: number % CALLS + 1,
        strike: Strike::ALL[number % Strike::ALL.len()],
    });
    all_hold(points.collect());
}

#[test]
#[ignore = "takes minutes; `.ci/run` asks for it"]
fn a_run_that_is_killed_at_any_of_two_hundred_points_goes_on_where_it_was() {
    let seed = std::env::var("RHOBIS_CRASH_SEED").ok().and_then(|text| text.parse().ok());
    let mut random: u64 = seed.unwrap_or(20_260_101);
    let mut next = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(random >> 33).unwrap() % below
    };
    let points = (0..200).map(|number| Point {
        name: format!("R{number}"),
        size: 1 + next(8),
        call: 1 + next(CALLS),
        strike: Strike::ALL[next(Strike::ALL.len())],
    });
    all_hold(points.collect());
}

fn all_hold(points: Vec<Point>) {
    let server = Server::demo();
    let points = Mutex::new(points.into_iter());
    let next = || points.lock().unwrap().next();
    thread::scope(|scope| {
        for _ in 0..BESIDE {
            scope.spawn(|| std::iter::from_fn(next).for_each(|p| holds(&server, &p)));
        }
    });
}

fn holds(server: &Server, point: &Point) {
    let home = Place::new();
    let script = home.path().join("many.rhai");
    std::fs::write(&script, SCRIPT).unwrap();
    let (now, killing) = channel();
    let (killed, dead) = channel();
    let address = relay(
        &server.address,
        Order {
            call: point.call,
            strike: point.strike,
            ledger: home.path().join("rhobis.db-wal"),
            now,
            dead,
        },
    );
    let at = format!("{} at {:?} of call {}", point.name, point.strike, point.call);
    let size = point.size.to_string();
    let script = script.to_str().unwrap();
    let mut client = rhobis(home.path(), &address)
        .args(["run", script, "--mark", &point.name, "--size", &size, "--yes"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    assert!(is_struck(&mut client, &killing), "{at}: the run was not struck");
    client.kill().unwrap();
    client.wait().unwrap();
    killed.send(()).unwrap();

    let resumed = rhobis(home.path(), &address).args(["resume", "1", "--yes"]).output();
    let resumed = said(&resumed.unwrap());
    assert!(resumed.0, "{at}: {}", resumed.1);

    let seen = count_in_openbis(home.path(), &server.address, &point.name);
    let count = 10 * point.size;
    assert_eq!(seen.trim(), format!("{count} {count} {count}"), "{at}");
    let shown = rhobis(home.path(), &address)
        .args(["runs", "show", "1", "--output", "csv", "--quiet"])
        .output()
        .unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    let states: Vec<(&str, &str)> = shown
        .lines()
        .skip(1)
        .map(|line| {
            let mut cells = line.split(',').skip(1);
            (cells.next().unwrap(), cells.next().unwrap())
        })
        .collect();
    for verb in ["create", "update"] {
        let done = states.iter().filter(|state| **state == ("done", verb)).count();
        assert_eq!(done, count, "{at}: {verb}");
    }
    assert_eq!(states.len(), 2 * count, "{at}");
}

/// How many samples there are, how many names they have, and how many were changed.
fn count_in_openbis(home: &Path, address: &str, name: &str) -> String {
    let look = format!(
        r#"let names = #{{}}; let noted = 0;
        for s in o.get_samples(#{{ where: #{{ "$name": "{name}-*" }} }}) {{
            names[s.p["$name"]] = true;
            if s.p.notes == "checked " + s.p["$name"] {{ noted += 1; }}
        }}
        `${{o.get_samples(#{{ where: #{{ "$name": "{name}-*" }} }}).total}} ${{names.len()}} ${{noted}}`"#
    );
    said(&rhobis(home, address).args(["eval", &look]).output().unwrap()).1
}

/// Waits for the moment at which the client is to be killed.
fn is_struck(client: &mut Child, killing: &std::sync::mpsc::Receiver<()>) -> bool {
    loop {
        match killing.recv_timeout(Duration::from_millis(20)) {
            Ok(()) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
            Err(RecvTimeoutError::Timeout) => {
                if client.try_wait().unwrap().is_some() {
                    return false;
                }
            }
        }
    }
}

fn rhobis(home: &Path, address: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rhobis"));
    command
        .env("RHOBIS_HOME", home)
        .env("OPENBIS_URL", format!("http://{address}"))
        .env("OPENBIS_USERNAME", "admin")
        .env("OPENBIS_PASSWORD", marked("admin"))
        .stdin(Stdio::null());
    command
}

/// Whether it went well, and everything that was said.
fn said(output: &Output) -> (bool, String) {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    let text = String::from_utf8(text).unwrap();
    assert_eq!(secret_in(&text), None, "a secret was shown: {text}");
    (output.status.success(), text)
}
