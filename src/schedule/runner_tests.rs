//! The loop in a world whose time is set by the test.
use std::collections::VecDeque;
use std::io;
use std::path::Path;

use crate::ledger::{Filter, Ledger, Occurrence, RunId, State};
use crate::model::Timestamp;

use super::{Event, Force, Job, Note, World, read, serve};

/// Time passes only while the loop waits. Each process ends after its duration, earlier
/// where it is told to end and heeds that; the scheduler is stopped at a set moment.
struct Story {
    now: i64,
    stop: VecDeque<i64>,
    takes: VecDeque<Takes>,
    running: Vec<(RunId, i64, i32)>,
    heeds: bool,
}

#[derive(Clone, Copy)]
enum Takes {
    Millis(i64),
    CannotStart,
}

const START: i64 = 1_767_225_600_000; // 2026-01-01T00:00:00Z

impl Story {
    fn until(seconds: i64) -> Self {
        Self {
            now: START,
            stop: VecDeque::from([START + seconds * 1_000]),
            takes: VecDeque::new(),
            running: Vec::new(),
            heeds: true,
        }
    }

    fn jobs_take(mut self, takes: impl IntoIterator<Item = Takes>) -> Self {
        self.takes.extend(takes);
        self
    }
}

impl World for Story {
    fn now(&self) -> Timestamp {
        Timestamp(self.now)
    }

    fn wait(&mut self, until: Option<Timestamp>) -> Event {
        let wake = until.map_or(i64::MAX, |until| until.0);
        let ends = self.running.iter().map(|process| process.1).min().unwrap_or(i64::MAX);
        let stop = self.stop.front().copied().unwrap_or(i64::MAX);
        let next = wake.min(ends).min(stop);
        assert!(next < i64::MAX, "nothing will ever happen");
        self.now = self.now.max(next);
        if ends == next {
            let first =
                self.running.iter().position(|process| process.1 == ends).unwrap();
            let (run, _, exit_code) = self.running.remove(first);
            return Event::Ended { run, exit_code };
        }
        if stop == next {
            self.stop.pop_front();
            return Event::Stop;
        }
        Event::Time
    }

    fn start(&mut self, run: RunId, _: &Job) -> io::Result<()> {
        match self.takes.pop_front().unwrap_or(Takes::Millis(100)) {
            Takes::Millis(millis) => self.running.push((run, self.now + millis, 0)),
            Takes::CannotStart => return Err(io::Error::other("no such program")),
        }
        Ok(())
    }

    fn end(&mut self, run: RunId, force: Force) {
        let heeds = self.heeds || force == Force::Kill;
        let exit_code = if force == Force::Kill { 137 } else { 143 };
        for process in self.running.iter_mut().filter(|process| heeds && process.0 == run)
        {
            (process.1, process.2) = (self.now, exit_code);
        }
    }
}

fn job(cron: &str, more: &str) -> Vec<Job> {
    let text =
        format!("[[job]]\nname = 'tag'\nrecipe = 'bulk-tag'\ncron = '{cron}'\n{more}");
    read(&text, Path::new("/jobs")).unwrap()
}

fn run(jobs: &[Job], ledger: &Ledger, mut story: Story) -> Vec<Note> {
    let mut notes = Vec::new();
    serve(jobs, ledger, &mut story, &mut |note| notes.push(note.clone())).unwrap();
    notes
}

/// Second after the start, state and reason of each occurrence, the oldest first.
fn rows(ledger: &Ledger) -> Vec<(i64, State, Option<String>)> {
    let rows = ledger.occurrences(&Filter { job: None, limit: 1_000 }).unwrap();
    let row =
        |row: &Occurrence| ((row.due.0 - START) / 1_000, row.state, row.why.clone());
    rows.iter().rev().map(row).collect()
}

#[test]
fn a_job_every_two_seconds_has_five_rows_after_ten_seconds() {
    let ledger = Ledger::in_memory().unwrap();
    run(&job("*/2 * * * * *", ""), &ledger, Story::until(11));
    let expected: Vec<_> = [2, 4, 6, 8, 10].map(|at| (at, State::Ran, None)).into();
    assert_eq!(rows(&ledger), expected);
}

#[test]
fn an_occurrence_is_skipped_while_the_last_one_runs() {
    let ledger = Ledger::in_memory().unwrap();
    let story = Story::until(7).jobs_take([Takes::Millis(3_000)]);
    run(&job("*/2 * * * * *", ""), &ledger, story);
    let why = Some("run 1 of the job has not ended".to_owned());
    assert_eq!(
        rows(&ledger),
        [(2, State::Ran, None), (4, State::Skipped, why), (6, State::Ran, None)]
    );
}

#[test]
fn a_job_that_takes_longer_than_its_timeout_is_ended() {
    let ledger = Ledger::in_memory().unwrap();
    let story = Story::until(9).jobs_take([Takes::Millis(60_000)]);
    run(&job("*/5 * * * * *", "timeout = '2s'"), &ledger, story);
    let why = Some("it took longer than its timeout".to_owned());
    assert_eq!(rows(&ledger), [(5, State::Failed, why)]);
}

#[test]
fn a_job_that_does_not_heed_is_killed_after_the_grace() {
    let ledger = Ledger::in_memory().unwrap();
    let mut story = Story::until(6).jobs_take([Takes::Millis(3_600_000)]);
    story.heeds = false;
    run(&job("*/5 * * * * *", ""), &ledger, story);
    let row = &ledger.occurrences(&Filter { job: None, limit: 1 }).unwrap()[0];
    assert_eq!(row.why.as_deref(), Some("the scheduler was stopped"));
    assert_eq!(row.exit_code, Some(137));
    assert_eq!(row.ended, Some(Timestamp(START + 16_000)));
}

#[test]
fn a_second_stop_kills_at_once() {
    let ledger = Ledger::in_memory().unwrap();
    let mut story = Story::until(6).jobs_take([Takes::Millis(3_600_000)]);
    story.heeds = false;
    story.stop.push_back(START + 7_000);
    let notes = run(&job("*/5 * * * * *", ""), &ledger, story);
    let row = &ledger.occurrences(&Filter { job: None, limit: 1 }).unwrap()[0];
    assert_eq!(row.ended, Some(Timestamp(START + 7_000)));
    assert!(notes.contains(&Note::Stopping { running: 1 }));
}

#[test]
fn a_job_that_cannot_be_started_has_failed() {
    let ledger = Ledger::in_memory().unwrap();
    let story = Story::until(3).jobs_take([Takes::CannotStart]);
    run(&job("*/2 * * * * *", ""), &ledger, story);
    let why = Some("it could not be started: no such program".to_owned());
    assert_eq!(rows(&ledger), [(2, State::Failed, why)]);
}

#[test]
fn what_was_due_while_no_scheduler_ran_is_missed() {
    let ledger = Ledger::in_memory().unwrap();
    let jobs = job("@every 1h", "");
    run(&jobs, &ledger, Story::until(10));
    let mut later = Story::until(3 * 3_600 + 5);
    later.now += 2 * 3_600_000 + 1_000;
    run(&jobs, &ledger, later);
    let why = Some("no scheduler was running".to_owned());
    assert_eq!(
        rows(&ledger),
        [
            (3_600, State::Missed, why.clone()),
            (7_200, State::Missed, why),
            (10_800, State::Ran, None)
        ]
    );
}

#[test]
fn what_came_due_while_the_machine_slept_is_missed() {
    let ledger = Ledger::in_memory().unwrap();
    let jobs = job("*/30 * * * * *", "");
    let story = Story::until(125).jobs_take([Takes::Millis(100)]);
    // The clock jumps while the loop waits for the first occurrence.
    let mut jumped = Jump { story, at: START + 100_000 };
    serve(&jobs, &ledger, &mut jumped, &mut |_| ()).unwrap();
    let states: Vec<_> = rows(&ledger).into_iter().map(|row| (row.0, row.1)).collect();
    assert_eq!(
        states,
        [(30, State::Missed), (60, State::Missed), (90, State::Ran), (120, State::Ran)]
    );
}

/// A story whose clock jumps at the first wait.
struct Jump {
    story: Story,
    at: i64,
}

impl World for Jump {
    fn now(&self) -> Timestamp {
        self.story.now()
    }

    fn wait(&mut self, until: Option<Timestamp>) -> Event {
        self.story.now = self.story.now.max(self.at);
        self.story.wait(until)
    }

    fn start(&mut self, run: RunId, job: &Job) -> io::Result<()> {
        self.story.start(run, job)
    }

    fn end(&mut self, run: RunId, force: Force) {
        self.story.end(run, force);
    }
}
