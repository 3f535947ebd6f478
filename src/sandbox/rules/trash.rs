//! The trash: what goes into it together comes back or is destroyed together.
use std::collections::BTreeSet;
use std::fmt::Write;

use super::{attachments, data_sets, events, freezing, stamps};
use crate::model::Kind;
use crate::sandbox::fault::{failed, refused};
use crate::sandbox::ids::identifier;
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::View;

/// What goes along into the trash: the kind, the members' kind and their link.
const ALONG: &[(Kind, Kind, &str)] = &[
    (Kind::Experiment, Kind::Sample, "experiment"),
    (Kind::Experiment, Kind::DataSet, "experiment"),
    (Kind::Sample, Kind::Sample, "container"),
    (Kind::Sample, Kind::DataSet, "sample"),
];

/// The links that lead to something destroyed.
const LEADING: &[(Kind, &str)] = &[
    (Kind::Sample, "parents"),
    (Kind::Sample, "container"),
    (Kind::DataSet, "parents"),
    (Kind::DataSet, "components"),
    (Kind::DataSet, "sample"),
];

/// Puts objects into the trash with what belongs to them.
pub(super) fn put(
    work: &mut Work<'_>,
    roots: &[Number],
    options: View<'_>,
) -> Result<Number, Fault> {
    let mut all: BTreeSet<Number> = roots.iter().copied().collect();
    let mut todo = roots.to_vec();
    let mut order = Vec::new();
    while let Some(number) = todo.pop() {
        order.push(number);
        let members = members(work, number)?;
        todo.extend(members.into_iter().filter(|&member| all.insert(member)));
    }
    data_sets::check_removal(work, &all)?;
    // The last ones to be found are the innermost ones.
    for &number in order.iter().rev() {
        freezing::of_trash(work, number)?;
        freezing::of_object(work, number, "TRASH")?;
    }
    let fields = vec![
        ("reason", Slot::from(options.text("reason").unwrap_or_default())),
        ("deletionDate", Slot::Time(work.now.0)),
        ("registrator", Slot::One(work.caller)),
        ("roots", Slot::Many(roots.to_vec())),
    ];
    let deletion = stamps::register(work, Kind::Deletion, fields);
    for (kind, field) in [
        (Kind::Experiment, "totalExperimentsCount"),
        (Kind::Sample, "totalSamplesCount"),
        (Kind::DataSet, "totalDataSetsCount"),
    ] {
        let of_kind = |number: &&Number| {
            work.store.get(**number).is_some_and(|object| object.kind == kind)
        };
        let count = i64::try_from(all.iter().filter(of_kind).count()).unwrap_or(i64::MAX);
        work.store.set(deletion, field, Slot::Integer(count));
    }
    work.store.set(deletion, "members", Slot::Many(all.iter().copied().collect()));
    for &number in &all {
        work.store.trash(number, Some(deletion));
    }
    Ok(deletion)
}

/// What goes along with an object.
fn members(work: &Work<'_>, number: Number) -> Result<Vec<Number>, Fault> {
    let kind = work.object(number)?.kind;
    let mut members = lonely_components(work, number)?;
    for &(_, from, link) in ALONG.iter().filter(|row| row.0 == kind) {
        let linking = work.store.live_linking(from, link, number);
        members.extend(linking.map(|member| member.number));
    }
    Ok(members)
}

/// The components of a container data set that are in no other container and have the same
/// owner.
fn lonely_components(work: &Work<'_>, number: Number) -> Result<Vec<Number>, Fault> {
    let object = work.object(number)?;
    if object.kind != Kind::DataSet {
        return Ok(Vec::new());
    }
    let mut lonely = Vec::new();
    for &component in object.many("components") {
        let Some(inner) = work.store.live(component) else { continue };
        let containers = work.store.live_linking(Kind::DataSet, "components", component);
        let same = |field| inner.one(field) == object.one(field);
        if containers.count() == 1 && same("experiment") && same("sample") {
            lonely.push(component);
        }
    }
    Ok(lonely)
}

/// Takes a deletion back.
pub(crate) fn revert(work: &mut Work<'_>, deletion: Number) -> Result<(), Fault> {
    let members = work.object(deletion)?.many("members").to_vec();
    for &member in &members {
        let object = work.object(member)?;
        let holder = object.one("experiment").and_then(|number| work.store.get(number));
        let elsewhere = holder.and_then(|holder| holder.trashed);
        if elsewhere.is_some_and(|other| other != deletion) {
            return Err(failed(format!(
                "Entity {} cannot be reverted since its experiment is in the trash.",
                identifier::of(&work.store, object)
            )));
        }
    }
    for member in members {
        work.store.trash(member, None);
    }
    work.store.remove(deletion);
    Ok(())
}

/// Destroys what deletions put into the trash.
pub(crate) fn confirm(work: &mut Work<'_>, deletions: &[Number]) -> Result<(), Fault> {
    for &deletion in deletions {
        check_dependents(work, deletion, deletions)?;
    }
    for &deletion in deletions {
        let found = work.object(deletion)?;
        let reason = found.text("reason").unwrap_or_default().to_owned();
        let members = found.many("members").to_vec();
        // Only what is out of the trash tells what it belonged to.
        for &member in &members {
            work.store.trash(member, None);
        }
        events::deletion(work, &members, &reason);
        for member in members {
            destroy(work, member);
        }
        work.store.remove(deletion);
    }
    Ok(())
}

fn destroy(work: &mut Work<'_>, number: Number) {
    for &(kind, link) in LEADING {
        work.store.unlink(kind, link, number);
    }
    attachments::remove_all(work, number);
    let parts = work.store.linking(Kind::PhysicalData, "holder", number);
    for part in parts.map(|part| part.number).collect::<Vec<_>>() {
        work.store.remove(part);
    }
    work.store.remove(number);
}

/// Adds the deletions of what belongs to something that these deletions hold.
pub(crate) fn add_dependents(
    work: &Work<'_>,
    deletions: &mut Vec<Number>,
) -> Result<(), Fault> {
    let mut place = 0;
    while let Some(&deletion) = deletions.get(place) {
        let dependents = dependents(work, deletion)?;
        deletions.extend(
            dependents
                .into_iter()
                .filter(|it| !deletions.contains(it))
                .collect::<Vec<_>>(),
        );
        place += 1;
    }
    Ok(())
}

/// The deletions of what belongs to something that this deletion holds.
fn dependents(work: &Work<'_>, deletion: Number) -> Result<BTreeSet<Number>, Fault> {
    let mut others = BTreeSet::new();
    for &member in work.object(deletion)?.many("members") {
        let kind = work.object(member)?.kind;
        for &(_, from, link) in ALONG.iter().filter(|row| row.0 == kind) {
            let dependents = work.store.linking(from, link, member);
            others.extend(dependents.filter_map(|dependent| dependent.trashed));
        }
    }
    others.remove(&deletion);
    Ok(others)
}

/// Refuses to destroy what something in the trash still belongs to.
fn check_dependents(
    work: &Work<'_>,
    deletion: Number,
    together: &[Number],
) -> Result<(), Fault> {
    let mut others = dependents(work, deletion)?;
    others.retain(|other| !together.contains(other));
    if others.is_empty() {
        return Ok(());
    }
    let mut text =
        "Permanent deletion not possible because the following deletion sets have \
                    to be deleted first:"
            .to_owned();
    for other in others {
        text.push_str(&describe(work, other)?);
    }
    Err(refused(text))
}

fn describe(work: &Work<'_>, deletion: Number) -> Result<String, Fault> {
    let object = work.object(deletion)?;
    let when =
        chrono::DateTime::from_timestamp_millis(object.time("deletionDate").unwrap_or(0));
    let when = when.unwrap_or_default().format("%Y-%m-%d %H:%M:%S");
    let mut entities = String::new();
    for &member in object.many("members") {
        let member = work.object(member)?;
        let kind = member.one("type").and_then(|number| work.store.get(number));
        let _ = writeln!(
            entities,
            "{}   {} ({})",
            member.kind.spec().name,
            identifier::in_trash(&work.store, member),
            kind.map(|kind| kind.code()).unwrap_or_default()
        );
    }
    Ok(format!(
        "\nDeletion Set {}: (deletion date: {when}, reason: {}, entities: {entities})",
        object.tech_id(),
        object.text("reason").unwrap_or_default()
    ))
}
