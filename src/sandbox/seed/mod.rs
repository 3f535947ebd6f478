//! What a new sandbox holds.
use super::store::Store;
use super::{Error, Settings};

/// Fills a new store.
pub(super) fn plant(store: &mut Store, settings: &Settings) -> Result<(), Error> {
    let _ = (store, settings);
    Ok(())
}
