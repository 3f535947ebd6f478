//! A script on its way through the engine, and its failure with the line to blame.
use std::sync::Arc;

use rhai::Dynamic;

use super::exit::Exit;
use super::snippet::Spot;
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
    /// Runs it and prints what it gives.
    pub(crate) fn run(&self, world: &World, params: rhai::Map) -> anyhow::Result<()> {
        let running = world.begin(self.doing(&params))?;
        self.run_as(&running, world, params)
    }

    /// Runs it as a run that was begun, and writes down how that ended.
    pub(crate) fn run_as(
        &self,
        running: &Running,
        world: &World,
        params: rhai::Map,
    ) -> anyhow::Result<()> {
        let desk = Desk::journalled(Arc::clone(&running.journal));
        let host = Host { desk, ..world.host(params)? };
        let ended = self.evaluate(&host, world);
        running.end(match &ended {
            Ok(()) => Exit::Done,
            Err(failure) => exit_of(failure.kind),
        })?;
        Ok(ended.map_err(|failure| self.failed(failure))?)
    }

    fn evaluate(&self, host: &Host, world: &World) -> Result<(), Failure> {
        let engine = script::engine(host);
        let ast = script::check(&engine, &self.source)?;
        let mut scope = script::scope(host);
        let value = script::run(&engine, &mut scope, &ast)?;
        world.show(&value)
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
