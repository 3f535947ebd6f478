//! How updates say what is to change.
use std::collections::BTreeMap;

use crate::model::Kind;
use crate::sandbox::ids::{self, Lookup};
use crate::sandbox::store::{NULL, Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

/// What a `FieldUpdateValue` wants: nothing, or a new value, which may be null.
pub(crate) fn value<'g>(update: View<'g>, field: &str) -> Option<&'g Node> {
    let change = update.inner(field)?;
    change.flag("isModified").then(|| change.get("value"))
}

/// One step of a `ListUpdateValue`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Step<'g> {
    Set(&'g [Node]),
    Add(&'g [Node]),
    Remove(&'g [Node]),
}

/// The steps of a `ListUpdateValue`, in the order they were given.
pub(crate) fn steps<'g>(update: View<'g>, field: &str) -> Vec<Step<'g>> {
    update.inner(field).map(steps_of).unwrap_or_default()
}

/// The steps of one `ListUpdateValue`.
pub(crate) fn steps_of(change: View<'_>) -> Vec<Step<'_>> {
    let steps = change.inners("actions").filter_map(|action| {
        let items = action.list("items");
        match action.name() {
            "ListUpdateActionSet" => Some(Step::Set(items)),
            "ListUpdateActionAdd" => Some(Step::Add(items)),
            "ListUpdateActionRemove" => Some(Step::Remove(items)),
            _ => None,
        }
    });
    steps.collect()
}

/// The objects that a step names; those that are to be taken out need not be there.
pub(crate) fn named(
    work: &Work<'_>,
    kind: Kind,
    update: View<'_>,
    step: Step<'_>,
) -> Result<Vec<Number>, Fault> {
    let (Step::Set(items) | Step::Add(items) | Step::Remove(items)) = step;
    let mut named = Vec::new();
    for id in items.iter().filter_map(|item| update.view_of(item)) {
        match step {
            Step::Remove(_) => {
                named.extend(ids::find(work, kind, id, Lookup::Reference)?);
            }
            Step::Set(_) | Step::Add(_) => named.push(ids::require(work, kind, id)?),
        }
    }
    Ok(named)
}

/// Steps as attachments and assignments take them: removals, then additions, then the last
/// replacement.
pub(crate) fn settled(steps: Vec<Step<'_>>) -> Vec<Step<'_>> {
    let mut steps = sets_last(steps);
    steps.sort_by_key(|step| match step {
        Step::Remove(_) => 0,
        Step::Add(_) => 1,
        Step::Set(_) => 2,
    });
    steps
}

/// Steps as metaData takes them: in the order given, the last replacement behind them.
fn sets_last(mut steps: Vec<Step<'_>>) -> Vec<Step<'_>> {
    let last_set = steps.iter().rposition(|step| matches!(step, Step::Set(_)));
    let last_set = last_set.map(|place| steps[place]);
    steps.retain(|step| !matches!(step, Step::Set(_)));
    steps.extend(last_set);
    steps
}

/// Sets or clears a plain text field that an update changes.
pub(crate) fn text(
    work: &mut Work<'_>,
    number: Number,
    update: View<'_>,
    field: &'static str,
) {
    match value(update, field) {
        Some(Node::Text(text)) => {
            work.store.set(number, field, Slot::from(text.as_str()));
        }
        Some(_) => work.store.clear(number, field),
        None => {}
    }
}

/// The metaData of a creation.
pub(crate) fn meta_data(creation: View<'_>) -> Slot {
    Slot::Map(pairs(creation.map("metaData")).collect())
}

/// Changes the metaData of an object.
pub(crate) fn update_meta_data(
    work: &mut Work<'_>,
    number: Number,
    update: View<'_>,
) -> Result<(), Fault> {
    let steps = sets_last(steps(update, "metaData"));
    if steps.is_empty() {
        return Ok(());
    }
    let mut map: BTreeMap<String, String> =
        work.object(number)?.map("metaData").cloned().unwrap_or_default();
    for step in steps {
        match step {
            Step::Remove(keys) => {
                map.retain(|key, _| !keys.contains(&Node::from(key.as_str())));
            }
            Step::Add(items) => map.extend(all_pairs(items)),
            // To set nothing changes nothing.
            Step::Set(items) if all_pairs(items).next().is_none() => {}
            Step::Set(items) => map = all_pairs(items).collect(),
        }
    }
    work.store.set(number, "metaData", Slot::Map(map));
    Ok(())
}

fn all_pairs(items: &[Node]) -> impl Iterator<Item = (String, String)> {
    items.iter().flat_map(|item| match item {
        Node::Map(map) => pairs(map),
        _ => pairs(&[]),
    })
}

fn pairs(map: &[(String, Node)]) -> impl Iterator<Item = (String, String)> {
    map.iter().filter_map(|(key, node)| match node {
        Node::Text(text) => Some((key.clone(), text.clone())),
        Node::Null => Some((key.clone(), NULL.to_owned())),
        _ => None,
    })
}
