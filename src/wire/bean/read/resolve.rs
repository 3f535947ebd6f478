//! Which class an object is of.
use super::super::contract::{Class, Shape};
use super::super::{Json, Type};
use super::Reader;
use super::scalar::mismatch;
use super::trouble::{Jackson, Trouble};

impl Reader<'_> {
    /// The class of an object where `declared` is: by its `@type`, or the only one possible.
    pub(super) fn class_of(
        &self,
        declared: &'static str,
        json: &Json,
        field: Option<&str>,
    ) -> Result<&'static Class, Trouble> {
        match json.member("@type") {
            Some(Json::Text(name)) => {
                let class = self.known(name).filter(|class| self.fits(class, declared));
                class.ok_or_else(|| self.no_such_type(name, declared, field))
            }
            Some(other) if *other != Json::Null => {
                Err(mismatch("java.lang.String", other))
            }
            Some(_) | None if *json == Json::Object(Vec::new()) => {
                Err(missing_type(declared, field))
            }
            Some(_) | None if self.contract.is_leaf(declared) => {
                self.plain_class(declared)
            }
            Some(_) | None => {
                let text =
                    "Cannot deserialize a polymorphic type without type information";
                Err(Trouble::new(Jackson::Mapping, text))
            }
        }
    }

    /// The class that the `@type` names where nothing is declared.
    pub(super) fn any_class(
        &self,
        json: &Json,
        field: Option<&str>,
    ) -> Result<&'static Class, Trouble> {
        match json.member("@type") {
            Some(Json::Text(name)) => {
                let class = self.known(name).filter(|class| class.shape == Shape::Class);
                class.ok_or_else(|| self.no_such_type(name, "", field))
            }
            Some(other) => Err(mismatch("java.lang.String", other)),
            None => Err(missing_type("", field)),
        }
    }

    /// The declared class itself, if objects can be made of it.
    pub(super) fn plain_class(
        &self,
        declared: &'static str,
    ) -> Result<&'static Class, Trouble> {
        let class = self.known(declared).filter(|class| class.shape == Shape::Class);
        class.ok_or_else(|| {
            let text = format!(
                "Cannot construct instance of `{}` (no Creators, like default construct, \
                 exist): abstract types either need to be mapped to concrete types, have \
                 custom deserializer, or contain additional type information",
                Type::Named(declared)
            );
            Trouble::new(Jackson::Definition, text)
        })
    }

    fn known(&self, name: &str) -> Option<&'static Class> {
        self.contract.class(name).filter(|class| !class.newer)
    }

    fn fits(&self, class: &Class, declared: &str) -> bool {
        class.shape == Shape::Class && self.contract.is_a(class.name, declared)
    }

    fn no_such_type(
        &self,
        name: &str,
        declared: &'static str,
        field: Option<&str>,
    ) -> Trouble {
        let known = self.contract.below(declared).join(", ");
        let text = format!(
            "Could not resolve type id '{name}' as a subtype of {}: known type ids = \
             [{known}]{}",
            simple_type(declared),
            for_field(field)
        );
        Trouble::new(Jackson::TypeId, text)
    }
}

fn missing_type(declared: &'static str, field: Option<&str>) -> Trouble {
    let text = format!(
        "Missing type id when trying to resolve subtype of {}: missing type id property \
         '@type'{}",
        simple_type(declared),
        for_field(field)
    );
    Trouble::new(Jackson::TypeId, text)
}

pub(super) fn simple_type(declared: &'static str) -> String {
    let ty = if declared.is_empty() { Type::Any } else { Type::Named(declared) };
    format!("[simple type, class {ty}]")
}

fn for_field(field: Option<&str>) -> String {
    field.map_or_else(String::new, |field| format!(" (for POJO property '{field}')"))
}
