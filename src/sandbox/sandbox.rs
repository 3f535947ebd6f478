use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::rpc::{self, Answer, Calls};
use super::session::Sessions;
use super::store::Store;
use super::{Clock, Error, Settings, dispatch, implied};
use crate::wire::Fault;
use crate::wire::bean::{Graph, Method, Node, Request, Service};

/// A small openBIS. Requests are carried out one after the other, each wholly or not at all.
pub struct Sandbox {
    state: Mutex<State>,
    pub(super) settings: Settings,
}

/// Everything that requests change.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) store: Store,
    pub(super) sessions: Sessions,
    /// The ids of executions that clients gave: each counts once.
    pub(super) executions: BTreeSet<String>,
}

impl Sandbox {
    /// Opens a sandbox; a new one is seeded.
    pub fn open(settings: Settings) -> Result<Self, Error> {
        let mut store = Store::open(settings.data.as_deref())?;
        if store.is_empty() {
            super::seed::plant(&mut store, &settings)?;
            store.commit()?;
        }
        let state = Mutex::new(State {
            store,
            sessions: Sessions::default(),
            executions: BTreeSet::new(),
        });
        Ok(Self { state, settings })
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn clock(&self) -> &Arc<dyn Clock> {
        &self.settings.clock
    }

    /// Answers a request: JSON-RPC in and out. The service is `application-server` or
    /// `data-store-server`.
    pub fn answer(&self, service: &str, request: &str) -> Answer {
        let service =
            if service.contains("data-store") { Service::Dss } else { Service::As };
        rpc::answer(self, service, request)
    }
}

impl Calls for Sandbox {
    fn call(
        &self,
        method: &'static Method,
        mut request: Request,
    ) -> Result<(Graph, Node), Fault> {
        implied::complete(&mut request.graph);
        dispatch::call(self, method.name, &request)
    }
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sandbox")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
