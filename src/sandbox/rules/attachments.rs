//! Files kept with a project, experiment or sample, in versions.
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::changes::{self, Step};
use super::{events, freezing, limits, stamps};
use crate::model::Kind;
use crate::sandbox::fault::{failed, null_pointer, refused};
use crate::sandbox::store::{Number, Slot};
use crate::sandbox::work::Work;
use crate::wire::Fault;
use crate::wire::bean::{Node, View};

/// Adds the attachments of a creation.
pub(super) fn create(
    work: &mut Work<'_>,
    holder: Number,
    creation: View<'_>,
) -> Result<(), Fault> {
    for attachment in creation.inners("attachments") {
        if attachment.text("fileName").is_none_or(str::is_empty) {
            return Err(refused("Unspecified attachment file name."));
        }
        if matches!(attachment.get("content"), Node::Null) {
            return Err(refused("Unspecified attachment content."));
        }
        add(work, holder, attachment)?;
    }
    Ok(())
}

/// Changes the attachments of an object.
pub(super) fn update(
    work: &mut Work<'_>,
    holder: Number,
    update: View<'_>,
) -> Result<(), Fault> {
    for step in changes::settled(changes::steps(update, "attachments")) {
        freezing::of_content(work, holder, "INSERT ATTACHMENT")?;
        match step {
            Step::Remove(items) => {
                for id in items.iter().filter_map(|item| update.view_of(item)) {
                    let name = id.text("fileName").ok_or_else(null_pointer)?;
                    remove(work, holder, name);
                }
            }
            Step::Add(items) => add_all(work, holder, (update, items))?,
            Step::Set(items) => {
                remove_all(work, holder);
                add_all(work, holder, (update, items))?;
            }
        }
    }
    Ok(())
}

fn add_all(
    work: &mut Work<'_>,
    holder: Number,
    (update, items): (View<'_>, &[Node]),
) -> Result<(), Fault> {
    for item in items {
        let attachment = update.view_of(item).ok_or_else(null_pointer)?;
        add(work, holder, attachment)?;
    }
    Ok(())
}

/// Adds a file, or the next version of it.
fn add(work: &mut Work<'_>, holder: Number, attachment: View<'_>) -> Result<(), Fault> {
    let name = attachment.text("fileName").unwrap_or_default();
    let title = attachment.text("title");
    limits::length("file name", name, 255)?;
    limits::length("title", title.unwrap_or_default(), 100)?;
    let content = STANDARD.decode(attachment.text("content").unwrap_or_default());
    let content = content.map_err(|_| {
        failed("class java.util.LinkedHashMap cannot be cast to class AttachmentCreation")
    })?;
    let versions = of_name(work, holder, name).into_iter();
    let last = versions
        .filter_map(|number| work.store.get(number))
        .max_by_key(|attachment| attachment.integer("version"));
    let inherited = |field| last.and_then(|last| last.text(field)).map(str::to_owned);
    let before = last.and_then(|last| last.integer("version")).unwrap_or(0);
    let mut fields = vec![
        ("fileName", Slot::from(name)),
        ("content", Slot::Bytes(content)),
        ("version", Slot::Integer(before + 1)),
        ("holder", Slot::One(holder)),
    ];
    // A version without a title or description has that of the one before.
    for field in ["title", "description"] {
        let text = attachment.text(field).map(str::to_owned).or_else(|| inherited(field));
        fields.extend(text.map(|text| (field, Slot::from(text))));
    }
    stamps::register(work, Kind::Attachment, fields);
    Ok(())
}

fn of_name(work: &Work<'_>, holder: Number, name: &str) -> Vec<Number> {
    let all = work.store.linking(Kind::Attachment, "holder", holder);
    let named = all.filter(|attachment| attachment.text("fileName") == Some(name));
    named.map(|attachment| attachment.number).collect()
}

/// Removes all versions of a file.
fn remove(work: &mut Work<'_>, holder: Number, name: &str) {
    let versions = of_name(work, holder, name);
    destroy(work, &versions);
}

/// Removes all files of an object.
pub(super) fn remove_all(work: &mut Work<'_>, holder: Number) {
    let all: Vec<Number> = work
        .store
        .linking(Kind::Attachment, "holder", holder)
        .map(|attachment| attachment.number)
        .collect();
    destroy(work, &all);
}

fn destroy(work: &mut Work<'_>, attachments: &[Number]) {
    events::deletion(work, attachments, "");
    for &number in attachments {
        work.store.remove(number);
    }
}
