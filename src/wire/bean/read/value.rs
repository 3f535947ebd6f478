use super::super::contract::{Class, Flow, Shape, java};
use super::super::{Json, Node, Type};
use super::Reader;
use super::scalar::{mismatch, scalar, unfit};
use super::trouble::{Jackson, Trouble};
use super::{check, constant};

type Members = [(String, Json)];

impl Reader<'_> {
    /// Reads a value of the declared type. `field` is the name of the field it stands in.
    pub(super) fn value(
        &mut self,
        ty: &Type,
        json: &Json,
        field: Option<&str>,
    ) -> Result<Node, Trouble> {
        match ty {
            Type::Any => self.any(json, field),
            Type::List(item) => self.list(item, json),
            Type::Map(value) => self.map(value, json),
            Type::Named(name) => match self.contract.class(name) {
                Some(class) if class.shape == Shape::Enum => constant::read(class, json),
                Some(_) | None => self.bean(name, json, field),
            },
            Type::Void
            | Type::Text
            | Type::Flag(_)
            | Type::Int(_)
            | Type::Long(_)
            | Type::Double
            | Type::Number
            | Type::Date
            | Type::Bytes => scalar(ty, json),
        }
    }

    /// A slot without a type: whatever the JSON says; a number is never a reference.
    fn any(&mut self, json: &Json, field: Option<&str>) -> Result<Node, Trouble> {
        match json {
            Json::Null => Ok(Node::Null),
            Json::Flag(flag) => Ok(Node::Flag(*flag)),
            Json::Integer(number) => Ok(Node::Integer(*number)),
            Json::Real(number) => Ok(Node::Real(*number)),
            Json::Text(text) => Ok(Node::Text(text.clone())),
            Json::List(_) => self.list(&Type::Any, json),
            Json::Object(members) if json.member("@type").is_some() => {
                let class = self.any_class(json, field)?;
                self.fill(class, members)
            }
            Json::Object(_) => self.map(&Type::Any, json),
        }
    }

    /// A list; a single value will do. A reference to nothing is left out.
    fn list(&mut self, ty: &Type, json: &Json) -> Result<Node, Trouble> {
        let (items, holder) = match json {
            Json::Null => return Ok(Node::Null),
            Json::List(items) => (items.as_slice(), "java.util.ArrayList"),
            Json::Flag(_)
            | Json::Integer(_)
            | Json::Real(_)
            | Json::Text(_)
            | Json::Object(_) => (std::slice::from_ref(json), "java.lang.Object"),
        };
        let read = items.iter().enumerate().map(|(index, item)| {
            self.item(ty, item).map_err(|trouble| trouble.in_item(holder, index))
        });
        Ok(Node::List(read.collect::<Result<_, _>>()?))
    }

    /// An item of a list. An object is tried with its `@type` first and, where that fails,
    /// as what is declared.
    fn item(&mut self, ty: &Type, json: &Json) -> Result<Node, Trouble> {
        let with = match self.value(ty, json, None) {
            Ok(node) => return Ok(node),
            Err(trouble) => trouble,
        };
        let Json::Object(members) = json else { return Err(with) };
        let without = match ty {
            Type::Any => return self.map(&Type::Any, json),
            Type::Named(name) => self.untyped(name, members),
            _ => return Err(with),
        };
        without.map_err(|without| Trouble::twice(&with, &without))
    }

    fn untyped(
        &mut self,
        declared: &'static str,
        members: &Members,
    ) -> Result<Node, Trouble> {
        let class = self.plain_class(declared)?;
        if members.is_empty() {
            let java = Type::Named(declared);
            let text = format!("Unexpected end-of-input when binding data into `{java}`");
            return Err(Trouble::new(Jackson::Mismatched, text));
        }
        self.fill(class, members)
    }

    fn map(&mut self, ty: &Type, json: &Json) -> Result<Node, Trouble> {
        let members = match json {
            Json::Null => return Ok(Node::Null),
            Json::Object(members) => members,
            Json::Flag(_)
            | Json::Integer(_)
            | Json::Real(_)
            | Json::Text(_)
            | Json::List(_) => return Err(mismatch("java.util.LinkedHashMap", json)),
        };
        let mut entries: Vec<(String, Node)> = Vec::with_capacity(members.len());
        for (key, value) in members {
            let node =
                self.value(ty, value, None).map_err(|trouble| trouble.in_map(key))?;
            match entries.iter_mut().find(|(known, _)| known == key) {
                Some((_, old)) => *old = node,
                None => entries.push((key.clone(), node)),
            }
        }
        Ok(Node::Map(entries))
    }

    /// A bean, or the number of one.
    fn bean(
        &mut self,
        declared: &'static str,
        json: &Json,
        field: Option<&str>,
    ) -> Result<Node, Trouble> {
        match json {
            Json::Null => Ok(Node::Null),
            Json::Integer(id) => self.reference(*id, declared, field),
            #[expect(clippy::cast_possible_truncation, reason = "as the server does")]
            Json::Real(id) => self.reference(*id as i64, declared, field),
            Json::Text(text) => match text.trim().parse() {
                Ok(id) => self.reference(id, declared, field),
                Err(_) => {
                    Err(unfit("java.lang.Integer", text, "not a valid Integer value"))
                }
            },
            Json::Object(members) => {
                let class = self.class_of(declared, json, field)?;
                self.fill(class, members)
            }
            Json::Flag(_) | Json::List(_) => {
                Err(mismatch(&Type::Named(declared).to_string(), json))
            }
        }
    }

    /// Leaves out a member that the class does not have; a strict reader refuses it.
    fn pass_over(&self, class: &Class, key: &str) -> Result<(), Trouble> {
        let is_fine = !self.strict || key.starts_with('@');
        if is_fine { Ok(()) } else { Err(unknown(class, key)) }
    }

    /// A new bean with the members that its class knows.
    fn fill(
        &mut self,
        class: &'static Class,
        members: &Members,
    ) -> Result<Node, Trouble> {
        let number = self.graph.add(class.name);
        self.references.note(members, number)?;
        for (key, value) in members {
            let Some(field) = class.field(key) else {
                self.pass_over(class, key)?;
                continue;
            };
            if field.flow == Flow::Out || field.newer {
                continue;
            }
            let node = self
                .value(&field.ty, value, Some(key))
                .map_err(|trouble| trouble.in_field(class.name, key))?;
            self.graph.set(number, field.name, node);
        }
        check::bean(self.graph.view(number))?;
        Ok(Node::Bean(number))
    }
}

/// What a strict reader says to a member that the class does not have.
fn unknown(class: &Class, key: &str) -> Trouble {
    let text = format!(
        "Unrecognized field \"{key}\" (class {}), not marked as ignorable",
        java(class.name)
    );
    Trouble::new(Jackson::Mapping, text)
}
