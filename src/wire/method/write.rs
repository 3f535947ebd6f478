use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};

use super::{Misfit, said, simple};
use crate::model::{Argument, Id, Kind, Verb};
use crate::wire::bean::{Api, Class, Contract, Method, Shape, Type, contract_of};
use crate::wire::call::ids;
use crate::wire::names;

/// Writes parameters as their declared types want them.
pub(super) struct Writer {
    pub(super) contract: &'static Contract,
    /// The kind that the method is about, for ids whose class several kinds share.
    kind: Option<Kind>,
    /// Where it is, for messages: `fetchOptions`, `space`.
    path: Vec<String>,
    /// What of it only newer servers have.
    pub(super) newer: Option<String>,
}

impl Writer {
    pub(super) fn of(method: &Method) -> Self {
        let contract = contract_of(Api::Newer);
        Self { contract, kind: kind_of(method.name), path: Vec::new(), newer: None }
    }

    pub(super) fn enter(&mut self, name: &str) {
        self.path.push(name.to_owned());
    }

    pub(super) fn leave(&mut self) {
        self.path.pop();
    }

    pub(super) fn path(&self) -> String {
        self.path.join(".")
    }

    /// What stands for a parameter that was not given.
    pub(super) fn fresh(&self, ty: &Type) -> Result<Json, Misfit> {
        match ty {
            Type::Named(class) if self.is_concrete(class) && !class.ends_with("Id") => {
                Ok(json!({ "@type": class }))
            }
            _ => {
                let (path, what) = (self.path(), said(ty));
                Err(Misfit::new(format!("`{path}` is needed: {what}")))
            }
        }
    }

    pub(super) fn write(&mut self, ty: &Type, given: &Argument) -> Result<Json, Misfit> {
        if *given == Argument::Null {
            return Ok(Json::Null);
        }
        if *given == Argument::Hidden {
            return Err(self.hidden());
        }
        match (ty, given) {
            (Type::Void | Type::Any, _) => self.anything(given),
            (Type::Text, Argument::Text(text)) => Ok(json!(text)),
            (Type::Text, Argument::Id(id)) => Ok(json!(id.text())),
            (Type::Flag(_), Argument::Flag(flag)) => Ok(json!(flag)),
            (
                Type::Int(_) | Type::Long(_) | Type::Number | Type::Double,
                Argument::Integer(number),
            ) => Ok(json!(number)),
            (Type::Number | Type::Double, Argument::Real(number)) => Ok(json!(number)),
            (Type::Date, Argument::Time(time, _)) => Ok(json!(time.0)),
            (Type::Date, Argument::Integer(milliseconds)) => Ok(json!(milliseconds)),
            (Type::Bytes, Argument::Bytes(bytes)) => Ok(json!(STANDARD.encode(bytes))),
            (Type::List(item), Argument::List(items)) => self.list(item, items),
            // One thing where several may stand.
            (
                Type::List(item),
                Argument::Id(_) | Argument::Text(_) | Argument::Map(_),
            ) => self.list(item, std::slice::from_ref(given)),
            (Type::Map(value), Argument::Map(members)) => self.map(value, members),
            (Type::Named(class), _) => self.named(class, given),
            _ => Err(self.misfit(ty, given)),
        }
    }

    fn hidden(&self) -> Misfit {
        let message = format!("`{}` was a secret, and was not written down", self.path());
        Misfit::new(message).expected("a new call with it")
    }

    pub(super) fn misfit(&self, ty: &Type, given: &Argument) -> Misfit {
        let (path, found) = (self.path(), noun(given));
        Misfit::new(format!("`{path}` takes {}, not {found}", said(ty)))
    }

    fn list(&mut self, item: &Type, items: &[Argument]) -> Result<Json, Misfit> {
        items.iter().map(|given| self.write(item, given)).collect()
    }

    fn map(&mut self, ty: &Type, members: &[(String, Argument)]) -> Result<Json, Misfit> {
        let mut written = serde_json::Map::new();
        for (name, given) in members {
            self.enter(name);
            written.insert(name.clone(), self.write(ty, given)?);
            self.leave();
        }
        Ok(written.into())
    }

    /// Where nothing is declared: objects of a class by their `@type`, the rest as it is.
    pub(super) fn anything(&mut self, given: &Argument) -> Result<Json, Misfit> {
        Ok(match given {
            Argument::Null => Json::Null,
            Argument::Flag(flag) => json!(flag),
            Argument::Integer(number) => json!(number),
            Argument::Real(number) => json!(number),
            Argument::Text(text) => json!(text),
            Argument::Bytes(bytes) => json!(STANDARD.encode(bytes)),
            // Properties are texts.
            Argument::Time(_, text) if self.path.iter().any(|p| p == "properties") => {
                json!(text)
            }
            Argument::Time(time, _) => json!(time.0),
            Argument::Id(id) => ids::id(id),
            Argument::Hidden => return Err(self.hidden()),
            Argument::List(items) => self.list(&Type::Any, items)?,
            Argument::Map(members) => {
                match members.iter().find(|(key, _)| key == "@type") {
                    Some(_) => self.object(None, members)?,
                    None => self.map(&Type::Any, members)?,
                }
            }
        })
    }

    fn named(&mut self, name: &'static str, given: &Argument) -> Result<Json, Misfit> {
        if name == FIELD_UPDATE && !is_update(given) {
            let value = self.anything(given)?;
            return Ok(json!({ "@type": name, "isModified": true, "value": value }));
        }
        let declared = self.contract.class(name);
        if let Some(class) = declared.filter(|class| class.shape == Shape::Enum) {
            return self.constant(class, given);
        }
        match given {
            Argument::Map(members) => self.object(Some(name), members),
            Argument::Id(id) => self.id(name, id),
            Argument::Text(text) => self.id_of_text(name, text),
            Argument::Integer(number) => self.id_of_text(name, &number.to_string()),
            // `space: true` of fetch options.
            Argument::Flag(true) if self.is_concrete(name) => {
                Ok(json!({ "@type": name }))
            }
            _ => Err(self.misfit(&Type::Named(name), given)),
        }
    }

    fn constant(&mut self, class: &Class, given: &Argument) -> Result<Json, Misfit> {
        let names = || class.constants.iter().map(|(name, _)| (*name).to_owned());
        let Argument::Text(text) = given else {
            let misfit = Misfit::new(format!("`{}` takes a word", self.path()));
            return Err(misfit.expected(names().collect::<Vec<_>>().join(", ")));
        };
        let word = text.trim().to_uppercase();
        let found = class.constants.iter().find(|(name, _)| **name == *word);
        found.map(|(name, _)| json!(name)).ok_or_else(|| {
            let message = format!("`{}` takes no `{text}`", self.path());
            Misfit::unknown(message, text, names().collect())
        })
    }

    fn id(&mut self, declared: &'static str, id: &Id) -> Result<Json, Misfit> {
        let class = format!("as.dto.{}", id.form().class());
        if self.contract.is_a(&class, declared) {
            return Ok(ids::id(id));
        }
        let (path, noun) = (self.path(), id.kind().spec().noun().replace('_', " "));
        let message = format!("`{path}` takes {}, not a {noun}", simple(declared));
        Err(Misfit::new(message))
    }

    /// A text as the id of the kind that is declared.
    fn id_of_text(&mut self, declared: &'static str, text: &str) -> Result<Json, Misfit> {
        let fits = |kind: &&Kind| {
            let classes = kind.spec().ids.iter().map(|form| form.class());
            let mut classes = classes.map(|class| format!("as.dto.{class}"));
            classes.any(|class| self.contract.is_a(&class, declared))
        };
        let kinds: Vec<Kind> = Kind::ALL.iter().filter(fits).copied().collect();
        let of_type = self.kind.and_then(|kind| kind.spec().field("type")?.ty.kind());
        let own = [self.kind, of_type].into_iter().flatten();
        let own = own.into_iter().find(|kind| kinds.contains(kind));
        let kind = match (own, kinds.as_slice()) {
            (Some(kind), _) => kind,
            (None, [only]) => *only,
            (None, []) => return self.other_id(declared, text),
            (None, _) => {
                let message = format!("`{}`: of what is `{text}` the name?", self.path());
                return Err(Misfit::new(message)
                    .expected("an object, or a map with `@type`: the class of the id"));
            }
        };
        let id = Id::parse(kind, text).map_err(|error| {
            let message = format!("`{}`: {error}", self.path());
            Misfit::new(message).expected(error.expected)
        })?;
        self.id(declared, &id)
    }

    /// An id of what is no kind: the one class that has one text.
    fn other_id(&self, declared: &'static str, text: &str) -> Result<Json, Misfit> {
        if declared == DSS_SERVICE.0 {
            return Ok(json!({ "@type": DSS_SERVICE.1, "permId": text }));
        }
        let classes: Vec<&Class> = self.classes(declared);
        let single = |class: &&Class| matches!(class.fields.as_slice(), [field] if field.ty == Type::Text);
        let fitting: Vec<&Class> = classes.into_iter().filter(single).collect();
        match fitting.as_slice() {
            [class] if is_id(declared) => {
                let field = class.fields[0].name;
                Ok(json!({ "@type": class.name, (field): text }))
            }
            _ => {
                let given = Argument::Text(text.to_owned());
                Err(self.misfit(&Type::Named(declared), &given))
            }
        }
    }

    /// The classes of objects that may stand where one is declared.
    pub(super) fn classes(&self, declared: &str) -> Vec<&'static Class> {
        let below = self.contract.below(declared).into_iter();
        let classes = below.filter_map(|name| self.contract.class(name));
        classes.filter(|class| class.shape == Shape::Class).collect()
    }

    fn is_concrete(&self, name: &str) -> bool {
        self.contract.class(name).is_some_and(|class| class.shape == Shape::Class)
    }
}

/// An id without a class in the table, and the class that servers have for it.
const DSS_SERVICE: (&str, &str) =
    ("dss.dto.service.id.ICustomDSSServiceId", "dss.dto.service.id.CustomDssServiceCode");

/// A new value of one field.
pub(super) const FIELD_UPDATE: &str = "as.dto.common.update.FieldUpdateValue";

/// Whether it says that it is an update, and is no plain value in its place.
fn is_update(given: &Argument) -> bool {
    let Argument::Map(members) = given else { return false };
    let says = |(name, given): &(String, Argument)| match given {
        Argument::Text(class) if name == "@type" => simple(class) == simple(FIELD_UPDATE),
        _ => name == "value" || name == "isModified",
    };
    members.iter().any(says)
}

fn is_id(class: &str) -> bool {
    let name = simple(class);
    name.ends_with("Id") || name.ends_with("Code") || name.ends_with("Name")
}

/// The kind whose method it is.
fn kind_of(method: &str) -> Option<Kind> {
    let of = |kind: &&Kind| {
        let spec = kind.spec();
        Verb::ALL.iter().any(|&verb| names::method(spec, verb) == method)
    };
    Kind::ALL.iter().find(of).copied()
}

/// What was given, for messages.
fn noun(given: &Argument) -> String {
    match given {
        Argument::Null => "nothing".to_owned(),
        Argument::Flag(flag) => format!("`{flag}`"),
        Argument::Integer(number) => format!("the number {number}"),
        Argument::Real(number) => format!("the number {number}"),
        Argument::Text(text) => format!("the text `{text}`"),
        Argument::Bytes(_) => "bytes".to_owned(),
        Argument::Time(..) => "a time".to_owned(),
        Argument::Id(id) => {
            format!("the {} `{id}`", id.kind().spec().noun().replace('_', " "))
        }
        Argument::List(_) => "a list".to_owned(),
        Argument::Map(_) => "a map".to_owned(),
        Argument::Hidden => "a secret".to_owned(),
    }
}
