//! Parents, children, containers and components of samples.
use std::collections::HashSet;

use super::changes::{self, Step};
use super::places::describe;
use super::{annotations, freezing};
use crate::model::Kind;
use crate::sandbox::fault::refused;
use crate::sandbox::ids::{self, Lookup, identifier};
use crate::sandbox::rights::{Action, place};
use crate::sandbox::store::{Number, Object, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::View;

/// Relates a new sample as its creation says.
pub(super) fn create(
    work: &mut Work<'_>,
    sample: Number,
    creation: View<'_>,
) -> Result<(), Fault> {
    if let Some(id) = creation.inner("containerId") {
        let container = ids::require(work, Kind::Sample, id)?;
        put_into(work, sample, container)?;
    }
    for component in ids::require_all(work, Kind::Sample, creation, "componentIds")? {
        put_into(work, component, sample)?;
    }
    for parent in ids::require_all(work, Kind::Sample, creation, "parentIds")? {
        join(work, sample, parent)?;
    }
    for child in ids::require_all(work, Kind::Sample, creation, "childIds")? {
        join(work, child, sample)?;
    }
    Ok(())
}

/// Relates a sample anew as its update says.
pub(super) fn update(
    work: &mut Work<'_>,
    sample: Number,
    update: View<'_>,
) -> Result<(), Fault> {
    if let Some(value) = changes::value(update, "containerId") {
        match update.view_of(value) {
            Some(id) => {
                let container = ids::require(work, Kind::Sample, id)?;
                put_into(work, sample, container)?;
            }
            None => work.store.clear(sample, "container"),
        }
    }
    for relation in [Relation::Components, Relation::Parents, Relation::Children] {
        for step in changes::steps(update, relation.sent()) {
            relation.change(work, sample, update, step)?;
        }
    }
    Ok(())
}

/// A relation to several samples.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    Components,
    Parents,
    Children,
}

impl Relation {
    fn sent(self) -> &'static str {
        match self {
            Self::Components => "componentIds",
            Self::Parents => "parentIds",
            Self::Children => "childIds",
        }
    }

    fn change(
        self,
        work: &mut Work<'_>,
        sample: Number,
        update: View<'_>,
        step: Step<'_>,
    ) -> Result<(), Fault> {
        let (Step::Set(items) | Step::Add(items) | Step::Remove(items)) = step;
        let mut named = Vec::new();
        for id in items.iter().filter_map(|item| update.view_of(item)) {
            named.extend(match step {
                Step::Remove(_) => known(work, id)?,
                Step::Set(_) | Step::Add(_) => {
                    Some(ids::require(work, Kind::Sample, id)?)
                }
            });
        }
        let current = self.members(work, sample);
        let gone: Vec<Number> = match step {
            Step::Set(_) => {
                current.iter().filter(|other| !named.contains(other)).copied().collect()
            }
            Step::Add(_) => Vec::new(),
            Step::Remove(_) => named.clone(),
        };
        for other in gone {
            self.part(work, sample, other)?;
        }
        if !matches!(step, Step::Remove(_)) {
            for other in named {
                self.link(work, sample, other)?;
            }
        }
        Ok(())
    }

    /// The related samples that the caller sees: others stay whatever happens.
    fn members(self, work: &Work<'_>, sample: Number) -> Vec<Number> {
        let from = |field| {
            let all = work.store.live_linking(Kind::Sample, field, sample);
            all.map(|other| other.number).collect::<Vec<_>>()
        };
        let mut all = match self {
            Self::Components => from("container"),
            Self::Children => from("parents"),
            Self::Parents => work
                .object(sample)
                .map(|it| it.many("parents").to_vec())
                .unwrap_or_default(),
        };
        all.retain(|&number| {
            let object = work.store.live(number);
            object.is_some_and(|object| work.rights.sees(&work.store, object))
        });
        all
    }

    fn link(
        self,
        work: &mut Work<'_>,
        sample: Number,
        other: Number,
    ) -> Result<(), Fault> {
        match self {
            Self::Components => put_into(work, other, sample),
            Self::Parents => join(work, sample, other),
            Self::Children => join(work, other, sample),
        }
    }

    fn part(
        self,
        work: &mut Work<'_>,
        sample: Number,
        other: Number,
    ) -> Result<(), Fault> {
        match self {
            Self::Components => {
                if work.object(other)?.one("container") == Some(sample) {
                    freezing::of_member(work, sample, other, "REMOVE CONTAINER")?;
                    work.store.clear(other, "container");
                }
                Ok(())
            }
            Self::Parents => separate(work, sample, other),
            Self::Children => separate(work, other, sample),
        }
    }
}

/// The sample that an id names, if there is one; a hidden one is refused.
fn known(work: &Work<'_>, id: View<'_>) -> Result<Option<Number>, Fault> {
    let found = ids::find(work, Kind::Sample, id, Lookup::Reference)?;
    if let Some(number) = found {
        ids::check_seen(work, number, id)?;
    }
    Ok(found)
}

/// Makes one sample a component of another one.
fn put_into(
    work: &mut Work<'_>,
    component: Number,
    container: Number,
) -> Result<(), Fault> {
    let (inner, outer) = (work.object(component)?, work.object(container)?);
    check_shared(work, (inner, outer), "component in")?;
    freezing::of_member(work, container, component, "SET CONTAINER")?;
    work.store.set(component, "container", Slot::One(container));
    Ok(())
}

/// Makes one sample the parent of another one.
fn join(work: &mut Work<'_>, child: Number, parent: Number) -> Result<(), Fault> {
    let (younger, older) = (work.object(child)?, work.object(parent)?);
    if younger.many("parents").contains(&parent) {
        return Ok(());
    }
    check_shared(work, (younger, older), "child of")?;
    let there = place(&work.store, older);
    work.rights.check(Action::Join, Kind::Sample, there, ("", ""))?;
    freezing::of_kinship(work, (parent, child), "INSERT")?;
    work.store.relink(child, "parents", |parents| parents.push(parent));
    Ok(())
}

fn separate(work: &mut Work<'_>, child: Number, parent: Number) -> Result<(), Fault> {
    if !work.object(child)?.many("parents").contains(&parent) {
        return Ok(());
    }
    let there = place(&work.store, work.object(child)?);
    work.rights.check(Action::Part, Kind::Sample, there, ("", ""))?;
    freezing::of_kinship(work, (parent, child), "DELETE")?;
    work.store
        .relink(child, "parents", |parents| parents.retain(|&other| other != parent));
    annotations::forget(work, child, parent);
    Ok(())
}

/// Refuses a shared sample within the family of one that is in a space.
fn check_shared(
    work: &Work<'_>,
    (inner, outer): (&Object, &Object),
    relation: &str,
) -> Result<(), Fault> {
    if inner.one("space").is_some() || outer.one("space").is_none() {
        return Ok(());
    }
    Err(refused(format!(
        "The database instance sample '{}' can not be {relation} the space sample '{}'.",
        identifier::of(&work.store, inner),
        identifier::of(&work.store, outer)
    )))
}

/// Refuses a sample that became shared within a family of samples in spaces.
pub(super) fn check_family(work: &Work<'_>, number: Number) -> Result<(), Fault> {
    let sample = work.object(number)?;
    for &parent in sample.many("parents") {
        check_shared(work, (sample, work.object(parent)?), "child of")?;
    }
    if let Some(container) = sample.one("container") {
        check_shared(work, (sample, work.object(container)?), "component in")?;
    }
    for child in work.store.linking(Kind::Sample, "parents", number) {
        check_shared(work, (child, sample), "child of")?;
    }
    Ok(())
}

/// Refuses samples that are their own ancestors.
pub(super) fn check_ancestors(work: &Work<'_>, samples: &[Number]) -> Result<(), Fault> {
    for &sample in samples {
        if leads_to_itself(work, sample, "parents")? {
            let identifier = identifier::of(&work.store, work.object(sample)?);
            return Err(refused(format!("Circular dependency found: {identifier}")));
        }
    }
    Ok(())
}

/// Whether one comes back to an object by following this field from it.
pub(super) fn leads_to_itself(
    work: &Work<'_>,
    object: Number,
    field: &str,
) -> Result<bool, Fault> {
    let mut seen = HashSet::new();
    let mut todo = vec![object];
    while let Some(number) = todo.pop() {
        let others = work.object(number)?.many(field);
        if others.contains(&object) {
            return Ok(true);
        }
        todo.extend(others.iter().filter(|&&other| seen.insert(other)));
    }
    Ok(false)
}

/// Refuses a sample that is contained in itself.
pub(super) fn check_containers(work: &Work<'_>, sample: Number) -> Result<(), Fault> {
    let mut seen = vec![sample];
    let mut next = work.object(sample)?.one("container");
    while let Some(container) = next {
        if container == sample {
            return Err(refused(format!(
                "Sample {} cannot be it's own container.",
                describe(work, sample)
            )));
        }
        if seen.contains(&container) {
            return Ok(());
        }
        seen.push(container);
        next = work.object(container)?.one("container");
    }
    Ok(())
}
