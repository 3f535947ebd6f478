//! From the name of a method to what carries it out.
use super::fault::failed;
use super::sandbox::Sandbox;
use crate::model::{Kind, Verb};
use crate::wire::bean::{Graph, Node, Request};
use crate::wire::{Fault, names};

/// Carries out one call and keeps what it changed, or leaves no trace of it.
pub(super) fn call(
    sandbox: &Sandbox,
    method: &str,
    request: &Request,
) -> Result<(Graph, Node), Fault> {
    let _ = (sandbox, request);
    Err(failed(format!("{method} is not supported.")))
}

/// The verb and kind of a method: `createSpaces`.
fn verb_of(method: &str) -> Option<(Verb, Kind)> {
    let kinds = Kind::ALL.iter().copied();
    let mut all =
        kinds.flat_map(|kind| kind.spec().verbs.iter().map(move |&v| (v, kind)));
    all.find(|&(verb, kind)| names::method(kind.spec(), verb) == method)
}
