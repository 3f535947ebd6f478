//! What a new sandbox holds.
mod demo;
mod eln;
mod empty;
mod ground;

use super::store::Store;
use super::{Error, Seed, Settings};
use ground::Ground;

/// Fills a new store.
pub(super) fn plant(store: &mut Store, settings: &Settings) -> Result<(), Error> {
    let opened = match settings.seed {
        Seed::Empty | Seed::Eln => settings.clock.now(),
        Seed::Demo => demo::OPENING,
    };
    let mut ground = Ground::new(store, opened);
    empty::plant(&mut ground);
    match settings.seed {
        Seed::Empty => {}
        Seed::Eln => eln::plant(&mut ground)?,
        Seed::Demo => {
            eln::plant(&mut ground)?;
            demo::plant(&mut ground);
        }
    }
    Ok(())
}
