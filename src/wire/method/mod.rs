//! Any method of the contract, called with what a script gives: checked and completed
//! against the declared types, so that nothing is sent that the server would not read.
mod answer;
mod effect;
mod kept;
mod object;
mod operation;
mod write;

use serde_json::{Value as Json, json};

use super::bean::{Api, Method, Service, Type, contract_of};
use crate::model::Argument;

pub(super) use answer::typed;
pub use effect::Effect;
pub use kept::{read_answer, without_secrets, write_answer};
use write::Writer;

/// What does not fit the method.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Misfit {
    pub message: String,
    /// What was given in place of one of `known`.
    pub given: String,
    /// What there is.
    pub known: Vec<String>,
    /// What would be right.
    pub expected: Option<String>,
}

impl Misfit {
    pub(super) fn new(message: impl Into<String>) -> Self {
        let (given, known) = Default::default();
        Self { message: message.into(), given, known, expected: None }
    }

    fn unknown(message: impl Into<String>, given: &str, known: Vec<String>) -> Self {
        Self { given: given.to_owned(), known, ..Self::new(message) }
    }

    fn expected(self, what: impl Into<String>) -> Self {
        Self { expected: Some(what.into()), ..self }
    }
}

/// A call of a method by its name.
#[derive(Clone, Debug)]
pub struct Asked {
    method: &'static Method,
    params: Vec<Json>,
    /// What of it only newer servers have.
    newer: Option<String>,
    /// Whether the answer comes as plain objects, even where rhobis knows their kind.
    pub(super) plain: bool,
}

/// In front of a method of the data store server that the application server has as well.
const DATA_STORE: &str = "dss.";

impl Asked {
    /// A call with these parameters, without the session token. Fetch options, criteria and
    /// other objects at the end may be left out.
    ///
    /// # Errors
    /// Where there is no such method, and where a parameter does not fit it.
    pub fn new(name: &str, params: &[Argument]) -> Result<Self, Misfit> {
        let method = method(name, params.len())?;
        let mut writer = Writer::of(method);
        let mut written = Vec::new();
        for (place, (param, ty)) in own_params(method).enumerate() {
            writer.enter(param);
            written.push(match params.get(place) {
                Some(given) => writer.write(ty, given)?,
                None => writer.fresh(ty)?,
            });
            writer.leave();
        }
        let newer = method.newer.then(|| format!("`{}`", method.name));
        let newer = newer.or(writer.newer);
        Ok(Self { method, params: written, newer, plain: false })
    }

    /// With an answer of plain objects, even where rhobis knows their kind.
    pub fn plainly(self) -> Self {
        Self { plain: true, ..self }
    }

    pub fn name(&self) -> &'static str {
        self.method.name
    }

    /// `AS` or `DSS`.
    pub fn service(&self) -> &'static str {
        match self.method.service {
            Service::As => "AS",
            Service::Dss => "DSS",
        }
    }

    /// What the method does to openBIS.
    pub fn effect(&self) -> Effect {
        Effect::of(self.method.name)
    }

    /// What of it only newer servers have, where it is so.
    pub fn newer(&self) -> Option<&str> {
        self.newer.as_deref()
    }

    /// Whether the method is for those only who are logged in.
    pub fn needs_session(&self) -> bool {
        has_token(self.method)
    }

    pub fn returns(&self) -> &'static Type {
        &self.method.returns
    }

    pub(super) fn to_json(&self, token: &str) -> String {
        let mut params = self.params.clone();
        if self.needs_session() {
            params.insert(0, json!(token));
        }
        json!({ "jsonrpc": "2.0", "id": "1", "method": self.method.name, "params": params })
            .to_string()
    }
}

/// The names of all methods, for completion and hints.
pub fn method_names() -> Vec<&'static str> {
    let all = contract_of(Api::Newer).all_methods();
    let mut names: Vec<&str> = all.map(|method| method.name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The method of this name that fits so many parameters best.
fn method(name: &str, given: usize) -> Result<&'static Method, Misfit> {
    // Newer methods are marked as such by the table of the older server.
    let all = contract_of(Api::Of2023).all_methods();
    let (services, name) = match name.strip_prefix(DATA_STORE) {
        Some(name) => (&[Service::Dss][..], name),
        None => (&[Service::As, Service::Dss][..], name),
    };
    let mut found: Vec<&Method> = all
        .filter(|method| method.name == name && services.contains(&method.service))
        .collect();
    found.sort_by_key(|method| {
        let place = services.iter().position(|service| *service == method.service);
        (place, own_params(method).count().abs_diff(given))
    });
    let Some(method) = found.first() else {
        let known = method_names().into_iter().map(str::to_owned).collect();
        return Err(Misfit::unknown(format!("no method `{name}`"), name, known));
    };
    let takes = own_params(method).count();
    if given <= takes {
        return Ok(method);
    }
    let message = format!("`{name}` takes {takes} parameters, not {given}");
    Err(Misfit::new(message).expected(signature(method)))
}

/// `searchSpaces(searchCriteria: SpaceSearchCriteria, …)`
pub(super) fn signature(method: &'static Method) -> String {
    let params = own_params(method).map(|(name, ty)| format!("{name}: {}", said(ty)));
    format!("{}({})", method.name, params.collect::<Vec<_>>().join(", "))
}

/// The parameters without the session token.
fn own_params(
    method: &'static Method,
) -> impl Iterator<Item = (&'static str, &'static Type)> {
    let params = method.params.iter().skip(usize::from(has_token(method)));
    params.map(|(name, ty)| (*name, ty))
}

fn has_token(method: &Method) -> bool {
    method.params.first().is_some_and(|(name, _)| *name == "sessionToken")
}

/// A type as people read it.
fn said(ty: &Type) -> String {
    match ty {
        Type::Void | Type::Any => "anything".to_owned(),
        Type::Text => "a text".to_owned(),
        Type::Flag(_) => "`true` or `false`".to_owned(),
        Type::Int(_) | Type::Long(_) => "a whole number".to_owned(),
        Type::Double | Type::Number => "a number".to_owned(),
        Type::Date => "a time".to_owned(),
        Type::Bytes => "bytes".to_owned(),
        Type::List(item) => format!("a list of {}", said(item)),
        Type::Map(value) => format!("a map to {}", said(value)),
        Type::Named(class) => simple(class).to_owned(),
    }
}

/// A class without its package.
fn simple(class: &str) -> &str {
    class.rsplit('.').next().unwrap_or(class)
}
