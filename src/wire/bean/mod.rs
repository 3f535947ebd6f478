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
    Api, Class, Contract, Field, Flow, Form, Fresh, Method, Service, Shape, Type,
    contract, contract_of,
};
pub use graph::{Bean, Graph, Node, View};
pub use json::Json;
pub use read::{Dialect, Request, read_params, read_params_in};
pub(crate) use write::quote;
pub use write::{write, write_in};
