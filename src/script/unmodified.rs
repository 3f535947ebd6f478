//! Refuses to overwrite what somebody else has changed since it was read.
use std::collections::BTreeMap;

use rhai::Map;

use super::{Entity, ErrorKind, ScriptError, columns};
use crate::model::{Fetch, Id, Kind, Record};

const WHEN: &str = "modificationDate";

/// Takes `if_unmodified` out of the options.
pub(super) fn wanted(options: &mut Map) -> Result<bool, ScriptError> {
    let Some(given) = options.remove("if_unmodified") else { return Ok(false) };
    given.as_bool().map_err(|_| {
        ScriptError::invalid(format!("`if_unmodified` takes no `{given}`"))
            .hint("it is `true` or `false`")
    })
}

/// Asks, in a call for each kind, when the objects that are to be changed were changed last.
/// openBIS knows no such condition: what is changed in between the two calls is not seen.
pub(super) fn check(entities: &[Entity]) -> Result<(), ScriptError> {
    let mut kinds: BTreeMap<Kind, Vec<(&Entity, Id)>> = BTreeMap::new();
    for entity in entities.iter().filter(|it| !it.is_unsaved() && it.has_changes()) {
        if entity.kind().spec().field(WHEN).is_some() {
            kinds.entry(entity.kind()).or_default().push((entity, entity.id()?));
        }
    }
    for (kind, known) in kinds {
        let ids: Vec<Id> = known.iter().map(|(_, id)| id.clone()).collect();
        let mut fetch = Fetch::plain(kind);
        if kind.spec().field("modifier").is_some() {
            fetch.add("modifier");
        }
        let Some((first, _)) = known.first() else { continue };
        let now = first.session().records(&ids, &fetch)?;
        for ((entity, _), now) in known.iter().zip(now) {
            check_one(entity, now)?;
        }
    }
    Ok(())
}

fn check_one(entity: &Entity, now: Option<Record>) -> Result<(), ScriptError> {
    let label = entity.label();
    let Some(now) = now else {
        let message = format!("`{label}` is no longer there");
        return Err(ScriptError::new(ErrorKind::Conflict, message));
    };
    if now.get(WHEN).ok().flatten() == entity.value(WHEN)?.as_ref() {
        return Ok(());
    }
    let latest = Entity::new(entity.session(), now);
    let told = |name| super::attributes::get(&latest, name).map(|it| columns::text(&it));
    let (who, when) = (told("modifier"), told(WHEN)?);
    let by = who.ok().filter(|who| !who.is_empty());
    let by = by.map(|who| format!(" by `{who}`")).unwrap_or_default();
    let message = format!("`{label}` was changed{by} at {when}, after it was read");
    let hint = "read it again, and change it then; nothing was sent";
    Err(ScriptError::new(ErrorKind::Conflict, message).hint(hint))
}

/// Whether there are options at all that somebody gave by mistake.
pub(super) fn alone(options: &Map) -> Result<(), ScriptError> {
    match options.keys().next() {
        None => Ok(()),
        Some(other) => Err(ScriptError::invalid(format!("there is no option `{other}`"))
            .hint("there is `if_unmodified`")),
    }
}
