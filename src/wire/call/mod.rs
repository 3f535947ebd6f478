//! What a client asks, as JSON-RPC text.
mod changes;
mod creation;
mod criteria;
mod fetch;
pub(super) mod ids;
mod operations;
mod update;
mod values;

use serde_json::{Value as Json, json};

pub use criteria::is_searchable;
pub(super) use operations::id as execution_id;

use super::method::Asked;
use super::{Error, Fault, Reply, names};
use crate::model::{Change, Criteria, Fetch, Id, Kind, Spec, Verb};

/// A call of the V3 API, as far as rhobis makes it.
#[derive(Clone, Copy, Debug)]
pub enum Call<'a> {
    Login {
        user: &'a str,
        password: &'a str,
    },
    /// As somebody else, which an administrator may.
    LoginAs {
        user: &'a str,
        password: &'a str,
        other: &'a str,
    },
    /// As the one that the server knows for those without a name.
    LoginAnonymously,
    Logout,
    IsSessionActive,
    SessionInformation,
    ServerInformation,
    PermIds {
        count: u32,
    },
    /// New codes for an entity kind, as the server calls it: `SAMPLE`.
    Codes {
        prefix: &'a str,
        entity_kind: &'a str,
        count: u32,
    },
    Get {
        ids: &'a [Id],
        fetch: &'a Fetch,
    },
    Search {
        criteria: &'a Criteria,
        fetch: &'a Fetch,
    },
    /// Changes of one kind and verb, in one call.
    Change {
        changes: &'a [Change],
    },
    /// Changes of any kind, all or none of them.
    Execute {
        changes: &'a [Change],
        execution: Execution<'a>,
    },
    /// Any method, by its name.
    Any(&'a Asked),
    /// What the server remembers of a transaction.
    Executed {
        id: &'a str,
    },
}

/// How the server keeps a transaction in mind.
#[derive(Clone, Copy, Debug)]
pub struct Execution<'a> {
    /// Made by the client: the server carries out one transaction of a name, never two.
    pub id: &'a str,
    pub description: &'a str,
    /// Whether it is carried out after the answer.
    pub asynchronous: bool,
}

impl Call<'_> {
    /// The name of the method.
    pub fn method(&self) -> String {
        let name = match self {
            Self::Login { .. } => "login",
            Self::LoginAs { .. } => "loginAs",
            Self::LoginAnonymously => "loginAsAnonymousUser",
            Self::Logout => "logout",
            Self::IsSessionActive => "isSessionActive",
            Self::SessionInformation => "getSessionInformation",
            Self::ServerInformation => "getServerInformation",
            Self::PermIds { .. } => "createPermIdStrings",
            Self::Codes { .. } => "createCodes",
            Self::Execute { .. } => "executeOperations",
            Self::Executed { .. } => "getOperationExecutions",
            Self::Get { fetch, .. } => {
                return names::method(fetch.kind.spec(), Verb::Get);
            }
            Self::Search { criteria, .. } => {
                return names::method(criteria.kind.spec(), Verb::Search);
            }
            Self::Change { changes } => return changes::method(changes),
            Self::Any(asked) => asked.name(),
        };
        name.to_owned()
    }

    /// Whether the answer tells of operations, not of objects.
    fn is_about_operations(&self) -> bool {
        matches!(self, Self::Execute { .. } | Self::Executed { .. })
    }

    /// The request with this session token.
    pub fn to_json(&self, token: &str) -> String {
        if let Some(asked) = self.asked() {
            return asked.to_json(token);
        }
        let mut params = self.params();
        if !self.begins_session() {
            params.insert(0, json!(token));
        }
        json!({ "jsonrpc": "2.0", "id": "1", "method": self.method(), "params": params })
            .to_string()
    }

    fn begins_session(&self) -> bool {
        matches!(self, Self::Login { .. } | Self::LoginAs { .. } | Self::LoginAnonymously)
    }

    /// Which of the two servers has the method: `AS` or `DSS`.
    pub fn service(&self) -> &'static str {
        self.asked().map_or("AS", Asked::service)
    }

    /// Reads the answer to this call, which asked for `fetch`.
    pub fn read(
        &self,
        answer: &str,
        fetch: Option<&Fetch>,
    ) -> Result<Result<Reply, Fault>, Error> {
        match self.asked() {
            Some(asked) => Reply::read_any(answer, asked),
            None if self.is_about_operations() => Reply::read_plain(answer),
            None => Reply::read(answer, fetch),
        }
    }

    fn asked(&self) -> Option<&Asked> {
        if let Self::Any(asked) = self { Some(asked) } else { None }
    }

    /// The parameters behind the session token.
    fn params(&self) -> Vec<Json> {
        match *self {
            Self::Login { user, password } => vec![json!(user), json!(password)],
            Self::LoginAs { user, password, other } => {
                vec![json!(user), json!(password), json!(other)]
            }
            Self::LoginAnonymously
            | Self::Logout
            | Self::IsSessionActive
            | Self::SessionInformation
            | Self::ServerInformation
            | Self::Any(_) => Vec::new(),
            Self::PermIds { count } => vec![json!(count)],
            Self::Codes { prefix, entity_kind, count } => {
                vec![json!(prefix), json!(entity_kind), json!(count)]
            }
            Self::Get { ids, fetch } => vec![ids::list(ids), fetch::options(fetch)],
            Self::Search { criteria, fetch } => {
                vec![criteria::criteria(criteria), fetch::options(fetch)]
            }
            Self::Change { changes } => changes::params(changes),
            Self::Execute { changes, execution } => {
                vec![operations::operations(changes), operations::options(execution)]
            }
            Self::Executed { id } => {
                vec![json!([operations::id(id)]), operations::remembered()]
            }
        }
    }
}

fn spec_of(change: &Change) -> &'static Spec {
    change.kind().unwrap_or(Kind::DataSet).spec()
}

#[cfg(test)]
mod tests;
