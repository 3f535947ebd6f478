//! A script on its way through the engine, and its failure with the line to blame.
use super::snippet::Spot;
use super::world::World;
use crate::script::{self, Failure};

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
        let host = world.host(params)?;
        let engine = script::engine(&host);
        let ast = script::check(&engine, &self.source).map_err(|f| self.failed(f))?;
        let mut scope = script::scope(&host);
        let value = script::run(&engine, &mut scope, &ast).map_err(|f| self.failed(f))?;
        world.show(&value).map_err(|failure| self.failed(failure))?;
        Ok(())
    }

    pub(crate) fn failed(&self, failure: Failure) -> Failed {
        Failed { failure, script: self.clone() }
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
