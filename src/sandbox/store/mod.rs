//! What the sandbox knows, and how it is kept.
mod object;

pub(super) use object::{Number, Object, Slot};
