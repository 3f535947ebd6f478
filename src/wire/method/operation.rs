//! Methods that can go as an operation of a transaction: such a call has a name on the
//! server, by which it is known again when its answer is lost.
use serde_json::{Map, Value as Json, json};

use super::Asked;
use crate::model::{Called, Kind, Verb};
use crate::wire::bean::{Api, contract_of};
use crate::wire::reply::{Operated, Untyped};
use crate::wire::{Execution, names};

/// Data sets and deletions have methods that no other kind has: class of the operation, and
/// its first parameter.
const OTHERS: &[(&str, &str, &str)] = &[
    ("archiveDataSets", "dataset.archive.ArchiveDataSets", "dataSetIds"),
    ("unarchiveDataSets", "dataset.unarchive.UnarchiveDataSets", "dataSetIds"),
    ("lockDataSets", "dataset.lock.LockDataSets", "dataSetIds"),
    ("unlockDataSets", "dataset.unlock.UnlockDataSets", "dataSetIds"),
    ("confirmDeletions", "deletion.confirm.ConfirmDeletions", "deletionIds"),
    ("revertDeletions", "deletion.revert.RevertDeletions", "deletionIds"),
];

/// An operation that does what a method does.
struct Operation {
    class: String,
    /// The names of what the method takes.
    fields: [&'static str; 2],
    /// None where it gives nothing.
    verb: Option<Verb>,
}

impl Asked {
    /// The call that was written down as a change.
    ///
    /// # Errors
    /// Where it does not fit the method.
    pub fn of(called: &Called) -> Result<Self, super::Misfit> {
        let asked = Self::new(&called.method, &called.params)?;
        Ok(if called.plain { asked.plainly() } else { asked })
    }

    /// Whether it can go as an operation of a transaction.
    pub fn is_operation(&self) -> bool {
        self.operation().is_some()
    }

    /// Whether the server lets it through only once under one name.
    pub fn has_execution(&self) -> bool {
        self.is_operation() || self.name() == EXECUTE
    }

    /// With this name of its transaction, where it is one and has none.
    #[must_use]
    pub fn named(mut self, execution: Execution<'_>) -> Self {
        if self.name() != EXECUTE {
            return self;
        }
        let id = crate::wire::call::execution_id(execution.id);
        let given = [("executionId", id), ("description", json!(execution.description))];
        let Some(Json::Object(options)) = self.params.get_mut(1) else { return self };
        for (name, value) in given {
            if options.get(name).is_none_or(Json::is_null) {
                options.insert(name.to_owned(), value);
            }
        }
        self
    }

    /// As a part of a transaction.
    pub(in crate::wire) fn to_operation(&self) -> Json {
        let Some(Operation { class, fields, .. }) = self.operation() else {
            return Json::Null;
        };
        let mut written = Map::new();
        written.insert("@type".to_owned(), json!(class));
        for (name, param) in fields.into_iter().zip(&self.params) {
            written.insert(name.to_owned(), param.clone());
        }
        written.into()
    }

    /// What the method would have given, from what its operation gave.
    pub fn answer(&self, told: Operated) -> Untyped {
        match self.operation().and_then(|operation| operation.verb) {
            Some(Verb::Create) => {
                Untyped::List(told.ids.into_iter().map(Untyped::Id).collect())
            }
            Some(Verb::Delete) => told.deletion.map_or(Untyped::Null, Untyped::Id),
            Some(Verb::Update | Verb::Get | Verb::Search) | None => Untyped::Null,
        }
    }

    fn operation(&self) -> Option<Operation> {
        let name = self.name();
        if self.service() != "AS" {
            return None;
        }
        let other = OTHERS.iter().find(|row| row.0 == name);
        if let Some((_, class, ids)) = other {
            let class = format!("as.dto.{class}Operation");
            return Some(Operation { class, fields: [ids, "options"], verb: None });
        }
        let all = Kind::ALL.iter().flat_map(|kind| {
            VERBS.iter().map(move |(verb, fields)| (kind.spec(), *verb, *fields))
        });
        let found =
            all.into_iter().find(|(spec, verb, _)| names::method(spec, *verb) == name);
        let (spec, verb, fields) = found?;
        let class = names::operation(spec, verb);
        contract_of(Api::Newer).class(&class)?;
        Some(Operation { class, fields, verb: Some(verb) })
    }
}

const EXECUTE: &str = "executeOperations";

const VERBS: &[(Verb, [&str; 2])] = &[
    (Verb::Create, ["creations", ""]),
    (Verb::Update, ["updates", ""]),
    (Verb::Delete, ["objectIds", "options"]),
];

/// An object as it would stand in an answer.
pub(super) fn untyped(json: Json) -> Untyped {
    match json {
        Json::Null => Untyped::Null,
        Json::Bool(flag) => Untyped::Flag(flag),
        Json::Number(number) => match number.as_i64() {
            Some(number) => Untyped::Integer(number),
            None => Untyped::Real(number.as_f64().unwrap_or_default()),
        },
        Json::String(text) => Untyped::Text(text),
        Json::Array(items) => Untyped::List(items.into_iter().map(untyped).collect()),
        Json::Object(members) => {
            let members = members.into_iter().map(|(key, item)| (key, untyped(item)));
            Untyped::Map(members.collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Argument, Id};
    use crate::wire::bean::{Service, Shape};

    fn asked(method: &str, params: Vec<Argument>) -> Asked {
        let called = Called { method: method.to_owned(), params, plain: false };
        Asked::of(&called).unwrap()
    }

    #[test]
    fn the_parameters_of_a_method_are_the_fields_of_its_operation() {
        let contract = contract_of(Api::Of2023);
        let methods = contract.all_methods();
        let methods = methods.filter(|m| matches!(m.service, Service::As) && !m.newer);
        let mut seen = 0;
        for method in methods {
            let of = Asked { method, params: Vec::new(), newer: None, plain: false };
            let Some(operation) = of.operation() else { continue };
            let class = contract.class(&operation.class).expect(&operation.class);
            assert!(class.shape == Shape::Class);
            let params = method.params.iter().skip(1);
            for ((_, ty), field) in params.zip(operation.fields) {
                let field = class
                    .field(field)
                    .unwrap_or_else(|| panic!("{field} {}", class.name));
                assert_eq!(
                    format!("{ty:?}"),
                    format!("{:?}", field.ty),
                    "{}",
                    method.name
                );
            }
            seen += 1;
        }
        assert!(seen > 70, "{seen}");
    }

    #[test]
    fn what_was_made_is_told_as_the_method_would() {
        let space =
            || vec![Argument::Map(vec![("code".into(), Argument::Text("A".into()))])];
        let create = asked("createSpaces", vec![Argument::List(space())]);
        let id = Id::parse(Kind::Space, "A").unwrap();
        let told = Operated { ids: vec![id.clone()], deletion: None };
        assert_eq!(create.answer(told), Untyped::List(vec![Untyped::Id(id)]));
    }

    #[test]
    fn only_operations_and_transactions_have_a_name() {
        let options = Argument::Map(vec![(
            "@type".into(),
            Argument::Text("SynchronousOperationExecutionOptions".into()),
        )]);
        let execute = asked(EXECUTE, vec![Argument::List(Vec::new()), options]);
        assert!(execute.has_execution() && !execute.is_operation());
        let named =
            execute.named(Execution { id: "x-1", description: "d", asynchronous: false });
        assert!(named.to_json("t").contains("x-1"));
        let service = vec![Argument::Text("s".into())];
        assert!(!asked("executeCustomASService", service).has_execution());
    }
}
