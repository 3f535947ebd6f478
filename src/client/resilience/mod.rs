//! What is done when an openBIS does not answer as it should.
mod breaker;
mod clock;
mod effort;
mod gate;
mod guard;
mod handler;
mod listener;
mod rules;
mod settings;

pub use clock::Clock;
pub(super) use effort::Effort;
pub(super) use guard::Guard;
pub use handler::{Decision, Handler, maintenance_sleeper, rate_limit_sleeper};
pub use listener::{Called, Listener, Told};
pub(super) use rules::Group;
pub use settings::Resilience;
