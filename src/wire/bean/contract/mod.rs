//! The V3 interface: every method, every type and its fields.
//!
//! The table is `contract.txt` beside this file; `tests/contract/make.py` makes it and
//! says how it is written.
mod parse;
mod ty;

use std::{
    collections::{HashMap, HashSet},
    sync::OnceLock,
};

pub(super) use ty::java;
pub use ty::{Form, Type};

/// Everything that can be called, and everything that is sent.
#[derive(Debug)]
pub struct Contract {
    methods: HashMap<&'static str, Vec<Method>>,
    classes: HashMap<&'static str, Class>,
    /// The types that others extend or implement.
    extended: HashSet<&'static str>,
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
    /// Of an enumeration, and whether only later versions have them.
    pub constants: Vec<(&'static str, bool)>,
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

/// Which version of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Api {
    /// 3.6, of September 2023.
    #[default]
    Of2023,
    /// With everything that later versions have besides.
    Newer,
}

/// The interface of 2023, read from its table at the first use.
pub fn contract() -> &'static Contract {
    contract_of(Api::Of2023)
}

/// A version of the interface, read from its table at the first use.
pub fn contract_of(api: Api) -> &'static Contract {
    static CONTRACTS: [OnceLock<Contract>; 2] = [const { OnceLock::new() }; 2];
    let contract = match api {
        Api::Of2023 => &CONTRACTS[0],
        Api::Newer => &CONTRACTS[1],
    };
    contract.get_or_init(|| parse::contract(include_str!("contract.txt"), api))
}

impl Contract {
    /// Methods of that name; openBIS knows them by the number of their parameters.
    pub fn methods(&self, service: Service, name: &str) -> impl Iterator<Item = &Method> {
        let found = self.methods.get(name).map_or(&[][..], Vec::as_slice);
        found.iter().filter(move |method| method.service == service && !method.newer)
    }

    /// Every method, in no order.
    pub fn all_methods(&self) -> impl Iterator<Item = &Method> {
        self.methods.values().flatten()
    }

    /// By its full name, as in `@type`.
    pub fn class(&self, name: &str) -> Option<&Class> {
        self.classes.get(name)
    }

    /// Every type that may stand where the one is declared, itself too, in alphabetical order.
    pub fn below(&self, declared: &str) -> Vec<&'static str> {
        let known = self.classes.values().filter(|class| !class.newer);
        let mut below: Vec<_> = known
            .map(|class| class.name)
            .filter(|name| self.is_a(name, declared))
            .collect();
        below.sort_unstable();
        below
    }

    /// Whether nothing else may stand where the type is declared.
    pub fn is_leaf(&self, declared: &str) -> bool {
        !self.extended.contains(declared)
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

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::process::Command;

    use super::{Api, Flow, Form, Fresh, Service, Shape, Type, contract, contract_of};

    #[test]
    fn every_named_type_of_a_method_and_of_a_field_is_in_the_table() {
        let contract = contract();
        assert_eq!(contract.methods.values().map(Vec::len).sum::<usize>(), 174);
        assert_eq!(contract.classes.len(), 1037);
        for class in contract.classes.values() {
            for above in &class.supers {
                assert!(contract.class(above).is_some(), "{above} above {}", class.name);
            }
        }
    }

    #[test]
    fn a_type_has_the_fields_it_inherits_with_its_own_defaults() {
        let class =
            contract().class("as.dto.sample.search.SampleSearchCriteria").unwrap();
        assert_eq!(class.shape, Shape::Class);
        assert_eq!(class.field("operator").unwrap().fresh, Fresh::Text("AND"));
        assert_eq!(class.field("negated").unwrap().ty, Type::Flag(Form::Primitive));
        let options =
            contract().class("as.dto.sample.fetchoptions.SampleFetchOptions").unwrap();
        assert_eq!(options.field("sortBy").unwrap().flow, Flow::Out);
        assert_eq!(options.field("cacheMode").unwrap().fresh, Fresh::Text("NO_CACHE"));
    }

    #[test]
    fn the_table_is_what_its_source_gives() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let sources = ["../shared", "../../shared"]
            .map(|up| root.join(up).join("openbis/api.json"));
        let Some(source) = sources.iter().find(|source| source.is_file()) else {
            println!("skipped: no list of the interface beside the project");
            return;
        };
        let made = Command::new("python3")
            .arg(root.join("tests/contract/make.py"))
            .arg(source)
            .output()
            .expect("python3 makes the table");
        assert!(
            made.stdout == include_bytes!("contract.txt"),
            "made anew it is different"
        );
    }

    #[test]
    fn methods_are_found_by_service_and_name() {
        let imports =
            |api| contract_of(api).methods(Service::As, "executeImport").count();
        assert_eq!((imports(Api::Of2023), imports(Api::Newer)), (0, 1));
        let mut found = contract().methods(Service::As, "searchSamples");
        let search = found.next().unwrap();
        assert_eq!(search.params[0], ("sessionToken", Type::Text));
        assert!(contract().methods(Service::Dss, "login").next().is_none());
        assert!(
            contract().is_a("as.dto.space.id.SpacePermId", "as.dto.space.id.ISpaceId")
        );
    }
}
