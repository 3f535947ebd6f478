//! A small openBIS: in the process, or served over HTTP.
mod clock;
mod error;
mod interned;
mod rpc;
mod store;

pub use clock::{Clock, StoppedClock};
pub use error::Error;
pub(crate) use interned::interned;
pub use rpc::Answer;
