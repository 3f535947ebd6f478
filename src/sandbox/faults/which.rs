use std::collections::BTreeSet;

use super::asked::{Call, operation_name};
use crate::wire::bean::{Api, contract_of};

/// The calls that a rule is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Which {
    All,
    Read,
    Change,
    /// Methods, alone or within `executeOperations`.
    Named(Name),
    /// Operations within `executeOperations`.
    Inside(Name),
}

/// A name, in which one `*` stands for anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name(String);

const INSIDE: &str = "executeOperations/";

impl Which {
    /// Nothing where no method has such a name.
    pub(super) fn read(text: &str) -> Option<Self> {
        let name = |text: &str| {
            let name = Name(text.to_owned());
            names().iter().any(|known| name.fits(known)).then_some(name)
        };
        match text {
            "*" => Some(Self::All),
            "read" => Some(Self::Read),
            "change" => Some(Self::Change),
            _ => match text.strip_prefix(INSIDE) {
                Some("*") => Some(Self::Inside(Name("*".to_owned()))),
                Some(inside) => name(&lowered(inside)).map(Self::Inside),
                None => name(text).map(Self::Named),
            },
        }
    }

    pub(super) fn fits(&self, call: &Call) -> bool {
        let inside = |name: &Name| call.operations.iter().any(|it| name.fits(it));
        match self {
            Self::All => true,
            Self::Read => call.is_read(),
            Self::Change => call.is_change(),
            Self::Named(name) => name.fits(&call.method) || inside(name),
            Self::Inside(name) => inside(name),
        }
    }
}

impl Name {
    fn fits(&self, name: &str) -> bool {
        match self.0.split_once('*') {
            None => self.0 == name,
            Some((start, end)) => {
                name.len() >= start.len() + end.len()
                    && name.starts_with(start)
                    && name.ends_with(end)
            }
        }
    }
}

/// `CreateSamples` as well as `createSamples`.
fn lowered(name: &str) -> String {
    let start = name.chars().next().map_or(0, char::len_utf8);
    format!("{}{}", name[..start].to_ascii_lowercase(), &name[start..])
}

/// The names of all methods, and of all operations as if they were methods.
pub(super) fn names() -> BTreeSet<String> {
    let contract = contract_of(Api::Newer);
    let methods = contract.all_methods().map(|method| method.name.to_owned());
    let operations = contract.below("as.dto.operation.IOperation");
    methods.chain(operations.into_iter().filter_map(operation_name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alone(method: &str) -> Call {
        Call { method: method.to_owned(), ..Call::default() }
    }

    fn inside(operation: &str) -> Call {
        let operations = vec![operation.to_owned()];
        Call { operations, ..alone("executeOperations") }
    }

    fn fits(which: &str, call: &Call) -> bool {
        Which::read(which).unwrap().fits(call)
    }

    #[test]
    fn a_method_is_found_alone_and_among_operations() {
        for call in [alone("createSamples"), inside("createSamples")] {
            assert!(fits("createSamples", &call));
            assert!(fits("create*", &call));
            assert!(fits("*Samples", &call));
            assert!(fits("change", &call));
            assert!(!fits("read", &call));
            assert!(!fits("updateSamples", &call));
        }
        assert!(fits("executeOperations", &inside("createSamples")));
    }

    #[test]
    fn operations_can_be_told_from_methods() {
        for which in ["executeOperations/CreateSamples", "executeOperations/create*"] {
            assert!(fits(which, &inside("createSamples")));
            assert!(!fits(which, &alone("createSamples")));
        }
    }

    #[test]
    fn names_that_no_method_has_are_refused() {
        for text in ["", "createSample", "fetch*", "executeOperations/Fly", "writes"] {
            assert_eq!(Which::read(text), None, "{text}");
        }
    }
}
