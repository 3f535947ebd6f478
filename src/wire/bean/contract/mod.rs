//! The V3 interface: every method, every type and its fields.
//!
//! The table is `contract.txt` beside this file; `tests/contract/make.py` makes it and
//! says how it is written.
mod parse;
mod ty;

use std::{collections::HashMap, sync::OnceLock};

pub use ty::Type;

/// Everything that can be called, and everything that is sent.
#[derive(Debug)]
pub struct Contract {
    methods: HashMap<&'static str, Vec<Method>>,
    classes: HashMap<&'static str, Class>,
}

/// What can be called at one of the two servers.
#[derive(Debug)]
pub struct Method {
    pub service: Service,
    /// `searchSamples`
    pub name: &'static str,
    pub params: Vec<(&'static str, Type)>,
    pub returns: Type,
    /// Only later versions have it.
    pub newer: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// The application server.
    As,
    /// The data store server.
    Dss,
}

/// A class, interface or enumeration.
#[derive(Debug)]
pub struct Class {
    /// As in `@type`: `as.dto.space.Space`.
    pub name: &'static str,
    pub shape: Shape,
    /// What it extends and implements, without what stands above that.
    pub supers: Vec<&'static str>,
    /// Its own fields and those it inherits, in the server's order, the topmost type's first.
    pub fields: Vec<Field>,
    /// Of an enumeration.
    pub constants: Vec<&'static str>,
    pub newer: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Class,
    Abstract,
    Interface,
    Enum,
}

#[derive(Clone, Debug)]
pub struct Field {
    pub name: &'static str,
    pub ty: Type,
    pub flow: Flow,
    pub fresh: Fresh,
    pub newer: bool,
}

/// Which way a field travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    Both,
    /// The server writes it and ignores it when it comes in.
    Out,
    /// The server reads it and never writes it.
    In,
}

/// What a field holds when nobody has set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fresh {
    /// Null; of a primitive type false or 0.
    Empty,
    List,
    Map,
    True,
    Text(&'static str),
    /// A fresh object of the class.
    Bean(&'static str),
}

/// The interface, read from its table at the first use.
pub fn contract() -> &'static Contract {
    static CONTRACT: OnceLock<Contract> = OnceLock::new();
    CONTRACT.get_or_init(|| parse::contract(include_str!("contract.txt")))
}

impl Contract {
    /// Methods of that name; openBIS knows them by the number of their parameters.
    pub fn methods(&self, service: Service, name: &str) -> impl Iterator<Item = &Method> {
        let found = self.methods.get(name).map_or(&[][..], Vec::as_slice);
        found.iter().filter(move |method| method.service == service && !method.newer)
    }

    /// By its full name, as in `@type`.
    pub fn class(&self, name: &str) -> Option<&Class> {
        self.classes.get(name)
    }

    /// Whether an object of the class may stand where the other is declared.
    pub fn is_a(&self, class: &str, declared: &str) -> bool {
        class == declared
            || self.class(class).is_some_and(|class| {
                class.supers.iter().any(|above| self.is_a(above, declared))
            })
    }
}

impl Class {
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}
