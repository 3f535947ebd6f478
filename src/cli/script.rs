//! A script on its way through the engine, and its failure with the line to blame.
use std::path::Path;
use std::sync::Arc;

use rhai::Dynamic;

use super::exit::Exit;
use super::mistake::Mistake;
use super::snippet::Spot;
use super::terms::Terms;
use super::trouble::exit_of;
use super::world::{Doing, Running, World};
use crate::ledger::RunKind;
use crate::script::{self, Desk, Failure, Host};

/// A text that is run, and what people call it.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    /// File, recipe, or `expression`.
    pub(crate) name: String,
    pub(crate) source: String,
}

/// A failure together with the script that it happened in.
#[derive(Debug, thiserror::Error)]
#[error("{failure}")]
pub(crate) struct Failed {
    pub(crate) failure: Failure,
    pub(crate) script: Script,
}

impl Script {
    /// Runs it and prints what it gives, or what it would change.
    pub(crate) fn run(
        &self,
        world: &World,
        params: rhai::Map,
        terms: &Terms,
    ) -> anyhow::Result<Exit> {
        if terms.dry_run {
            return self.plan(world, params, terms, None);
        }
        let running = world.begin(self.doing(&params))?;
        self.run_as(&running, world, params, terms)
    }

    /// Runs it as a run that was begun, and writes down how that ended.
    pub(crate) fn run_as(
        &self,
        running: &Running,
        world: &World,
        params: rhai::Map,
        terms: &Terms,
    ) -> anyhow::Result<Exit> {
        let rules = terms.rules(world, &self.source)?;
        let desk = Desk::ruled(rules, Some(Arc::clone(&running.journal)));
        let host = Host { desk: desk.clone(), ..world.host(params)? };
        let ended = self.evaluate(&host).and_then(|value| world.show(&value));
        let exit = match &ended {
            Ok(()) if desk.failed().is_empty() => Exit::Done,
            Ok(()) => Exit::Partly,
            Err(failure) => exit_of(failure.kind),
        };
        let left = ways_out(running, &desk);
        running.end(exit)?;
        Self::tell(world, &desk, terms);
        if let Err(failure) = ended {
            return Err(self
                .failed(left.into_iter().fold(failure, Failure::hint))
                .into());
        }
        if let (Exit::Partly, Some(left)) = (exit, left) {
            world.terminal.talk(&left);
        }
        Ok(exit)
    }

    /// Runs it without sending anything, and prints what it would change; with a file, that
    /// is written there as a plan.
    pub(crate) fn plan(
        &self,
        world: &World,
        params: rhai::Map,
        terms: &Terms,
        file: Option<&Path>,
    ) -> anyhow::Result<Exit> {
        let about = self.doing(&params);
        let desk = Desk::planning(terms.rules(world, &self.source)?);
        let host = Host { desk: desk.clone(), ..world.host(params)? };
        drop(self.evaluate(&host).map_err(|failure| self.failed(failure))?);
        let plan = desk.plan();
        world.print_table(&plan.table());
        if let Some(file) = file {
            if plan.servers.iter().any(|(url, _)| url != host.session.url()) {
                let message = "a plan is of one openBIS, and this changes another, too";
                return Err(Mistake::new(message).into());
            }
            world.write_plan(about, desk.planned(&host)?, file)?;
        }
        world.terminal.info(&format!("{}; nothing was sent", plan.totals()));
        Self::tell(world, &desk, terms);
        Ok(Exit::Done)
    }

    /// Names what could not be done; says what the header should say.
    fn tell(world: &World, desk: &Desk, terms: &Terms) {
        for (item, why) in desk.failed() {
            world.terminal.talk(&match why.starts_with(&item) {
                true => format!("failed: {why}"),
                false => format!("failed: {item}: {why}"),
            });
        }
        if terms.learn {
            world.terminal.write(&format!("{}\n", desk.needs()));
        }
    }

    fn evaluate(&self, host: &Host) -> Result<Dynamic, Failure> {
        let engine = script::engine(host);
        let ast = script::check(&engine, &self.source)?;
        let mut scope = script::scope(host);
        script::run(&engine, &mut scope, &ast)
    }

    fn doing(&self, params: &rhai::Map) -> Doing {
        let params = params.iter().filter(|(_, value)| !value.is_unit());
        Doing {
            kind: RunKind::Script,
            script: self.name.clone(),
            source: self.source.clone(),
            params: params
                .map(|(name, value)| (name.to_string(), typed(value)))
                .collect(),
            of: None,
            key: None,
        }
    }

    pub(crate) fn failed(&self, failure: Failure) -> Failed {
        Failed { failure, script: self.clone() }
    }
}

/// What can be done about the changes of a run that did not come to its end.
fn ways_out(running: &Running, desk: &Desk) -> Option<String> {
    let (run, changes) = (running.kept()?.0, desk.changes());
    (changes > 0).then(|| {
        format!(
            "changes made by run {run}: {changes}; `rhobis undo {run}` takes them back, \
             `rhobis resume {run}` goes on"
        )
    })
}

/// A value of a parameter as it is typed on the command line.
fn typed(value: &Dynamic) -> String {
    match value.read_lock::<rhai::Array>() {
        Some(items) => items.iter().map(typed).collect::<Vec<_>>().join(","),
        None => value.to_string(),
    }
}

impl Failed {
    /// The place to show, where the failure has one in this script.
    pub(crate) fn spot(&self) -> Option<Spot> {
        let position = self.failure.position?;
        if self.failure.file.is_some() {
            return None;
        }
        Some(Spot {
            name: self.script.name.clone(),
            source: self.script.source.clone(),
            line: position.line()?,
            column: position.position(),
        })
    }
}
