//! What of a search is no criterion: sort, count, columns.
use rhai::{Array, Dynamic, INT};

use crate::model::{Fetch, Kind, Sort};
use crate::script::ordering::Order;
use crate::script::value::{mismatch, text};
use crate::script::{ScriptError, attributes, nearest};

/// The arguments that every search has.
pub(super) const NAMES: &[&str] =
    &["where", "sort", "count", "start_with", "attrs", "props"];

#[derive(Default)]
pub(super) struct Options {
    pub(super) sort: Vec<Sort>,
    /// What the server cannot sort by.
    pub(super) orders: Vec<Order>,
    pub(super) from: u64,
    pub(super) count: Option<u64>,
    pub(super) attrs: Vec<String>,
    pub(super) props: Vec<String>,
}

impl Options {
    /// Takes an argument if it is one of ours.
    pub(super) fn take(
        &mut self,
        kind: Kind,
        name: &str,
        given: &Dynamic,
    ) -> Result<bool, ScriptError> {
        match name {
            "sort" if is_sorted_here(kind) => {
                self.orders = orders(kind, &texts(name, given)?)?;
            }
            "sort" => self.sort = sorts(kind, &texts(name, given)?)?,
            "count" | "start_with" if given.is_unit() => {}
            "count" => self.count = Some(number(name, given)?),
            "start_with" => self.from = number(name, given)?,
            "attrs" => self.attrs = texts(name, given)?,
            "props" => self.props = texts(name, given)?,
            // Of pyBIS: here nothing is remembered, and objects are always there.
            "use_cache" | "only_data" | "raw_response" => {}
            "save_to_disk" if kind == Kind::PersonalAccessToken => {}
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Asks for what the columns show.
    pub(super) fn columns_into(&self, fetch: &mut Fetch) -> Result<(), ScriptError> {
        self.attrs.iter().try_for_each(|path| include(fetch, path))
    }
}

/// Asks for everything on a dotted path.
fn include(fetch: &mut Fetch, path: &str) -> Result<(), ScriptError> {
    let mut at = fetch;
    for name in path.split('.') {
        let Some(field) = attributes::field(at.kind, name) else {
            let error = ScriptError::invalid(format!("no column `{path}`"));
            let hint = nearest::hint(name, &attributes::names(at.kind));
            return Err(hint.into_iter().fold(error, ScriptError::hint));
        };
        if field.asked {
            at = at.add(field.name);
        }
    }
    Ok(())
}

fn number(name: &str, given: &Dynamic) -> Result<u64, ScriptError> {
    let number = given.as_int().ok().and_then(|number: INT| u64::try_from(number).ok());
    number.ok_or_else(|| mismatch(name, "a whole number", given))
}

fn texts(name: &str, given: &Dynamic) -> Result<Vec<String>, ScriptError> {
    let list = match given.read_lock::<Array>() {
        Some(items) => items.iter().map(text).collect::<Option<Vec<String>>>(),
        None if given.is_unit() => Some(Vec::new()),
        None => text(given).map(|text| vec![text]),
    };
    list.ok_or_else(|| mismatch(name, "a name or a list of names", given))
}

/// `code`, `-registrationDate`, `$NAME`: attributes by name, else properties by code.
fn sorts(kind: Kind, names: &[String]) -> Result<Vec<Sort>, ScriptError> {
    let directed = names.iter().map(|name| directed(name));
    directed
        .map(|(name, ascending)| Ok(Sort { field: sort_field(kind, name)?, ascending }))
        .collect()
}

/// A name and whether it is to ascend.
fn directed(name: &str) -> (&str, bool) {
    name.strip_prefix('-').map_or((name, true), |name| (name, false))
}

/// Kinds of which the server gives all at once, and in no order.
fn is_sorted_here(kind: Kind) -> bool {
    kind.spec().sort_key.is_empty()
}

fn orders(kind: Kind, names: &[String]) -> Result<Vec<Order>, ScriptError> {
    let order = |(name, ascending)| {
        let field = attributes::field(kind, name).filter(|field| field.is_plain());
        let field = field.ok_or_else(|| {
            let message = format!("{} cannot be sorted by `{name}`", kind.spec().nouns());
            let plain = kind.spec().fields.iter().filter(|field| field.is_plain());
            let names: Vec<&str> = plain.map(|field| field.name).collect();
            ScriptError::invalid(message).hint(format!("by one of {}", names.join(", ")))
        })?;
        Ok(Order { field: field.name, ascending })
    };
    names.iter().map(|name| order(directed(name))).collect()
}

/// The attributes that the server sorts by.
const SORTED: &[&str] =
    &["code", "permId", "identifier", "type", "registrationDate", "modificationDate"];

fn sort_field(kind: Kind, name: &str) -> Result<String, ScriptError> {
    if let Some(field) = attributes::field(kind, name) {
        if SORTED.contains(&field.name) {
            return Ok(constant(field.name));
        }
    } else if kind.spec().has_properties() {
        return Ok(format!("PROPERTY{}", name.to_uppercase()));
    }
    let message = format!("{} cannot be sorted by `{name}`", kind.spec().nouns());
    Err(ScriptError::invalid(message).hint(format!("by one of {}", SORTED.join(", "))))
}

/// `registrationDate` as `REGISTRATION_DATE`.
fn constant(name: &str) -> String {
    let mut constant = String::new();
    for c in name.chars() {
        if c.is_uppercase() {
            constant.push('_');
        }
        constant.extend(c.to_uppercase());
    }
    constant
}
