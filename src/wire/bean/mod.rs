//! openBIS's objects as the server sees them: graphs of beans, checked against the contract.
//!
//! The sandbox reads requests into them and builds its answers from them. Beans of one
//! graph refer to each other by number, so that a graph may be cyclic, as fetch options
//! and answers are.
mod graph;

pub use graph::{Bean, Graph, Node, View};
