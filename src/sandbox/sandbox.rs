use std::sync::{Arc, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::login::own_sessions;
use super::plain::{Downloads, Jobs};
use super::rpc::{self, Answer, Calls};
use super::session::Sessions;
use super::store::Store;
use super::{Clock, Error, Settings, dispatch, implied};
use crate::wire::Fault;
use crate::wire::bean::{Graph, Method, Node, Request, Service};

/// A small openBIS. Requests that change something are carried out one after the other, each
/// wholly or not at all; those that only read go beside each other.
pub struct Sandbox {
    state: Arc<RwLock<State>>,
    pub(super) settings: Settings,
    /// Where it is served.
    address: OnceLock<String>,
    pub(super) crates: Jobs,
    pub(super) downloads: Downloads,
}

/// Everything that requests change.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) store: Store,
    pub(super) sessions: Sessions,
}

impl Sandbox {
    /// Opens a sandbox; a new one is seeded.
    pub fn open(settings: Settings) -> Result<Self, Error> {
        let mut store = Store::open(settings.data.as_deref())?;
        if store.is_empty() {
            super::seed::plant(&mut store, &settings)?;
            store.commit()?;
        }
        super::executions::end_left_over(&mut store, settings.clock.now());
        store.commit()?;
        let sessions = own_sessions(&store, settings.clock.now());
        let state = Arc::new(RwLock::new(State { store, sessions }));
        Ok(Self {
            state,
            settings,
            address: OnceLock::new(),
            crates: Jobs::default(),
            downloads: Downloads::default(),
        })
    }

    /// The same store, for a thread of its own.
    pub(super) fn same(&self) -> Self {
        Self {
            state: Arc::clone(&self.state),
            settings: self.settings.clone(),
            address: self.address.clone(),
            crates: Jobs::default(),
            downloads: Downloads::default(),
        }
    }

    /// To read, beside others.
    pub(super) fn shared(&self) -> RwLockReadGuard<'_, State> {
        if self.state.is_poisoned() {
            drop(self.alone());
        }
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// To change something, alone. What a request left half done that ended in a panic is
    /// taken back.
    pub(super) fn alone(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(|poisoned| {
            let mut state = poisoned.into_inner();
            state.store.rollback();
            self.state.clear_poison();
            state
        })
    }

    pub(super) fn clock(&self) -> &Arc<dyn Clock> {
        &self.settings.clock
    }

    /// Says where it is served, which newer servers tell of themselves.
    pub fn served_at(&self, address: &str) {
        // Where it was said before, it is the same.
        let _ = self.address.set(address.to_owned());
    }

    pub(super) fn address(&self) -> Option<&str> {
        self.address.get().map(String::as_str)
    }

    /// Answers a request: JSON-RPC in and out. The service is `application-server` or
    /// `data-store-server`.
    pub fn answer(&self, service: &str, request: &str) -> Answer {
        rpc::answer(self, service_of(service), request)
    }
}

/// The service of a name.
pub(super) fn service_of(name: &str) -> Service {
    if name.contains("data-store") { Service::Dss } else { Service::As }
}

impl Calls for Sandbox {
    fn dialect(&self) -> crate::wire::bean::Dialect {
        self.settings.dialect
    }

    fn call(
        &self,
        method: &'static Method,
        mut request: Request,
    ) -> Result<(Graph, Node), Fault> {
        implied::complete(&mut request.graph);
        dispatch::call(self, method.name, request)
    }
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sandbox")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Timestamp;
    use crate::sandbox::{Seed, StoppedClock};
    use std::path::Path;

    const NOON: Timestamp = Timestamp(1_700_000_000_000);

    fn open(data: Option<&Path>) -> Sandbox {
        opened(data, Arc::new(StoppedClock::at(NOON)))
    }

    fn opened(data: Option<&Path>, clock: Arc<StoppedClock>) -> Sandbox {
        let settings = Settings {
            seed: Seed::Empty,
            users: vec![("admin".to_owned(), "pw".to_owned())],
            any_password: false,
            anonymous_user: None,
            dialect: crate::wire::bean::Dialect::default(),
            data: data.map(Path::to_owned),
            clock,
        };
        Sandbox::open(settings).unwrap()
    }

    fn call(sandbox: &Sandbox, method: &str, params: &str) -> String {
        let request = format!(
            r#"{{"jsonrpc":"2.0","id":"1","method":"{method}","params":[{params}]}}"#
        );
        sandbox.answer("application-server", &request).body
    }

    fn login(sandbox: &Sandbox) -> String {
        let body = call(sandbox, "login", r#""admin","pw""#);
        let token = body.split('"').find(|part| part.starts_with("admin-"));
        format!("\"{}\"", token.unwrap())
    }

    fn create(sandbox: &Sandbox, token: &str, codes: &[&str]) -> String {
        let creations: Vec<String> = codes
            .iter()
            .map(|code| {
                let class = "as.dto.space.create.SpaceCreation";
                format!(r#"{{"@type":"{class}","code":"{code}"}}"#)
            })
            .collect();
        let params = format!("{token},[{}]", creations.join(","));
        call(sandbox, "createSpaces", &params)
    }

    fn get(sandbox: &Sandbox, token: &str, code: &str) -> String {
        let id =
            format!(r#"{{"@type":"as.dto.space.id.SpacePermId","permId":"{code}"}}"#);
        let options = r#"{"@type":"as.dto.space.fetchoptions.SpaceFetchOptions"}"#;
        call(sandbox, "getSpaces", &format!("{token},[{id}],{options}"))
    }

    #[test]
    fn a_request_that_fails_leaves_nothing_behind() {
        let sandbox = open(None);
        let token = login(&sandbox);
        let body = create(&sandbox, &token, &["NEW", "DEFAULT"]);
        assert!(body.contains("Space already exists in the database"), "{body}");
        assert!(get(&sandbox, &token, "NEW").contains(r#""result":{}"#));
    }

    #[test]
    fn what_was_answered_is_there_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let sandbox = open(Some(folder.path()));
        create(&sandbox, &login(&sandbox), &["KEPT"]);
        drop(sandbox);
        let sandbox = open(Some(folder.path()));
        let body = get(&sandbox, &login(&sandbox), "KEPT");
        assert!(body.contains(r#""code":"KEPT""#), "{body}");
    }

    #[test]
    fn what_only_reads_is_answered_while_somebody_else_reads() {
        let sandbox = open(None);
        let token = login(&sandbox);
        let reading = sandbox.shared();
        let told = std::thread::scope(|scope| {
            scope.spawn(|| get(&sandbox, &token, "DEFAULT")).join().unwrap()
        });
        drop(reading);
        assert!(told.contains(r#""code":"DEFAULT""#), "{told}");
    }

    #[test]
    fn an_execution_id_counts_once() {
        let sandbox = open(None);
        let token = login(&sandbox);
        let id = r#"{"@type":"as.dto.operation.id.OperationExecutionPermId","permId":"run-1"}"#;
        let class = "as.dto.operation.SynchronousOperationExecutionOptions";
        let params = format!(r#"{token},[],{{"@type":"{class}","executionId":{id}}}"#);
        let first = call(&sandbox, "executeOperations", &params);
        assert!(first.contains(r#""results":[]"#), "{first}");
        let second = call(&sandbox, "executeOperations", &params);
        assert!(second.contains("Operation execution run-1 already exists"), "{second}");
    }

    #[test]
    fn what_an_execution_did_is_told_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let sandbox = open(Some(folder.path()));
        let token = login(&sandbox);
        let id = r#"{"@type":"as.dto.operation.id.OperationExecutionPermId","permId":"run-1"}"#;
        let operation = r#"{"@type":"as.dto.space.create.CreateSpacesOperation","creations":
            [{"@type":"as.dto.space.create.SpaceCreation","code":"LAB"}]}"#;
        let class = "as.dto.operation.SynchronousOperationExecutionOptions";
        let options = format!(r#"{{"@type":"{class}","executionId":{id}}}"#);
        call(&sandbox, "executeOperations", &format!("{token},[{operation}],{options}"));
        drop(sandbox);
        let sandbox = open(Some(folder.path()));
        let empty = r#"{"@type":"as.dto.common.fetchoptions.EmptyFetchOptions"}"#;
        let package = "as.dto.operation.fetchoptions.OperationExecution";
        let options = format!(
            r#"{{"@type":"{package}FetchOptions","details":
                {{"@type":"{package}DetailsFetchOptions","results":{empty}}}}}"#
        );
        let params = format!("{},[{id}],{options}", login(&sandbox));
        let told = call(&sandbox, "getOperationExecutions", &params);
        assert!(told.contains(r#""state":"FINISHED""#), "{told}");
        assert!(told.contains("CreateSpacesOperationResult[LAB]"), "{told}");
    }

    #[test]
    fn a_session_is_over_after_half_a_day_without_a_call() {
        let clock = Arc::new(StoppedClock::at(NOON));
        let sandbox = opened(None, clock.clone());
        let token = login(&sandbox);
        clock.advance(11 * 60 * 60 * 1000);
        assert!(get(&sandbox, &token, "DEFAULT").contains("result"));
        clock.advance(11 * 60 * 60 * 1000);
        assert!(get(&sandbox, &token, "DEFAULT").contains("result"));
        clock.advance(13 * 60 * 60 * 1000);
        let body = get(&sandbox, &token, "DEFAULT");
        assert!(body.contains("Session no longer available."), "{body}");
    }

    #[test]
    fn a_personal_access_token_holds_as_long_as_it_says() {
        let clock = Arc::new(StoppedClock::at(NOON));
        let sandbox = opened(None, clock.clone());
        let creation = format!(
            r#"{{"@type":"as.dto.pat.create.PersonalAccessTokenCreation",
                "sessionName":"app","validFromDate":{},"validToDate":{}}}"#,
            NOON.0,
            NOON.0 + 60_000
        );
        let params = format!("{},[{creation}]", login(&sandbox));
        let made = call(&sandbox, "createPersonalAccessTokens", &params);
        let token = made.split('"').find(|part| part.starts_with("$pat-")).unwrap();
        let token = format!("\"{token}\"");
        assert!(get(&sandbox, &token, "DEFAULT").contains(r#""code":"DEFAULT""#));
        clock.advance(60_001);
        let body = get(&sandbox, &token, "DEFAULT");
        assert!(body.contains("Personal access token is no longer valid."), "{body}");
    }

    #[test]
    fn a_wrong_password_is_no_error_and_gives_no_token() {
        let body = call(&open(None), "login", r#""admin","guess""#);
        assert!(body.contains(r#""result":null"#), "{body}");
    }
}
