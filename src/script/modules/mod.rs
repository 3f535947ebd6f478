//! What scripts can call, one file per topic.
use rhai::Engine;

use super::Host;

/// Puts every topic into the engine.
pub(super) fn register(_engine: &mut Engine, _host: &Host) {}

/// What `o` is.
pub(super) fn session(_host: &Host) -> rhai::Dynamic {
    rhai::Dynamic::UNIT
}
