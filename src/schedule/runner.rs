//! The loop. It starts what is due, ends what takes too long, and leaves a row in the
//! ledger for every occurrence, whatever became of it.
use crate::ledger::{Ledger, RunId, State};
use crate::model::Timestamp;

use super::{Error, Event, Force, Job, World, next, occurrences};

/// How long a process that was asked to end may take before it is killed.
pub const GRACE_MILLIS: i64 = 10_000;

/// How late an occurrence still runs.
pub const TOLERANCE_MILLIS: i64 = 60_000;

/// How many occurrences of one job get a row when nobody was there to run them: the
/// ledger of a machine that was off for a year stays small.
const MOST_MISSED: usize = 10_000;

/// What the loop does, told as it happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    Started { job: String, due: Timestamp, run: RunId },
    Ended { job: String, due: Timestamp, run: RunId, state: State, why: Option<String> },
    PassedOver { job: String, due: Timestamp, state: State, why: String, count: usize },
    Stopping { running: usize },
}

/// Runs the jobs until the world says to stop, and until the last of them has ended.
pub fn serve(
    jobs: &[Job],
    ledger: &Ledger,
    world: &mut dyn World,
    say: &mut dyn FnMut(&Note),
) -> Result<(), Error> {
    let now = world.now();
    let planned = jobs.iter().map(|job| Planned { job, seen: now }).collect();
    let mut runner =
        Runner { planned, running: Vec::new(), stopping: false, ledger, world, say };
    runner.look_back(now)?;
    while !(runner.stopping && runner.running.is_empty()) {
        runner.step()?;
    }
    Ok(())
}

struct Planned<'a> {
    job: &'a Job,
    /// Up to when its occurrences were looked at.
    seen: Timestamp,
}

struct Running<'a> {
    job: &'a Job,
    due: Timestamp,
    run: RunId,
    /// When it is told to end, first gently.
    deadline: Option<Timestamp>,
    /// Why it was told to end, once it was.
    told: Option<String>,
}

struct Runner<'a> {
    planned: Vec<Planned<'a>>,
    running: Vec<Running<'a>>,
    stopping: bool,
    ledger: &'a Ledger,
    world: &'a mut dyn World,
    say: &'a mut dyn FnMut(&Note),
}

impl<'a> Runner<'a> {
    /// Writes down what was due while no scheduler was there.
    fn look_back(&mut self, now: Timestamp) -> Result<(), Error> {
        self.ledger.fail_forgotten("the scheduler ended before it")?;
        for index in 0..self.planned.len() {
            let job = self.planned[index].job;
            if let Some(seen) = self.ledger.watched_until(&job.name)? {
                let missed: Vec<Timestamp> = occurrences(&job.cron, job.zone, seen, now)
                    .take(MOST_MISSED)
                    .collect();
                self.pass_over(job, &missed, State::Missed, "no scheduler was running")?;
            }
            self.ledger.watch_until(&job.name, now)?;
        }
        Ok(())
    }

    fn step(&mut self) -> Result<(), Error> {
        let now = self.world.now();
        if !self.stopping {
            for index in 0..self.planned.len() {
                self.look_at(index, now)?;
            }
        }
        self.end_overdue(now);
        match self.world.wait(self.next_moment()) {
            Event::Time => Ok(()),
            Event::Ended { run, exit_code } => self.ended(run, exit_code),
            Event::Stop => self.stop(),
        }
    }

    /// Starts the job if it is due.
    fn look_at(&mut self, index: usize, now: Timestamp) -> Result<(), Error> {
        let Planned { job, seen } = self.planned[index];
        let mut due: Vec<Timestamp> =
            occurrences(&job.cron, job.zone, seen, now).take(MOST_MISSED).collect();
        let Some(latest) = due.pop() else { return Ok(()) };
        self.planned[index].seen = now;
        self.pass_over(job, &due, State::Missed, "the scheduler came too late")?;
        self.take_up(job, latest, now)?;
        Ok(self.ledger.watch_until(&job.name, now)?)
    }

    fn take_up(
        &mut self,
        job: &'a Job,
        due: Timestamp,
        now: Timestamp,
    ) -> Result<(), Error> {
        if now.0 - due.0 > TOLERANCE_MILLIS {
            let why = "the scheduler came too late";
            return self.pass_over(job, &[due], State::Missed, why);
        }
        if let Some(other) = self.running.iter().find(|other| other.job.name == job.name)
        {
            let why = format!("run {} of the job has not ended", other.run.0);
            return self.pass_over(job, &[due], State::Skipped, &why);
        }
        self.start(job, due, now)
    }

    fn start(
        &mut self,
        job: &'a Job,
        due: Timestamp,
        now: Timestamp,
    ) -> Result<(), Error> {
        let run = self.ledger.begin_run(&job.script.argument(), now)?;
        self.ledger.begin_occurrence(&job.name, due, run)?;
        (self.say)(&Note::Started { job: job.name.clone(), due, run });
        let limit =
            job.timeout.and_then(|timeout| i64::try_from(timeout.as_millis()).ok());
        let deadline = limit.map(|limit| Timestamp(now.0.saturating_add(limit)));
        self.running.push(Running { job, due, run, deadline, told: None });
        let Err(error) = self.world.start(run, job) else { return Ok(()) };
        let last = self.running.len() - 1;
        self.running[last].told = Some(format!("it could not be started: {error}"));
        self.close(last, None)
    }

    fn pass_over(
        &mut self,
        job: &Job,
        due: &[Timestamp],
        state: State,
        why: &str,
    ) -> Result<(), Error> {
        let Some(last) = due.last() else { return Ok(()) };
        self.ledger.pass_over(&job.name, due, state, why)?;
        (self.say)(&Note::PassedOver {
            job: job.name.clone(),
            due: *last,
            state,
            why: why.to_owned(),
            count: due.len(),
        });
        Ok(())
    }

    /// Tells the processes to end whose time is over: first gently, then not.
    fn end_overdue(&mut self, now: Timestamp) {
        for running in &mut self.running {
            if running.deadline.is_none_or(|deadline| now < deadline) {
                continue;
            }
            let force = if running.told.is_some() { Force::Kill } else { Force::Ask };
            running
                .told
                .get_or_insert_with(|| "it took longer than its timeout".to_owned());
            running.deadline = Some(Timestamp(now.0 + GRACE_MILLIS));
            self.world.end(running.run, force);
        }
    }

    fn next_moment(&self) -> Option<Timestamp> {
        let due = self.planned.iter().filter(|_| !self.stopping).filter_map(|planned| {
            next(&planned.job.cron, planned.job.zone, planned.seen)
        });
        due.chain(self.running.iter().filter_map(|running| running.deadline)).min()
    }

    fn ended(&mut self, run: RunId, exit_code: i32) -> Result<(), Error> {
        match self.running.iter().position(|running| running.run == run) {
            Some(index) => self.close(index, Some(exit_code)),
            None => Ok(()),
        }
    }

    /// Writes down how a run ended.
    fn close(&mut self, index: usize, exit_code: Option<i32>) -> Result<(), Error> {
        let Running { job, due, run, told, .. } = self.running.swap_remove(index);
        let state = if exit_code == Some(0) { State::Ran } else { State::Failed };
        let why = match exit_code {
            Some(0) => None,
            Some(code) => Some(told.unwrap_or_else(|| format!("exit code {code}"))),
            None => told,
        };
        self.ledger.end_run(run, self.world.now(), exit_code)?;
        self.ledger.end_occurrence(run, state, why.as_deref())?;
        (self.say)(&Note::Ended { job: job.name.clone(), due, run, state, why });
        Ok(())
    }

    /// Ends everything: gently the first time, at once the second.
    fn stop(&mut self) -> Result<(), Error> {
        let now = self.world.now();
        let force = if self.stopping { Force::Kill } else { Force::Ask };
        self.stopping = true;
        (self.say)(&Note::Stopping { running: self.running.len() });
        for running in &mut self.running {
            running.told.get_or_insert_with(|| "the scheduler was stopped".to_owned());
            running.deadline = Some(Timestamp(now.0 + GRACE_MILLIS));
            self.world.end(running.run, force);
        }
        for planned in &self.planned {
            self.ledger.watch_until(&planned.job.name, now)?;
        }
        Ok(())
    }
}
