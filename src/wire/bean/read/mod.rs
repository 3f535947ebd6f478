//! Parameters of a call, read into beans as openBIS's object mapper reads them.
mod check;
mod constant;
mod date;
mod reference;
mod resolve;
mod scalar;
#[cfg(test)]
mod tests;
mod trouble;
mod value;

use super::{Api, Contract, Graph, Json, Method, Node, contract_of};
use crate::wire::Fault;
use reference::References;

/// What came with a call. Each parameter was read on its own.
#[derive(Debug, Default)]
pub struct Request {
    pub graph: Graph,
    pub params: Vec<Node>,
}

/// How requests are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dialect {
    pub api: Api,
    /// Whether what the server ignores in silence is refused.
    pub strict: bool,
}

/// Reads the parameters of a call as the server of 2023 does.
///
/// # Errors
/// As of [`read_params_in`].
pub fn read_params(method: &Method, params: &[Json]) -> Result<Request, Fault> {
    read_params_in(Dialect::default(), method, params)
}

/// Reads the parameters of a call, as many as the method declares.
///
/// # Errors
/// With the class of Jackson's that the server names, where a value does not fit.
pub fn read_params_in(
    dialect: Dialect,
    method: &Method,
    params: &[Json],
) -> Result<Request, Fault> {
    let mut request = Request::default();
    for ((_, ty), json) in method.params.iter().zip(params) {
        let mut reader = Reader {
            contract: contract_of(dialect.api),
            strict: dialect.strict,
            graph: &mut request.graph,
            references: References::default(),
        };
        let node = reader.value(ty, json, None).and_then(|node| reader.settle(node));
        request.params.push(node?);
    }
    Ok(request)
}

/// Reads one parameter: `@id`s reach no further.
struct Reader<'g> {
    contract: &'static Contract,
    /// Whether members that no class knows are refused.
    strict: bool,
    graph: &'g mut Graph,
    references: References,
}
