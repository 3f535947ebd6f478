use std::sync::{Arc, Mutex};

use super::transaction::within;
use crate::model::Change;
use crate::script::session::lock;
use crate::script::{Entity, ScriptError, Session, Step, saving};

/// Objects whose changes are to be made together: copies are the same transaction.
#[derive(Clone)]
pub struct Transaction {
    session: Session,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    entities: Vec<Entity>,
    reason: Option<String>,
}

/// Why something is deleted, where nobody has said it.
const NO_REASON: &str = "No reason given";

impl Transaction {
    pub(in crate::script) fn new(session: &Session) -> Self {
        Self { session: session.clone(), state: Arc::default() }
    }

    /// New objects get a name by which others may name them.
    pub(in crate::script) fn add(&self, entities: Vec<Entity>) {
        let mut state = lock(&self.state);
        for entity in entities {
            if entity.is_unsaved()
                && entity.expected().is_none()
                && let Some(name) =
                    self.session.host().desk.name(&self.session, entity.kind())
            {
                entity.expect(name);
            }
            if !state.entities.iter().any(|other| other.is_same(&entity)) {
                state.entities.push(entity);
            }
        }
    }

    /// Makes all changes; of how many objects.
    pub(in crate::script) fn commit(&self) -> Result<usize, ScriptError> {
        let (entities, reason) = {
            let state = lock(&self.state);
            (state.entities.clone(), state.reason())
        };
        let (marked, kept): (Vec<Entity>, Vec<Entity>) =
            entities.into_iter().partition(Entity::is_marked);
        within(&self.session, || {
            let saved = saving::save(&kept)?;
            let deleted: Vec<&Entity> =
                marked.iter().filter(|entity| !entity.is_unsaved()).collect();
            for entity in &deleted {
                let ids = vec![entity.id()?];
                let change = Change::Delete { ids, reason: reason.clone() };
                let one = std::slice::from_ref(*entity);
                self.session.submit(vec![Step::of_entities(change, one)])?;
            }
            Ok::<usize, ScriptError>(saved + deleted.len())
        })
        .inspect(|_| marked.iter().for_each(|entity| entity.mark(false)))
    }

    pub(in crate::script) fn reason(&self) -> String {
        lock(&self.state).reason()
    }

    pub(in crate::script) fn set_reason(&self, reason: &str) {
        lock(&self.state).reason = Some(reason.to_owned());
    }
}

impl State {
    fn reason(&self) -> String {
        self.reason.clone().unwrap_or_else(|| NO_REASON.to_owned())
    }
}
