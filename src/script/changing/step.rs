use std::collections::BTreeMap;

use crate::model::{Change, Id, Timestamp, Value};
use crate::script::{Entity, ScriptError};

/// A change on its way, with what is known of the objects before it.
#[derive(Clone, Debug)]
pub struct Step {
    pub change: Change,
    /// How people know the objects, one for each.
    pub labels: Vec<String>,
    /// What the edited fields held, as far as it is known.
    pub before: BTreeMap<&'static str, Value>,
    /// When the object was last changed, as far as it is known.
    pub modified: Option<Timestamp>,
}

impl Step {
    /// Objects that are known by nothing but their names.
    pub(in crate::script) fn of_ids(change: Change, ids: &[Id]) -> Self {
        let labels = ids.iter().map(ToString::to_string).collect();
        Self { change, labels, before: BTreeMap::new(), modified: None }
    }

    /// Several objects that are at hand.
    pub(in crate::script) fn of_entities(change: Change, entities: &[Entity]) -> Self {
        let labels = entities.iter().map(Entity::label).collect();
        Self { change, labels, before: BTreeMap::new(), modified: None }
    }

    /// What was changed of an object, or its creation.
    pub(in crate::script) fn of(entity: &Entity) -> Result<Self, ScriptError> {
        let record = entity.record();
        let modified = match record.get("modificationDate") {
            Ok(Some(Value::Time(time))) => Some(*time),
            Ok(_) | Err(_) => None,
        };
        let edits = record.edits().clone();
        let known = |name: &&'static str| Some((*name, record.before(name)?.clone()));
        let before = edits.keys().filter_map(|name| known(&name)).collect();
        let change = match record.id() {
            Some(id) => Change::Update { id: id.clone(), edits },
            None => Change::Create(record),
        };
        Ok(Self { change, labels: vec![entity.label()], before, modified })
    }
}
