//! openBIS's objects as the server sees them: graphs of beans, checked against the contract.
//!
//! The sandbox reads requests into them and builds its answers from them. Beans of one
//! graph refer to each other by number, so that a graph may be cyclic, as fetch options
//! and answers are.
mod contract;
mod graph;
mod json;
mod read;
#[cfg(test)]
mod recorded;
mod write;

pub use contract::{
    Class, Contract, Field, Flow, Form, Fresh, Method, Service, Shape, Type, contract,
};
pub use graph::{Bean, Graph, Node, View};
pub use json::Json;
pub use read::{Request, read_params};
pub(crate) use write::quote;
pub use write::write;
